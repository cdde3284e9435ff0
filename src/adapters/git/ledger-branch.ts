import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from './repository.ts';
import { LEDGER_BRANCH } from './ledger.ts';

export interface LedgerPush {
  readonly git: GitRepository;
  /** Null: write the local branch. */
  readonly gitRemote: string | null;
  /** Commit that must still be the tip; null: the branch must not exist yet. */
  readonly tip: string | null;
  /** Path in the branch, with forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly message: string;
}

export type PushResult =
  { readonly pushed: true; readonly tip: string } | { readonly pushed: false; readonly why: string };

/**
 * Compare-and-swap: a commit on top of `tip` that becomes the tip only if nobody else moved it meanwhile
 * (fast-forward push, or update-ref with the old value). The work tree and the index are not touched.
 */
export async function pushLedgerFile(push: LedgerPush): Promise<PushResult> {
  const { git, gitRemote, tip } = push;
  const built = await attemptCommit(push);
  if (!('commit' in built)) return { pushed: false, why: built.why };
  const { commit } = built;
  if (gitRemote === null) {
    const isMoved = await git.isSuccess(['update-ref', `refs/heads/${LEDGER_BRANCH}`, commit, tip ?? '0'.repeat(40)]);
    return isMoved ? { pushed: true, tip: commit } : { pushed: false, why: 'the local ledger branch has moved' };
  }
  const lease = `--force-with-lease=refs/heads/${LEDGER_BRANCH}:${tip ?? ''}`;
  const result = await git.attempt(['push', '--quiet', lease, gitRemote, `${commit}:refs/heads/${LEDGER_BRANCH}`]);
  return result.ok ? { pushed: true, tip: commit } : { pushed: false, why: result.why };
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
    if (!(error instanceof ReconcileError)) throw error;
    return { why: error.problems.map(({ what }) => what).join('; ') };
  }
}

/** Tree of the tip with one file replaced, as a commit object. */
async function buildCommit({ git, tip, file, text, message }: LedgerPush): Promise<string> {
  const blob = (await git.read(['hash-object', '-w', '--stdin'], text)).trim();
  const others = tip === null ? [] : (await git.listTree(tip, '')).filter(({ path }) => path !== file);
  const tree = await writeTree(git, [...others, { path: file, blob }]);
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

/** The branch has two levels: <organisation>/<file>. */
async function writeTree(git: GitRepository, files: readonly { path: string; blob: string }[]): Promise<string> {
  const folders = new Map<string, string[]>();
  for (const { path, blob } of files) {
    const [folder, name] = path.split('/') as [string, string];
    folders.set(folder, [...(folders.get(folder) ?? []), `100644 blob ${blob}\t${name}\n`]);
  }
  const lines: string[] = [];
  for (const [folder, entries] of folders) {
    const tree = (await git.read(['mktree'], entries.join(''))).trim();
    lines.push(`040000 tree ${tree}\t${folder}\n`);
  }
  return (await git.read(['mktree'], lines.join(''))).trim();
}
