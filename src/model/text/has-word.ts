import { UNICODE } from './unicode-tables.ts';

const TWO_LETTERS = new RegExp(`[${UNICODE.L}]{2}`, 'u');

/** True if there are two letters side by side. */
export function hasWord(text: string): boolean {
  return TWO_LETTERS.test(text);
}
