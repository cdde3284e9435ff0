import { Option } from 'commander';
import { ReconcileError } from '../../model/errors.ts';
import { SEPARATORS, type Separator } from '../../model/text/csv.ts';

export interface CsvOptions {
  readonly csv?: boolean;
  readonly separator?: string;
}

export function separatorOption(): Option {
  const flags = '--separator <sign>';
  return new Option(flags, 'with --csv: what stands between cells: , (default) ; or tab; Excel in Dutch reads ;');
}

/** Null: no table is asked for. Throws CLI_USAGE. */
export function parseCsvOptions({ csv, separator }: CsvOptions): Separator | null {
  if (csv !== true && separator !== undefined)
    throw new ReconcileError('CLI_USAGE', '--separator is used with --csv only', {
      remedy: 'Add --csv, or leave it out.',
    });
  if (csv !== true) return null;
  const found = Object.entries(SEPARATORS).find(([name]) => name === (separator ?? ','))?.[1];
  if (found !== undefined) return found;
  throw new ReconcileError('CLI_USAGE', `${separator} cannot separate cells`, {
    remedy: `Choose one of: ${Object.keys(SEPARATORS).join(' ')} (a shell wants ";" in quotes).`,
  });
}
