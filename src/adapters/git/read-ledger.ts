import { anchorRef, headRef, LEDGER_BRANCH, trackingRef } from './ref-names.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { findAnchorFaults, MISSING_ANCHOR } from '../../model/ledger/anchors.ts';
import { invalidLedger } from '../../model/ledger/chain.ts';
import { findEndFaults } from '../../model/ledger/signed-end.ts';
import { findBackwardTimes } from '../../model/ledger/times.ts';
import { ledgerFileOf } from '../../model/plan/plan-name.ts';
import type { Branches } from './branch.ts';
import { parseLedger, type Ledger } from './ledger.ts';
import { readLedgerKeys } from './ledger-keys.ts';
import { findHistoryFaults, listLedgerCommits, problemAt } from './ledger-history.ts';
import { listForgottenHeads, rememberProvenHead } from './ledger-memory.ts';
import { findForgottenParents } from './forgotten-parents.ts';
import { refuseLostBranch, setBack, unanchored } from './lost-ledger.ts';
import type { GitRepository } from './repository.ts';

export interface LedgerRequest {
  readonly organisation: string;
  readonly branches: Branches;
  /** Prove everything again, also what this clone has proven before. */
  readonly isWhole?: boolean;
}

/**
 * The one proof of the ledger, whoever asks: its lines follow each other in content and time, its branch was only ever added
 * to, goes on from every head that this clone has proven or seen, agrees with the tags that hold it fast, has the line after
 * which the newest plan was made, and its ends are signed since a key of organisation.yaml is in force. Throws LEDGER_INVALID (46) with everything that is wrong.
 */
export async function readLedger(git: GitRepository, request: LedgerRequest): Promise<Ledger> {
  const { organisation, branches } = request;
  const { gitRemote, anchors, seen, ledger: tip } = branches;
  const { proven } = seen;
  if (tip === null) {
    await refuseLostBranch(git, branches, organisation);
    return { tip, gitRemote, anchors, commits: new Set(), genesis: null, entries: [], head: null };
  }
  const commits = await listLedgerCommits(git, tip);
  const forgotten = await listForgottenHeads(git, seen, { organisation, tip, commits });
  const since = request.isWhole !== true && proven !== null && commits.has(proven) ? proven : null;
  const faults = await findHistoryFaults(git, { tip, since, organisation });
  const { problems, ...parsed } = await parseAt(git, tip, organisation);
  const keys = await readLedgerKeys(git, branches.commit, organisation);
  const fileOf = (name: string): string => `${organisation}/${ledgerFileOf(name)}`;
  const unsigned = findEndFaults({ entries: parsed.entries, keys, fileOf });
  const ledger: Ledger = { tip, gitRemote, anchors, commits, ...parsed };
  const refOf = (name: string): string => anchorRef(organisation, name);
  // A ledger that does not parse has no plans that tags could agree with.
  const tags = problems.length === 0 ? findAnchorFaults({ ...ledger, refOf }) : [];
  // A clone need not have fetched them.
  const disagreeing = tags.filter(({ what }) => !branches.isOffline || what !== MISSING_ANCHOR);
  const parents = problems.length === 0 ? await findForgottenParents(git, { organisation, branches, ledger }) : [];
  const lost = forgotten.map((head) => problemAt(head, FORGOTTEN));
  const all = [...problems, ...unsigned, ...faults, ...lost, ...disagreeing, ...parents];
  if (all.length > 0) throw await explain(git, all, { ledger, forgotten, organisation });
  if (proven !== tip && ledger.genesis !== null)
    await rememberProvenHead(git, { gitRemote, organisation }, { commit: tip, before: proven });
  return ledger;
}

/**
 * The ledger as this clone has it, its lines proven to follow each other and no more: `readLedger` proves the rest. Null: it was
 * not fetched. Throws LEDGER_INVALID (46).
 */
export async function readFetchedLedger(
  git: GitRepository,
  { organisation, approval: { gitRemote } }: FetchedLedger,
): Promise<Ledger | null> {
  const ref = gitRemote === null ? headRef(LEDGER_BRANCH) : trackingRef(gitRemote, LEDGER_BRANCH);
  const tip = await git.resolve(ref);
  if (tip === undefined) return null;
  const { problems, ...parsed } = await parseAt(git, tip, organisation);
  if (problems.length > 0) throw invalidLedger(problems);
  return { tip, gitRemote, anchors: new Map(), commits: new Set(), ...parsed };
}

export interface FetchedLedger {
  readonly organisation: string;
  readonly approval: Pick<Branches, 'gitRemote'>;
}

const FORGOTTEN = 'was in the ledger branch before and is no longer: somebody pushed with force';

interface Parsed extends Pick<Ledger, 'genesis' | 'entries' | 'head'> {
  readonly problems: readonly Problem[];
}

/** Of an organisation that the branch has nothing of: no genesis record. */
async function parseAt(git: GitRepository, tip: string, organisation: string): Promise<Parsed> {
  const nothing = { genesis: null, entries: [], head: null, problems: [] };
  const files = await git.listTree(tip, `${organisation}/`);
  const texts = await git.readBlobs(files.map(({ blob }) => blob));
  const byName = new Map(files.map(({ path }, index) => [path.slice(organisation.length + 1), texts[index] ?? '']));
  if (byName.size === 0) return nothing;
  try {
    const parsed = parseLedger(byName, organisation);
    return { ...parsed, problems: findBackwardTimes(timedLines(parsed, organisation)) };
  } catch (error) {
    if (!(error instanceof ReconcileError) || error.code !== 'LEDGER_INVALID') throw error;
    return { ...nothing, problems: error.problems };
  }
}

function* timedLines({ genesis, entries }: Pick<Ledger, 'genesis' | 'entries'>, organisation: string) {
  if (genesis !== null) yield { at: genesis.at, where: `${organisation}/genesis.json` };
  for (const { name, records } of entries)
    for (const [index, { at }] of records.entries())
      yield { at, where: `${organisation}/${ledgerFileOf(name)}:${index + 1}` };
}

/** The cure is a command wherever one is known. */
async function explain(
  git: GitRepository,
  problems: readonly Problem[],
  { ledger, forgotten, organisation }: { ledger: Ledger; forgotten: readonly string[]; organisation: string },
): Promise<ReconcileError> {
  const [newest] = forgotten;
  if (newest !== undefined && ledger.tip !== null) return setBack(git, problems, { ledger, newest });
  return (await unanchored(git, problems, { ledger, organisation })) ?? invalidLedger(problems);
}
