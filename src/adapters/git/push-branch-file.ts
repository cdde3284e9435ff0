import { ReconcileError } from '../../model/errors.ts';
import { invalid } from '../../model/ledger/chain.ts';
import { refuseOtherPushUrl } from './push-url.ts';
import { headRef } from './ref-names.ts';
import type { GitRepository } from './repository.ts';
import type { TreeEntry } from './tree-entries.ts';

export interface BranchPush {
  readonly git: GitRepository;
  /** Null: write the local branch. */
  readonly gitRemote: string | null;
  readonly branch: string;
  /** Commit that must still be the tip; null: the branch must not exist yet. */
  readonly tip: string | null;
  readonly organisation: string;
  /** Name below the organisation's folder. */
  readonly file: string;
  readonly text: string;
  readonly message: string;
}

export type PushResult =
  { readonly pushed: true; readonly tip: string } | { readonly pushed: false; readonly why: string };

/**
 * Compare-and-swap: a commit on top of `tip` that becomes the tip only if nobody else moved it meanwhile
 * (fast-forward push, or update-ref with the old value). The work tree and the index are not touched, nor is whatever else
 * lies on the branch. Throws GIT_UNUSABLE if what is pushed would go elsewhere than what is fetched comes from.
 */
export async function pushBranchFile(push: BranchPush): Promise<PushResult> {
  const { git, gitRemote } = push;
  if (gitRemote !== null) await refuseOtherPushUrl(git, gitRemote);
  const built = await attemptCommit(push);
  if (!('commit' in built)) return { pushed: false, why: built.why };
  const result = await moveBranch(push, built.commit);
  return result.ok ? { pushed: true, tip: built.commit } : { pushed: false, why: result.why };
}

async function moveBranch(
  { git, gitRemote, branch, tip }: BranchPush,
  commit: string,
): Promise<{ ok: true } | { ok: false; why: string }> {
  const ref = headRef(branch);
  if (gitRemote !== null)
    return git.attempt(['push', '--quiet', `--force-with-lease=${ref}:${tip ?? ''}`, gitRemote, `${commit}:${ref}`]);
  const isMoved = await git.isSuccess(['update-ref', '--create-reflog', ref, commit, tip ?? '0'.repeat(40)]);
  return isMoved ? { ok: true } : { ok: false, why: `the local branch ${branch} has moved` };
}

/** True if a failed push was lost to somebody else's push, false if the git remote could not be written at all. */
export function isLostRace(why: string): boolean {
  return /stale info|non-fast-forward|fetch first|has moved|cannot lock ref|failed to update ref/i.test(why);
}

/** What git cannot write here, to send it, is not in the ledger either. */
async function attemptCommit(push: BranchPush): Promise<{ readonly commit: string } | { readonly why: string }> {
  try {
    return { commit: await buildCommit(push) };
  } catch (error) {
    if (!(error instanceof ReconcileError) || error.code !== 'GIT_UNUSABLE') throw error;
    return { why: error.problems.map(({ what }) => what).join('; ') };
  }
}

/** Tree of the tip with one file replaced, as a commit object. */
async function buildCommit({ git, tip, organisation, file, text, message }: BranchPush): Promise<string> {
  const blob = (await git.read(['hash-object', '-w', '--stdin'], text)).trim();
  const root = tip === null ? [] : await git.readTree(`${tip}^{tree}`);
  const folder = root.find(({ name }) => name === organisation);
  if (folder !== undefined && folder.type !== 'tree')
    throw invalid(organisation, 'is a file, not the folder of a ledger');
  const own = folder === undefined ? [] : await git.readTree(folder.id);
  const id = await writeTree(git, [...without(own, file), { mode: '100644', type: 'blob', id: blob, name: file }]);
  const tree = await writeTree(git, [
    ...without(root, organisation),
    { mode: '040000', type: 'tree', id, name: organisation },
  ]);
  const parents = tip === null ? [] : ['-p', tip];
  return (await git.read([...COMMITTER, 'commit-tree', tree, ...parents, '-m', message])).trim();
}

/** The ledger is written by the program, whoever runs it; who approved stands inside the records. */
const COMMITTER = [
  '-c',
  'user.name=zivver-gitops',
  '-c',
  'user.email=zivver-gitops@localhost',
  '-c',
  'commit.gpgSign=false',
];

function without(entries: readonly TreeEntry[], name: string): TreeEntry[] {
  return entries.filter((entry) => entry.name !== name);
}

async function writeTree(git: GitRepository, entries: readonly TreeEntry[]): Promise<string> {
  const lines = entries.map(({ mode, type, id, name }) => `${mode} ${type} ${id}\t${name}\0`);
  return (await git.read(['mktree', '-z'], lines.join(''))).trim();
}
