import { ReconcileError } from '../../model/errors.ts';
import { escapeTerminal } from '../../model/text/escape.ts';
import type { CsvRows, Separator } from '../../model/text/csv.ts';
import type { CommandContext } from '../context.ts';
import type { Output } from '../output.ts';
import { diffAccess } from './access-difference.ts';
import { isNamed, readableBy, type AccountAt } from './account-at.ts';
import { parseMoment } from './parse-moment.ts';
import { readAccessAt, type AccessAt } from './read-access.ts';
import type { Audit } from './read-audit.ts';
import { renderAccess, renderAccessDifference, renderReadable } from './render-access.ts';

export interface AccessQuestion {
  readonly at: string;
  readonly since?: string | undefined;
  /** Whose mail. */
  readonly of?: string | undefined;
  /** Which reader. */
  readonly to?: string | undefined;
  /** Null: no table is asked for. */
  readonly csv: Separator | null;
}

/** Throws CLI_USAGE if nobody was known by that address then, or if two questions are asked at once. */
export async function reportAccess(
  { git, configuration: { organisation } }: Pick<CommandContext, 'git' | 'configuration'>,
  audit: Audit,
  { question, output }: { question: AccessQuestion; output: Output },
): Promise<void> {
  const source = { git, organisation, ledger: audit.ledger, records: audit.records };
  const later = await readAccessAt(source, parseMoment(question.at));
  const page = { width: output.width, color: output.hasColor };
  if (question.since !== undefined) {
    if (question.to !== undefined) throw twoQuestions('--since', '--to');
    const earlier = await readAccessAt(source, parseMoment(question.since));
    const all = diffAccess(earlier.accounts, later.accounts);
    const wanted = question.of?.trim().toLowerCase();
    const differences = all.filter(({ was, is }) =>
      [was, is].some((account) => wanted === undefined || (account !== null && isNamed(account, wanted))),
    );
    output.print(renderAccessDifference([earlier, later], differences, page).trimEnd());
    output.printJson('access', { from: proofOf(earlier), to: proofOf(later), differences });
    return;
  }
  if (question.to !== undefined && question.of !== undefined) throw twoQuestions('--of', '--to');
  if (question.to !== undefined) {
    const reader = findNamed(later, question.to);
    const readable = readableBy(reader, later.accounts);
    if (question.csv !== null) output.printCsv(tableOfAccounts(readable), question.csv);
    else output.print(renderReadable(later, reader, page).trimEnd());
    output.printJson('access', { ...proofOf(later), reader, accounts: readable });
    return;
  }
  const accounts = question.of === undefined ? later.accounts : [findNamed(later, question.of)];
  if (question.csv !== null) output.printCsv(tableOfAccounts(accounts), question.csv);
  else output.print(renderAccess(later, accounts, page).trimEnd());
  output.printJson('access', { ...proofOf(later), accounts });
}

function proofOf({ accounts: _accounts, ...proof }: AccessAt): Omit<AccessAt, 'accounts'> {
  return proof;
}

function findNamed({ accounts, at, plan }: AccessAt, wanted: string): AccountAt {
  const sought = wanted.trim().toLowerCase();
  const found = accounts.find((account) => isNamed(account, sought));
  if (found !== undefined) return found;
  throw new ReconcileError(
    'CLI_USAGE',
    `No managed account was known as ${wanted} at ${at} (after ${plan ?? 'no plan'})`,
    {
      remedy: 'Find its address at that time with: zivver-gitops history ADDRESS',
    },
  );
}

function twoQuestions(one: string, other: string): ReconcileError {
  return new ReconcileError('CLI_USAGE', `${one} and ${other} ask different questions`, {
    remedy: `Give one of them.`,
  });
}

/** A reader a line, so that a spreadsheet can sort and filter. */
function tableOfAccounts(accounts: readonly AccountAt[]): CsvRows {
  const head = ['address', 'fullName', 'kind', 'key', 'active', 'aliases', 'reader'];
  const rows = accounts.flatMap(({ address, fullName, kind, key, active, aliases, readers }) =>
    (readers.length === 0 ? [''] : readers).map((reader) =>
      [address, fullName, kind, key, active ? 'yes' : 'no', aliases.join(' '), reader].map(escapeTerminal),
    ),
  );
  return [head, ...rows];
}
