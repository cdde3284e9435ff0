import type { TextChange } from '../schema/generated/organisation.ts';

/**
 * A name or key as `mapping.changes` wants it, step by step from top to bottom. Every step is literal and takes time in
 * proportion to the text: there are no patterns. A step that does not fit leaves the text as it is.
 */
export function changeText(text: string, changes: readonly TextChange[]): string {
  return changes.reduce(applyChange, text);
}

function applyChange(text: string, change: TextChange): string {
  if (typeof change === 'object') return applyWithText(text, change);
  switch (change) {
    case 'trim':
      return text.replace(/\s+/gu, ' ').trim();
    case 'lower':
      return text.toLowerCase();
    case 'upper':
      return text.toUpperCase();
    case 'swapComma':
      return swapComma(text);
    default:
      return text;
  }
}

/** `Jansen, Jan` → `Jan Jansen`. With two commas nobody can tell which part is which. */
function swapComma(text: string): string {
  const [last = '', first = '', ...more] = text.split(',').map((part) => part.trim());
  return more.length > 0 || first === '' || last === '' ? text : `${first} ${last}`;
}

function applyWithText(text: string, change: Exclude<TextChange, string>): string {
  const { before, after, replace, with: other = '', stripSuffix } = change;
  if (before !== undefined) return text.includes(before) ? text.slice(0, text.indexOf(before)) : text;
  if (after !== undefined) return text.includes(after) ? text.slice(text.indexOf(after) + after.length) : text;
  if (stripSuffix !== undefined) return text.endsWith(stripSuffix) ? text.slice(0, -stripSuffix.length) : text;
  return replace === undefined ? text : text.replaceAll(replace, () => other);
}

/** Exactly one step each; which of two would come first, nobody could tell. */
export function isOneChange(change: TextChange): boolean {
  if (typeof change === 'string') return true;
  const { with: other, ...steps } = change;
  return Object.keys(steps).length === 1 && (steps.replace === undefined) === (other === undefined);
}
