/** Widest and longest sheet of Excel. */
const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;

/** `C4` → column 2, row 4; null if it lies outside every sheet. */
export function parseReference(text: string): { readonly column: number; readonly row: number } | null {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(text) ?? [];
  if (letters === undefined || digits === undefined) return null;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(digits);
  return column <= MOST_COLUMNS && row >= 1 && row <= MOST_ROWS ? { column: column - 1, row } : null;
}

/** `2` → `C`. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}
