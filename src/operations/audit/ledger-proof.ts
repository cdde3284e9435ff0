import { digestOf, formatCanonicalJson } from '../../model/canonical.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { planFolder } from '../../model/plan/plan-name.ts';
import { invalidLedger } from '../../model/ledger/chain.ts';
import { readCommitHistory } from '../../adapters/git/commit-history.ts';
import { readLedger, requireGenesis, type Ledger, type LedgerEntry } from '../../adapters/git/ledger.ts';
import type { OutcomeStatus } from '../../model/schema/generated/ledger.ts';
import { readPlanArchive, type PlanArchive } from '../../adapters/git/plan-archive.ts';

/** What was proven, for people and auditors. */
export interface LedgerProof {
  readonly organisation: string;
  readonly lineage: string;
  /** Digest of the last line. */
  readonly head: string;
  /** When the ledger began, and its last record. */
  readonly since: string;
  readonly until: string;
  readonly commits: number;
  readonly plans: number;
  readonly records: number;
  readonly outcomes: Readonly<Partial<Record<OutcomeStatus, number>>>;
  /** Where the plans that the ledger names were found and compared. */
  readonly compared: { readonly branch: number; readonly history: number; readonly notFound: number };
}

export interface ProofRequest {
  readonly organisation: string;
  readonly gitRemote: string;
  /** Head of the branch with the plans, null if it has no commit. */
  readonly commit: string | null;
}

/**
 * Proves the whole ledger: the chain of its lines, the history of its branch, and that it and the plans on the branch say the
 * same. Throws LEDGER_INVALID (46) with everything that is wrong.
 */
export async function proveLedger(git: GitRepository, request: ProofRequest): Promise<LedgerProof> {
  const { organisation, gitRemote, commit } = request;
  const broken: Problem[] = [];
  const ledger = await readLedger(git, gitRemote, organisation).catch((error: unknown) => {
    if (!(error instanceof ReconcileError) || error.code !== 'LEDGER_INVALID') throw error;
    broken.push(...error.problems);
    return null;
  });
  const found = ledger ?? (await locateLedger(git, gitRemote));
  const { commits, problems } = await readCommitHistory(git, found, organisation);
  if (ledger === null) throw invalidLedger([...broken, ...problems]);
  if (problems.length > 0) throw invalidLedger(problems);
  requireGenesis(ledger, organisation);
  const archive = await readPlanArchive(git, { commit, organisation, ledger });
  const disagreements = [...comparePlans(ledger, archive, organisation), ...findForgottenParents(ledger, archive)];
  if (disagreements.length > 0) throw invalidLedger(disagreements);
  return { organisation, commits, ...countRecords(ledger), compared: countCompared(ledger, archive) };
}

/** The tip of a ledger whose lines cannot be read. */
async function locateLedger(git: GitRepository, gitRemote: string): Promise<Pick<Ledger, 'tip' | 'gitRemote'>> {
  const remote = (await git.hasRemote(gitRemote)) ? gitRemote : null;
  const ref = remote === null ? 'refs/heads/ledger' : `refs/remotes/${remote}/ledger`;
  return { tip: (await git.resolve(ref)) ?? null, gitRemote: remote };
}

/** Every plan that the ledger began must be the one on the branch, and every change it names must stand in that plan. */
function comparePlans(ledger: Ledger, archive: PlanArchive, organisation: string): Problem[] {
  return ledger.entries.flatMap((entry) => {
    const archived = archive.get(entry.name);
    if (archived === undefined) return [];
    const where = `${planFolder(organisation, entry.name)}/plan.json`;
    const body = readBody(archived.text);
    if (body === null || digestOf(formatCanonicalJson(body)) !== entry.begin.plan)
      return [{ where, what: `is not the plan ${entry.begin.plan} that the ledger says was applied` }];
    return findForeignRecords(entry, body, `${organisation}/${entry.name}.jsonl`);
  });
}

function readBody(text: string): { changes: { id: string }[] } | null {
  try {
    return (JSON.parse(text) as { body?: { changes: { id: string }[] } }).body ?? null;
  } catch {
    return null;
  }
}

function findForeignRecords(
  { begin, records }: LedgerEntry,
  body: { changes: { id: string }[] },
  file: string,
): Problem[] {
  const ids = new Set(body.changes.map(({ id }) => id));
  const problems = records.flatMap((record, index) =>
    'change' in record && !ids.has(record.change)
      ? [{ where: `${file}:${index + 1}`, what: `names the change ${record.change}, which is not in the plan` }]
      : [],
  );
  if (begin.changes === ids.size) return problems;
  return [{ where: `${file}:1`, what: `says ${begin.changes} changes, the plan has ${ids.size}` }, ...problems];
}

/** A plan names the last ledger line of its time: if that line is nowhere, the end of the ledger was cut off. */
function findForgottenParents(ledger: Ledger, archive: PlanArchive): Problem[] {
  const lines = new Set([
    ledger.head,
    ...ledger.entries.flatMap(({ records }) => records.map(({ previous }) => previous)),
  ]);
  return [...archive.values()].flatMap(({ name, text }) => {
    const body = readBody(text) as { parent?: string; lineage?: string } | null;
    const isOurs = body?.lineage === ledger.genesis?.lineage;
    return isOurs && body?.parent !== undefined && !lines.has(body.parent)
      ? [{ where: `plan ${name}`, what: `was made after the ledger line ${body.parent}, which is no longer there` }]
      : [];
  });
}

function countRecords(
  ledger: Ledger,
): Pick<LedgerProof, 'lineage' | 'head' | 'since' | 'until' | 'plans' | 'records' | 'outcomes'> {
  const records = ledger.entries.flatMap((entry) => entry.records);
  const outcomes: Partial<Record<OutcomeStatus, number>> = {};
  for (const record of records)
    if (record.type === 'finished') outcomes[record.status] = (outcomes[record.status] ?? 0) + 1;
  const since = ledger.genesis?.at ?? '';
  return {
    lineage: ledger.genesis?.lineage ?? '',
    head: ledger.head ?? '',
    since,
    until: records.at(-1)?.at ?? since,
    plans: ledger.entries.length,
    records: records.length + 1,
    outcomes,
  };
}

function countCompared(ledger: Ledger, archive: PlanArchive): LedgerProof['compared'] {
  const origins = ledger.entries.map(({ name }) => archive.get(name)?.origin);
  return {
    branch: origins.filter((origin) => origin === 'branch').length,
    history: origins.filter((origin) => origin === 'history').length,
    notFound: origins.filter((origin) => origin === undefined).length,
  };
}
