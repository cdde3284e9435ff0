import { ReconcileError } from '../errors.ts';
import type { GitRepository } from '../git/repository.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { parseDesiredAccount } from './yaml.ts';

/** What is already desired: the committed desired files of the configured branch (design.md §4, "Baseline"). */
export interface Baseline {
  /** Null: the branch has no commit yet. */
  readonly commit: string | null;
  readonly accounts: readonly DesiredAccount[];
  /** Path below desired/<organisation>/ → blob id. */
  readonly blobs: ReadonlyMap<string, string>;
}

export async function readBaseline(git: GitRepository, commit: string | null, organisation: string): Promise<Baseline> {
  if (commit === null) return { commit, accounts: [], blobs: new Map() };
  const prefix = `desired/${organisation}/`;
  const tree = await git.listTree(commit, prefix);
  const files = tree.filter(({ path }) => /^(users|functional)\/.+\.yaml$/.test(path.slice(prefix.length)));
  const texts = await git.readBlobs(files.map(({ blob }) => blob));
  const accounts = files.map(({ path }, index) => parseDesiredAccount(texts[index] ?? '', path));
  refuseDoubleKeys(accounts);
  return { commit, accounts, blobs: new Map(files.map(({ path, blob }) => [path.slice(prefix.length), blob])) };
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
