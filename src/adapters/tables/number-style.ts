import { format, getFormatFromId, isDateFormat, tokenize } from 'numfmt';
import type { Cell } from './table.ts';

/** How cells are shown (ECMA-376 §18.8.30): a number format; null: as they are. */
export type NumberStyle = string | null;

/** Of a number that Excel knows without its text being in the file; null where it shows numbers as they are. */
export function builtInStyle(id: number): NumberStyle {
  if (id === 0) return null;
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) return DATE;
  return getFormatFromId(id) ?? null;
}

/** Those of other languages than English are dates too; which, does not matter. */
const DATE = 'yyyy-mm-dd';

/**
 * A number as people see it, if that is the same on every computer: zeros in front, letters and dashes of the format count.
 * Decimals and thousands are shown with a comma here and a point there: the number counts, but nobody is known by it.
 */
export function showNumber(number: number, style: NumberStyle): Cell {
  if (style === null || /^general$/i.test(style)) return plainNumber(number);
  try {
    if (isDateFormat(style)) return A_DATE;
    const types: ReadonlySet<string> = new Set(tokenize(style).map(({ type }) => type));
    if (CHANGING.some((type) => types.has(type))) return { fault: 'a number that its format shows as another one' };
    if (LOCAL.some((type) => types.has(type)) || !Number.isInteger(number))
      return { number: String(number), unsure: 'a number whose format shows it otherwise from computer to computer' };
    const shown = format(style, number).trim();
    if (shown === '') return { fault: 'a number that its format hides' };
    return { number: shown };
  } catch {
    return { fault: 'a number in a format that cannot be read' };
  }
}

/** A text in a format that adds something to it. */
export function showText(text: string, style: NumberStyle): Cell | undefined {
  if (style === null || text === '' || !/[@;]/.test(style) || style === '@') return text === '' ? undefined : text;
  try {
    const shown = format(style, text);
    return shown.trim() === '' ? { fault: 'a text that its format hides' } : shown;
  } catch {
    return { fault: 'a text in a format that cannot be read' };
  }
}

export const A_DATE: Cell = { fault: 'a date; format the column as text and type the value again' };

/** Parts of a format that make another number of it: of thousands, per cent, powers, fractions, or as wide as the column. */
const CHANGING = ['SCALE', 'PERCENT', 'EXP', 'SLASH', 'FILL', 'NATNUM', 'DBNUM', 'ERROR'];
const LOCAL = ['GROUP', 'POINT'];

function plainNumber(number: number): Cell {
  if (Number.isInteger(number)) return { number: String(number) };
  return {
    number: String(number),
    unsure: 'a number with decimals, which are shown otherwise from computer to computer',
  };
}
