import type { Problem } from '../../model/errors.ts';
import type { GitRepository } from './repository.ts';
import { LEDGER_BRANCH, type Ledger } from './ledger.ts';

export interface CommitHistory {
  /** Commits of the ledger branch, of all organisations. */
  readonly commits: number;
  readonly problems: readonly Problem[];
}

interface FileChange {
  readonly commit: string;
  readonly path: string;
  readonly status: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What the chain alone cannot show: a whole file or the last lines taken away. Every commit of the ledger branch may only
 * add files and lines, and every tip that this clone ever saw must still be in its history.
 */
export async function readCommitHistory(
  git: GitRepository,
  { tip, gitRemote }: Pick<Ledger, 'tip' | 'gitRemote'>,
  organisation: string,
): Promise<CommitHistory> {
  if (tip === null) return { commits: 0, problems: [] };
  const commits = await readLines(git, ['rev-list', tip]);
  const merges = await readLines(git, ['rev-list', '--min-parents=2', tip]);
  return {
    commits: commits.length,
    problems: [
      ...merges.map((commit) => at(commit, 'is a merge; the program only ever adds one commit after the other')),
      ...(await findRewrites(git, await readFileChanges(git, tip, organisation))),
      ...(await findForgottenTips(git, new Set(commits), gitRemote)),
    ],
  };
}

async function readFileChanges(git: GitRepository, tip: string, organisation: string): Promise<FileChange[]> {
  const lines = await readLines(git, [
    'log',
    '--reverse',
    '--full-history',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--format=%H',
    tip,
    '--',
    `${organisation}/`,
  ]);
  let commit = '';
  return lines.flatMap((line) => {
    if (!line.startsWith(':')) {
      commit = line;
      return [];
    }
    const [meta = '', path = ''] = line.split('\t');
    const [, , before = '', after = '', status = ''] = meta.split(' ');
    return [{ commit, path, status, before, after }];
  });
}

async function findRewrites(git: GitRepository, changes: readonly FileChange[]): Promise<Problem[]> {
  const grown = changes.filter(({ status }) => status === 'M');
  const texts = await git.readBlobs(grown.flatMap(({ before, after }) => [before, after]));
  const cut = grown.filter((_, index) => !(texts[2 * index + 1] ?? '').startsWith(texts[2 * index] ?? ''));
  return [
    ...changes
      .filter(({ status }) => status !== 'A' && status !== 'M')
      .map(({ commit, path }) => at(commit, `takes ${path} away`)),
    ...cut.map(({ commit, path }) => at(commit, `rewrites ${path} instead of adding to it`)),
  ];
}

/** Only the memory of this clone (its reflog) knows what a forced push took away; a fresh clone has none. */
async function findForgottenTips(
  git: GitRepository,
  commits: ReadonlySet<string>,
  gitRemote: string | null,
): Promise<Problem[]> {
  const ref = gitRemote === null ? `refs/heads/${LEDGER_BRANCH}` : `refs/remotes/${gitRemote}/${LEDGER_BRANCH}`;
  const seen = new Set(await readLines(git, ['reflog', 'show', '--format=%H', ref]));
  return [...seen]
    .filter((commit) => !commits.has(commit))
    .map((commit) => at(commit, 'was in the ledger branch before and is no longer: somebody pushed with force'));
}

function at(commit: string, what: string): Problem {
  return { where: `branch ${LEDGER_BRANCH}, commit ${commit.slice(0, 10)}`, what };
}

async function readLines(git: GitRepository, args: readonly string[]): Promise<string[]> {
  return (await git.read(args)).split('\n').filter((line) => line !== '');
}
