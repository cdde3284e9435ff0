import type { GitIdentity } from '../../model/approval/git-identity.ts';
import { isStatementPath } from '../../model/approval/statement.ts';
import type { GitRepository } from './repository.ts';

/** Whom git names for the commits that brought a plan. */
export interface PlanAuthors {
  /** Authors, and committers of all but the commit that brought the plan to the branch. */
  readonly authors: readonly GitIdentity[];
  /** The same, and who committed that one. */
  readonly withCommitters: readonly GitIdentity[];
}

/**
 * Everybody whom git names for what a merge brought, of commits that do more than add statements: who only approves makes
 * nothing. A merge that changes nothing of its own makes nobody an author either.
 */
export async function readPlanAuthors(
  git: GitRepository,
  { planCommit, folder }: { planCommit: string; folder: string },
): Promise<PlanAuthors> {
  const making = await readCommitsOfPlan(git, { planCommit, folder });
  const identities = making.flatMap(({ id, author, committer }) =>
    id === planCommit ? [author] : [author, committer],
  );
  return { authors: unique(identities), withCommitters: namesOf(making) };
}

/** Ids of the commits whose authors and committers those are, the newest first. */
export async function listMakingCommits(
  git: GitRepository,
  place: { planCommit: string; folder: string },
): Promise<readonly string[]> {
  return (await readCommitsOfPlan(git, place)).map(({ id }) => id);
}

async function readCommitsOfPlan(
  git: GitRepository,
  { planCommit, folder }: { planCommit: string; folder: string },
): Promise<Commit[]> {
  const parent = await git.resolve(`${planCommit}^1`);
  return readMakingCommits(git, parent === undefined ? [planCommit] : [planCommit, `^${parent}`], folder);
}

/** The same of a plan that is not merged yet: everybody whom git names for what `base` does not have. */
export async function readAuthorsSince(
  git: GitRepository,
  { head, base, folder }: { head: string; base: string; folder: string },
): Promise<readonly GitIdentity[]> {
  return namesOf(await readMakingCommits(git, [head, `^${base}`], folder));
}

/** Commits that only add statements, or replace some, to one parent each: commit → parent. */
export async function readStatementCommits(
  git: GitRepository,
  range: readonly string[],
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const commits = parseLog(await git.read(['log', FORMAT, '--cc', '--name-only', '--no-renames', ...range]));
  const isStatement = (file: string): boolean =>
    file.startsWith(`${folder}/`) && isStatementPath(file.slice(folder.length + 1));
  return new Map(
    commits.flatMap(({ id, parents: [parent, ...others], files }) =>
      parent !== undefined && others.length === 0 && files.length > 0 && files.every(isStatement)
        ? [[id, parent] as const]
        : [],
    ),
  );
}

async function readMakingCommits(git: GitRepository, range: readonly string[], folder: string): Promise<Commit[]> {
  const commits = parseLog(await git.read(['log', FORMAT, '--cc', '--name-only', '--no-renames', ...range]));
  return commits.filter(({ files }) => files.some((file) => !file.startsWith(`${folder}/approvals/`)));
}

function namesOf(commits: readonly Commit[]): GitIdentity[] {
  return unique(commits.flatMap(({ author, committer }) => [author, committer]));
}

const FORMAT = '--format=%x01%H%x02%P%x02%an%x02%ae%x02%cn%x02%ce';

interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: GitIdentity;
  readonly committer: GitIdentity;
  readonly files: readonly string[];
}

function parseLog(log: string): Commit[] {
  return log
    .split('\u0001')
    .slice(1)
    .map((part) => {
      const [head = '', ...files] = part.split('\n').filter((line) => line !== '');
      const [id = '', parents = '', name = '', address = '', committerName = '', committerAddress = ''] =
        head.split('\u0002');
      const all = parents.split(' ').filter((parent) => parent !== '');
      return {
        id,
        parents: all,
        author: { name, address },
        committer: { name: committerName, address: committerAddress },
        files,
      };
    });
}

function unique(identities: readonly GitIdentity[]): GitIdentity[] {
  return [...new Map(identities.map((one) => [`${one.name}\n${one.address}`, one])).values()];
}
