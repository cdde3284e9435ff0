/** One line of the bench's table. */
export interface Row {
  readonly name: string;
  /** Measured value as people read it, e.g. `2.31 s`. */
  readonly measured: string;
  /** What it is compared with, e.g. `0.91 s floor`. */
  readonly against: string;
  readonly ratio: number;
  /** The ratio the project wants to keep; null = only told. */
  readonly goal: number | null;
}

export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map(({ name, measured, against, ratio, goal }) => [
    name,
    measured,
    against,
    ratio.toFixed(2),
    goal === null ? '' : `≤ ${goal}`,
    goal === null ? '' : ratio <= goal ? 'ok' : 'MISSED',
  ]);
  const all = [['what', 'measured', 'against', 'ratio', 'goal', ''], ...cells];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return `${all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
