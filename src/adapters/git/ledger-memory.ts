import { findHistoryFaults } from './ledger-history.ts';
import { headRef, LEDGER_BRANCH, provenRef, trackingRef } from './ref-names.ts';
import type { GitRepository } from './repository.ts';

/** Whose ledger of which git remote this clone remembers. */
export interface MemoryPlace {
  readonly gitRemote: string | null;
  readonly organisation: string;
}

/** What a clone remembers of the ledger branch. */
export interface SeenHeads {
  /** The head that it proved last; null: none yet. */
  readonly proven: string | null;
  /** Heads that it fetched, newest first: nobody proved them. */
  readonly fetched: readonly string[];
}

export async function listSeenHeads(git: GitRepository, { gitRemote, organisation }: MemoryPlace): Promise<SeenHeads> {
  const ref = gitRemote === null ? headRef(LEDGER_BRANCH) : trackingRef(gitRemote, LEDGER_BRANCH);
  const [proven, here] = await Promise.all([git.resolve(provenRef(gitRemote, organisation)), git.resolve(ref)]);
  if (here === undefined) return { proven: proven ?? null, fetched: [] };
  const log = await git.read(['reflog', 'show', '--format=%H', ref]);
  const fetched = new Set([here, ...log.split('\n').filter((line) => line !== '')]);
  return { proven: proven ?? null, fetched: [...fetched] };
}

/** From now on a ledger without this commit in its history is one that was set back. `before`: what was proven until now. */
export async function rememberProvenHead(
  git: GitRepository,
  { gitRemote, organisation }: MemoryPlace,
  { commit, before }: { readonly commit: string; readonly before: string | null },
): Promise<void> {
  // Another process may have proven more; and a clone that cannot remember is as good as a fresh one.
  await git.attempt(['update-ref', provenRef(gitRemote, organisation), commit, before ?? '0'.repeat(40)]);
}

/**
 * Heads that this clone saw and that are not among these commits: what the branch had was taken away. What was only fetched
 * counts if it is a ledger that goes on from there: whoever takes back a commit that broke it does right.
 */
export async function listForgottenHeads(
  git: GitRepository,
  { proven, fetched }: SeenHeads,
  given: { readonly organisation: string; readonly tip: string | null; readonly commits: ReadonlySet<string> },
): Promise<readonly string[]> {
  const { organisation, tip, commits } = given;
  const forgotten = proven === null || commits.has(proven) ? [] : [proven];
  for (const seen of fetched) {
    if (commits.has(seen) || forgotten.includes(seen)) continue;
    const faults = await findHistoryFaults(git, { tip: seen, since: tip, organisation });
    if (faults.length === 0) forgotten.push(seen);
  }
  return forgotten;
}
