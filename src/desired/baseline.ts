import { ReconcileError } from '../errors.ts';
import type { GitRepository } from '../git/repository.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { HOLDS_FILE, isDesiredFile } from './desired-state.ts';
import { parseHolds, type Hold } from './holds.ts';
import { parseDesiredAccount } from './yaml.ts';

/** What is already desired: the committed desired files of the configured branch (design.md §4, "Baseline"). */
export interface Baseline {
  /** Null: the branch has no commit yet. */
  readonly commit: string | null;
  readonly accounts: readonly DesiredAccount[];
  /** Expired ones too. */
  readonly holds: readonly Hold[];
  /** Path below desired/<organisation>/ → blob id. */
  readonly blobs: ReadonlyMap<string, string>;
}

export async function readBaseline(git: GitRepository, commit: string | null, organisation: string): Promise<Baseline> {
  if (commit === null) return { commit, accounts: [], holds: [], blobs: new Map() };
  const prefix = `desired/${organisation}/`;
  const files = (await git.listTree(commit, prefix)).filter(({ path }) => isDesiredFile(path.slice(prefix.length)));
  const texts = await git.readBlobs(files.map(({ blob }) => blob));
  const accounts: DesiredAccount[] = [];
  const holds: Hold[] = [];
  for (const [index, { path }] of files.entries()) {
    const text = texts[index] ?? '';
    if (path === `${prefix}${HOLDS_FILE}`) holds.push(...parseHolds(text, path));
    else accounts.push(parseDesiredAccount(text, path));
  }
  refuseDoubleKeys(accounts);
  return { commit, accounts, holds, blobs: new Map(files.map(({ path, blob }) => [path.slice(prefix.length), blob])) };
}

function refuseDoubleKeys(accounts: readonly DesiredAccount[]): void {
  const seen = new Map<string, string>();
  const problems = accounts.flatMap(({ key, address }) => {
    const other = seen.get(key);
    seen.set(key, address);
    return other === undefined ? [] : [{ where: address, what: `has the same key as ${other}` }];
  });
  if (problems.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', 'Desired files on the branch share a key', {
      remedy: 'Remove the wrong one in a pull request.',
      problems,
    });
}
