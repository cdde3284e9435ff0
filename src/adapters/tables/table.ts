import { ReconcileError, type Problem } from '../../model/errors.ts';

/** A sheet or a CSV file as it stands there, before anybody asked what its columns mean. */
export interface Table {
  /** `exports/people.csv`, or `people.xlsx, sheet Staff`. */
  readonly place: string;
  /** As written, in the order of the columns; '' = none. */
  readonly headings: readonly string[];
  /** Without empty rows. */
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** `people.csv line 12`, `people.xlsx, sheet Staff, row 12`: where other sources have a DN. */
  readonly name: string;
  /** By column; undefined or '' = empty. As long as the headings at most. */
  readonly cells: readonly (Cell | undefined)[];
}

/**
 * Text; a number as a sheet shows it, with `unsure` if people see it otherwise, so that it says nobody's name or key;
 * or why the value cannot be used.
 */
export type Cell = string | { readonly number: string; readonly unsure?: string } | { readonly fault: string };

/** After so many faults the rest is not told: it is the wrong file. */
export const MOST_FAULTS = 50;

export function tableInvalid(place: string, problems: readonly Problem[]): ReconcileError {
  const count = problems.length === 1 ? 'one fault' : `${problems.length} faults`;
  return new ReconcileError('SOURCE_FILE_INVALID', `${place} cannot be used: ${count}`, {
    remedy: 'Correct the file at the places named, or export it again, completely.',
    problems: problems.slice(0, MOST_FAULTS),
  });
}
