import { ReconcileError } from '../../model/errors.ts';
import { listSeenHeads, type SeenHeads } from './ledger-memory.ts';
import { anchorRef, headRef, LEDGER_BRANCH, trackingRef } from './ref-names.ts';
import { fetchListed, listRefs } from './remote-refs.ts';
import type { GitRepository } from './repository.ts';

/** What organisation.yaml says of where plans count as approved. */
export interface ApprovalPlace {
  readonly branch: string;
  /** Null: the branches of this clone decide. */
  readonly gitRemote: string | null;
}

/** What an organisation needs to know of its git remote, all read at the same moment. */
export interface Branches extends ApprovalPlace {
  /** Head of the branch on which plans count as approved; null: there is no such branch. */
  readonly commit: string | null;
  /** Head of the ledger branch; null: there is none. */
  readonly ledger: string | null;
  /** Commits of the ledger branch that tags hold fast: name of the plan, or `genesis` → commit. */
  readonly anchors: ReadonlyMap<string, string>;
  /** What this clone had seen of the ledger branch before all that was read. */
  readonly seen: SeenHeads;
  /** True: as this clone has them. What it never fetched, tags above all, says nothing. */
  readonly isOffline: boolean;
}

/** Fetches both branches if they are not here yet. Throws GIT_UNUSABLE if the git remote is missing or does not answer. */
export async function readBranches(
  git: GitRepository,
  { branch, gitRemote }: ApprovalPlace,
  organisation: string,
): Promise<Branches> {
  const [main, ledger, anchor] = [headRef(branch), headRef(LEDGER_BRANCH), anchorRef(organisation, '')];
  // First: another process in this clone may see more at any moment.
  const seen = await listSeenHeads(git, { gitRemote, organisation });
  const refs = await listRefs(git, gitRemote, [main, ledger, `${anchor}*`]);
  const tips = new Map([branch, LEDGER_BRANCH].flatMap((name) => tipOf(refs, name)));
  if (gitRemote !== null) await fetchListed(git, gitRemote, tips);
  return {
    branch,
    gitRemote,
    commit: refs.get(main) ?? null,
    ledger: refs.get(ledger) ?? null,
    anchors: anchorsOf(refs, anchor),
    seen,
    isOffline: false,
  };
}

/** The same as this clone has it; nothing is asked of the git remote. */
export async function readKnownBranches(
  git: GitRepository,
  { branch, gitRemote }: ApprovalPlace,
  organisation: string,
): Promise<Branches> {
  const refOf = (name: string): string => (gitRemote === null ? headRef(name) : trackingRef(gitRemote, name));
  const anchor = anchorRef(organisation, '');
  const seen = await listSeenHeads(git, { gitRemote, organisation });
  const refs = await listRefs(git, null, [refOf(branch), refOf(LEDGER_BRANCH), `${anchor}*`]);
  return {
    branch,
    gitRemote,
    commit: refs.get(refOf(branch)) ?? null,
    ledger: refs.get(refOf(LEDGER_BRANCH)) ?? null,
    anchors: anchorsOf(refs, anchor),
    seen,
    isOffline: true,
  };
}

function anchorsOf(refs: ReadonlyMap<string, string>, anchor: string): Map<string, string> {
  return new Map(
    [...refs].flatMap(([ref, id]) => (ref.startsWith(anchor) ? [[ref.slice(anchor.length), id] as const] : [])),
  );
}

/** Head of the branch on which plans count as approved. Throws GIT_UNUSABLE if there is none: nothing may be taken for empty. */
export function requireBranch({ commit, branch, gitRemote }: Branches): string {
  if (commit !== null) return commit;
  const where = gitRemote === null ? 'in this clone' : `on ${gitRemote}`;
  throw new ReconcileError('GIT_UNUSABLE', `There is no branch ${branch} ${where}`, {
    remedy: `Push it, or bring it back if it was renamed or deleted; or correct approval.branch in organisation.yaml.`,
  });
}

/** Commit of one branch as the git remote says now, fetched if it is not here yet; null: there is no such branch. */
export async function fetchBranch(
  git: GitRepository,
  gitRemote: string | null,
  branch: string,
): Promise<string | null> {
  const refs = await listRefs(git, gitRemote, [headRef(branch)]);
  if (gitRemote !== null) await fetchListed(git, gitRemote, new Map(tipOf(refs, branch)));
  return refs.get(headRef(branch)) ?? null;
}

function tipOf(refs: ReadonlyMap<string, string>, branch: string): [string, string][] {
  const commit = refs.get(headRef(branch));
  return commit === undefined ? [] : [[branch, commit]];
}
