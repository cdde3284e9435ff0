import { digestOf, formatCanonicalJson } from '../../model/canonical.ts';
import type { Problem } from '../../model/errors.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { planFolder } from '../../model/plan/plan-name.ts';
import { invalidLedger } from '../../model/ledger/chain.ts';
import { countSignedEnds } from '../../model/ledger/signed-end.ts';
import type { Branches } from '../../adapters/git/branch.ts';
import { judgeParents } from '../../adapters/git/forgotten-parents.ts';
import { requireGenesis, type Ledger, type LedgerEntry } from '../../adapters/git/ledger.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { CLOCK_TOLERANCE_MS } from '../../model/ledger/times.ts';
import type { PlanBody } from '../../model/schema/generated/plan.ts';
import type { OutcomeStatus } from '../../model/schema/generated/ledger.ts';
import { proveApprovals, type ApprovalProof } from './approval-proof.ts';
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
  /** Plans by what proves their approval. */
  readonly approvals: ApprovalProof['approvals'];
  /** Ends of an apply, and how many of them the apply job signed. */
  readonly ends: { readonly signed: number; readonly ends: number };
  /** Where the plans that the ledger names were found and compared. */
  readonly compared: { readonly branch: number; readonly history: number; readonly notFound: number };
}

export interface ProofRequest {
  readonly organisation: string;
  readonly branches: Branches;
}

/**
 * Proves the whole ledger again: everything that `readLedger` proves, of all plans, and that it and the plans on the branch say
 * the same. Throws LEDGER_INVALID (46) with everything that is wrong.
 */
export async function proveLedger(git: GitRepository, { organisation, branches }: ProofRequest): Promise<LedgerProof> {
  const ledger = await readLedger(git, { organisation, branches, isWhole: true });
  requireGenesis(ledger, organisation);
  const archive = await readPlanArchive(git, { commit: branches.commit, organisation, ledger });
  const { approvals, problems } = await proveApprovals(git, ledger.entries, { organisation, archive });
  const disagreements = [
    ...comparePlans(ledger, archive, organisation),
    ...judgeParents(ledger, archive.values()),
    ...problems,
  ];
  if (disagreements.length > 0) throw invalidLedger(disagreements);
  return {
    organisation,
    commits: ledger.commits.size,
    ...countRecords(ledger),
    approvals,
    ends: countSignedEnds(ledger.entries),
    compared: countCompared(ledger, archive),
  };
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
    const file = `${organisation}/${entry.name}.jsonl`;
    return [...findEarlyBegin(entry, body, file), ...findForeignRecords(entry, body, file)];
  });
}

type ComparedBody = Pick<PlanBody, 'createdAt' | 'changes'>;

function readBody(text: string): ComparedBody | null {
  try {
    return (JSON.parse(text) as { body?: ComparedBody }).body ?? null;
  } catch {
    return null;
  }
}

/** Whoever writes a record anew would date it back, to before its end had to be signed. */
function findEarlyBegin({ begin }: LedgerEntry, { createdAt }: ComparedBody, file: string): Problem[] {
  if (Date.parse(begin.at) >= Date.parse(createdAt) - CLOCK_TOLERANCE_MS) return [];
  return [{ where: `${file}:1`, what: `is of ${begin.at}, before the plan was made` }];
}

function findForeignRecords({ begin, records }: LedgerEntry, body: ComparedBody, file: string): Problem[] {
  const ids = new Set(body.changes.map(({ id }) => id));
  const problems = records.flatMap((record, index) =>
    'change' in record && !ids.has(record.change)
      ? [{ where: `${file}:${index + 1}`, what: `names the change ${record.change}, which is not in the plan` }]
      : [],
  );
  if (begin.changes === ids.size) return problems;
  return [{ where: `${file}:1`, what: `says ${begin.changes} changes, the plan has ${ids.size}` }, ...problems];
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
