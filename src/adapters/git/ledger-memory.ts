import { headRef, LEDGER_BRANCH } from './branch.ts';
import { findHistoryFaults } from './ledger-history.ts';
import { trackingRef } from './remote-refs.ts';
import type { GitRepository } from './repository.ts';

/** Whose ledger of which git remote this clone remembers. */
export interface MemoryPlace {
  readonly gitRemote: string | null;
  readonly organisation: string;
}

/** The head of the ledger branch that this clone proved last; null: none yet. */
export async function recallProvenHead(git: GitRepository, place: MemoryPlace): Promise<string | null> {
  return (await git.resolve(provenRef(place))) ?? null;
}

/** From now on a ledger without this commit in its history is one that was set back. */
export async function rememberProvenHead(git: GitRepository, place: MemoryPlace, commit: string): Promise<void> {
  // A clone that cannot remember is as good as a fresh one.
  await git.attempt(['update-ref', provenRef(place), commit]);
}

/**
 * Heads that this clone saw, newest first, and that are not among these commits: what the branch had was taken away. What was
 * fetched only counts if it is a ledger that goes on from there: whoever takes back a commit that broke it does right.
 */
export async function listForgottenHeads(
  git: GitRepository,
  place: MemoryPlace,
  { tip, commits }: { readonly tip: string | null; readonly commits: ReadonlySet<string> },
): Promise<readonly string[]> {
  const proven = await recallProvenHead(git, place);
  const forgotten = proven === null || commits.has(proven) ? [] : [proven];
  for (const seen of await listSeenHeads(git, place)) {
    if (commits.has(seen) || forgotten.includes(seen)) continue;
    const { organisation } = place;
    const faults = await findHistoryFaults(git, { tip: seen, since: tip, organisation });
    if (faults.length === 0) forgotten.push(seen);
  }
  return forgotten;
}

/** The reflog of the branch, and where it stands here. */
async function listSeenHeads(git: GitRepository, { gitRemote }: MemoryPlace): Promise<ReadonlySet<string>> {
  const ref = gitRemote === null ? headRef(LEDGER_BRANCH) : trackingRef(gitRemote, LEDGER_BRANCH);
  const here = await git.resolve(ref);
  if (here === undefined) return new Set();
  const log = await git.read(['reflog', 'show', '--format=%H', ref]);
  return new Set([here, ...log.split('\n').filter((line) => line !== '')]);
}

function provenRef({ gitRemote, organisation }: MemoryPlace): string {
  return `refs/zivver-gitops/proven/${gitRemote ?? 'none'}/${organisation}`;
}
