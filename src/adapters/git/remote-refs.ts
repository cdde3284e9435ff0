import { trackingRef } from './ref-names.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from './repository.ts';

/**
 * The refs with exactly these full names, of the git remote as it says now, or of this clone if `gitRemote` is null. A name
 * that ends in `*` stands for all that begin so. Throws GIT_UNUSABLE if there is no such git remote, or it does not answer.
 */
export async function listRefs(
  git: GitRepository,
  gitRemote: string | null,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (gitRemote !== null) await refuseMissingRemote(git, gitRemote);
  const listing =
    gitRemote === null
      ? await git.read(['for-each-ref', '--format=%(objectname)%09%(refname)', ...names])
      : await git.read(['ls-remote', gitRemote, ...names]);
  const refs = listing.split('\n').map((line) => line.split('\t') as [string, string?]);
  // git matches ends of names: refs/heads/a/refs/heads/main is listed for refs/heads/main too.
  return new Map(refs.flatMap(([id, ref]) => (ref !== undefined && isWanted(ref, names) ? [[ref, id] as const] : [])));
}

function isWanted(ref: string, names: readonly string[]): boolean {
  return names.some((name) => (name.endsWith('*') ? ref.startsWith(name.slice(0, -1)) : ref === name));
}

async function refuseMissingRemote(git: GitRepository, gitRemote: string): Promise<void> {
  if (await git.hasRemote(gitRemote)) return;
  throw new ReconcileError('GIT_UNUSABLE', `There is no git remote "${gitRemote}"`, {
    remedy: `Add it with: git remote add ${gitRemote} URL; or name another one with approval.gitRemote (none: for a trial, the branches of this clone decide).`,
  });
}

/** Branches of a git remote and the commits they were listed with → the commits are here. Throws GIT_UNUSABLE. */
export async function fetchListed(
  git: GitRepository,
  gitRemote: string,
  listed: ReadonlyMap<string, string>,
): Promise<void> {
  const trackings = await Promise.all([...listed.keys()].map((branch) => git.resolve(trackingRef(gitRemote, branch))));
  const missing = [...listed].filter(([, commit], index) => trackings[index] !== commit).map(([branch]) => branch);
  if (missing.length === 0) return;
  const refs = missing.map((branch) => `+refs/heads/${branch}:${trackingRef(gitRemote, branch)}`);
  await fetchRefs(git, ['fetch', '--quiet', '--no-tags', gitRemote, ...refs]);
  for (const branch of missing) if ((await git.resolve(listed.get(branch) ?? '')) === undefined) throw moved(branch);
}

function moved(branch: string): ReconcileError {
  return new ReconcileError('GIT_UNUSABLE', `The branch ${branch} was replaced while it was read`, {
    remedy: 'Run the command again.',
  });
}

const FETCH_ATTEMPTS = 8;
const PAUSE_MS = 100;

/** Another process that fetches the same branch into the same clone holds the lock of the ref for a moment. */
async function fetchRefs(git: GitRepository, command: readonly string[]): Promise<void> {
  for (let attempt = 1; attempt < FETCH_ATTEMPTS; attempt += 1) {
    const fetched = await git.attempt(command);
    if (fetched.ok) return;
    if (!/cannot lock ref|\.lock'?: File exists/i.test(fetched.why)) break;
    await pause(PAUSE_MS * attempt);
  }
  await git.read(command);
}
