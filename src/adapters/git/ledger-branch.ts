import { LEDGER_BRANCH, headRef } from './ref-names.ts';
import { ReconcileError } from '../../model/errors.ts';
import { invalid } from '../../model/ledger/chain.ts';
import { rememberProvenHead } from './ledger-memory.ts';
import { refuseOtherPushUrl } from './push-url.ts';
import type { GitRepository } from './repository.ts';
import type { TreeEntry } from './tree-entries.ts';

export interface LedgerPush {
  readonly git: GitRepository;
  /** Null: write the local branch. */
  readonly gitRemote: string | null;
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
export async function pushLedgerFile(push: LedgerPush): Promise<PushResult> {
  const { git, gitRemote, tip, organisation } = push;
  if (gitRemote !== null) await refuseOtherPushUrl(git, gitRemote);
  const built = await attemptCommit(push);
  if (!('commit' in built)) return { pushed: false, why: built.why };
  const { commit } = built;
  const result = await moveBranch(push, commit);
  if (!result.ok) return { pushed: false, why: result.why };
  // What this clone wrote on top of what it had proven is proven.
  if (tip !== null) await rememberProvenHead(git, { gitRemote, organisation }, { commit, before: tip });
  return { pushed: true, tip: commit };
}

async function moveBranch(
  { git, gitRemote, tip }: LedgerPush,
  commit: string,
): Promise<{ ok: true } | { ok: false; why: string }> {
  const ref = headRef(LEDGER_BRANCH);
  if (gitRemote !== null)
    return git.attempt(['push', '--quiet', `--force-with-lease=${ref}:${tip ?? ''}`, gitRemote, `${commit}:${ref}`]);
  const isMoved = await git.isSuccess(['update-ref', '--create-reflog', ref, commit, tip ?? '0'.repeat(40)]);
  return isMoved ? { ok: true } : { ok: false, why: 'the local ledger branch has moved' };
}

/** True if a failed push was lost to somebody else's push, false if the git remote could not be written at all. */
export function isLostRace(why: string): boolean {
  return /stale info|non-fast-forward|fetch first|has moved|cannot lock ref|failed to update ref/i.test(why);
}

export function notWritable(why: string): ReconcileError {
  return new ReconcileError('LEDGER_NOT_WRITABLE', 'The ledger branch cannot be written', {
    remedy: isDiskFull(why)
      ? 'Make room on the disk of the repository, or of its git remote, then apply the same plan again.'
      : `Give the apply job the right to push to the branch ${LEDGER_BRANCH}, and check the connection to the git remote.`,
    problems: [{ where: 'git', what: why }],
  });
}

/** In git's own words. */
export function isDiskFull(why: string): boolean {
  return /no space left on device|out of diskspace|disk quota exceeded|file too large/i.test(why);
}

/** What git cannot write here, to send it, is not in the ledger either. */
async function attemptCommit(push: LedgerPush): Promise<{ readonly commit: string } | { readonly why: string }> {
  try {
    return { commit: await buildCommit(push) };
  } catch (error) {
    if (!(error instanceof ReconcileError) || error.code !== 'GIT_UNUSABLE') throw error;
    return { why: error.problems.map(({ what }) => what).join('; ') };
  }
}

/** Tree of the tip with one file replaced, as a commit object. */
async function buildCommit({ git, tip, organisation, file, text, message }: LedgerPush): Promise<string> {
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
