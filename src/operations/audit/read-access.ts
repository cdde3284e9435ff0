import type { Change } from '../../model/change/change.ts';
import { listBaseline, readBaseline } from '../../adapters/git/baseline.ts';
import type { Ledger, LedgerEntry } from '../../adapters/git/ledger.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { digestDesired, isDesiredFile } from '../../model/desired/desired-state.ts';
import { isSuccessStatus } from '../../model/ledger/outcome-status.ts';
import { digestOfLine, formatRecord } from '../../model/ledger/chain.ts';
import { ReconcileError } from '../../model/errors.ts';
import { addLastKnown } from './last-known-access.ts';
import { accountsAfter, type AccountAt } from './account-at.ts';
import type { PlanRecord } from './plan-events.ts';

/** Every managed account at one moment, and what proves it. */
export interface AccessAt {
  /** ISO timestamp. */
  readonly at: string;
  /** The plan that was the last one to begin until then; null: none had. */
  readonly plan: string | null;
  /** Commit whose desired files were read; they have the digest that the plan names. */
  readonly commit: string | null;
  /** Digest of the last record of the ledger until then. */
  readonly record: string | null;
  readonly accounts: readonly AccountAt[];
}

export interface AccessSource {
  readonly git: GitRepository;
  readonly organisation: string;
  readonly ledger: Ledger;
  readonly records: readonly PlanRecord[];
}

/**
 * What Zivver held of the managed accounts at that moment, by ledger and commits alone. Throws LEDGER_INVALID (46) if the
 * desired files in git are not those that the plan was made with.
 */
export async function readAccessAt({ git, organisation, ledger, records }: AccessSource, at: Date): Promise<AccessAt> {
  const moment = at.toISOString();
  const entry = ledger.entries.findLast(({ begin }) => begin.at <= moment);
  if (entry === undefined) return { at: moment, plan: null, commit: null, record: null, accounts: [] };
  const plan = records.find(({ name }) => name === entry.name)?.plan ?? null;
  if (plan === null) throw unprovable(entry, 'git no longer has this plan');
  const { commit } = entry.begin.approval;
  const listing = await listBaseline(git, commit, organisation);
  if ((await digestAt(git, commit, listing.prefix)) !== plan.body.desired.digest)
    throw unprovable(entry, `the desired files in commit ${commit.slice(0, 10)} are not those of the plan`);
  const { accounts } = await readBaseline(git, listing);
  const { done, record } = doneUntil(entry, moment);
  const refused = findRefusedAliases(records, moment);
  const after = await addLastKnown(accountsAfter(accounts, plan, done), { git, organisation, records, moment });
  const held = after.map((account) => withoutRefused(account, refused));
  return { at: moment, plan: entry.name, commit, record, accounts: held };
}

async function digestAt(git: GitRepository, commit: string, prefix: string): Promise<string> {
  const files = (await git.listTree(commit, prefix)).map(
    ({ path, blob }) => [path.slice(prefix.length), blob] as const,
  );
  return digestDesired(new Map(files.filter(([path]) => isDesiredFile(path))));
}

function doneUntil(entry: LedgerEntry, moment: string): { done: ReadonlySet<string>; record: string } {
  const until = entry.records.filter(({ at }) => at <= moment);
  const done = until.flatMap((record) =>
    record.type === 'finished' && isSuccessStatus(record.status) ? [record.change] : [],
  );
  return { done: new Set(done), record: digestOfLine(formatRecord(until.at(-1) ?? entry.begin)) };
}

/** Key → aliases that Zivver refused and did not take later. The desired files still hold them. */
function findRefusedAliases(records: readonly PlanRecord[], moment: string): Map<string, Set<string>> {
  const refused = new Map<string, Set<string>>();
  for (const { plan, entry } of records) {
    const changes = new Map<string, Change>(plan?.body.changes.map((change) => [change.id, change]));
    for (const record of entry?.records ?? []) {
      if (record.type !== 'finished' || record.at > moment || !isSuccessStatus(record.status)) continue;
      const { key = null, after } = changes.get(record.change) ?? {};
      if (key === null || after?.aliases === undefined) continue;
      refused.set(key, new Set(record.withoutAliases?.map(({ alias }) => alias)));
    }
  }
  return refused;
}

function withoutRefused(account: AccountAt, refused: ReadonlyMap<string, ReadonlySet<string>>): AccountAt {
  const left = refused.get(account.key);
  if (left === undefined || left.size === 0) return account;
  return { ...account, aliases: account.aliases.filter((alias) => !left.has(alias)) };
}

function unprovable({ name }: LedgerEntry, what: string): ReconcileError {
  return new ReconcileError('LEDGER_INVALID', `What plan ${name} left behind cannot be proved`, {
    remedy: 'Fetch the whole history (git fetch --unshallow), then run: zivver-gitops ledger verify',
    problems: [{ where: name, what }],
  });
}
