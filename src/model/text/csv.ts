/** What stands between two cells. Excel opens a file without asking if it is that of its language: `;` in Dutch, `,` in English. */
export const SEPARATORS = { ',': ',', ';': ';', tab: '\t' } as const;

export type Separator = (typeof SEPARATORS)[keyof typeof SEPARATORS];

export type CsvRows = readonly (readonly (string | number)[])[];

/** Lines for a spreadsheet (RFC 4180: CRLF, quotes doubled). No cell can become a formula (threats.md 18). */
export function formatCsv(rows: CsvRows, separator: Separator = ','): string {
  return rows.map((row) => `${row.map((value) => formatCell(value, separator)).join(separator)}\r\n`).join('');
}

function formatCell(value: string | number, separator: Separator): string {
  if (typeof value === 'number') return String(value);
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /["\r\n]/.test(inert) || inert.includes(separator) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
