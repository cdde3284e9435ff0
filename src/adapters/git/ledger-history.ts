import { LEDGER_BRANCH } from './ref-names.ts';
import type { Problem } from '../../model/errors.ts';
import { isLedgerFile } from '../../model/plan/plan-name.ts';
import type { GitRepository } from './repository.ts';

interface FileChange {
  readonly commit: string;
  readonly path: string;
  readonly status: string;
  readonly before: string;
  readonly after: string;
}

/** Commits of the ledger branch, of all organisations. */
export async function listLedgerCommits(git: GitRepository, tip: string): Promise<ReadonlySet<string>> {
  return new Set(await readLines(git, ['rev-list', tip]));
}

/**
 * What the chain alone cannot show: a whole file or the last lines taken away. Every commit may only add files and lines.
 * `since`: a commit up to which this was proven before; null: from the first one.
 */
export async function findHistoryFaults(
  git: GitRepository,
  { tip, since, organisation }: { readonly tip: string; readonly since: string | null; readonly organisation: string },
): Promise<readonly Problem[]> {
  if (tip === since) return [];
  const range = since === null ? [tip] : [tip, `^${since}`];
  const [merges, changes] = await Promise.all([
    readLines(git, ['rev-list', '--min-parents=2', ...range]),
    readFileChanges(git, range, organisation),
  ]);
  return [
    ...merges.map((commit) => problemAt(commit, 'is a merge; the program only ever adds one commit after the other')),
    ...(await findRewrites(git, changes)),
  ];
}

export function problemAt(commit: string, what: string): Problem {
  return { where: `branch ${LEDGER_BRANCH}, commit ${commit.slice(0, 10)}`, what };
}

/** Files of other kinds are none of our business. */
async function readFileChanges(
  git: GitRepository,
  range: readonly string[],
  organisation: string,
): Promise<FileChange[]> {
  const options = ['--reverse', '--full-history', '--raw', '--no-abbrev', '--no-renames', '--format=%H'];
  const lines = await readLines(git, ['log', ...options, ...range, '--', `${organisation}/`]);
  let commit = '';
  const changes = lines.flatMap((line) => {
    if (!line.startsWith(':')) {
      commit = line;
      return [];
    }
    const [meta = '', path = ''] = line.split('\t');
    const [, , before = '', after = '', status = ''] = meta.split(' ');
    return [{ commit, path, status, before, after }];
  });
  return changes.filter(({ path }) => isLedgerFile(path.slice(organisation.length + 1)));
}

async function findRewrites(git: GitRepository, changes: readonly FileChange[]): Promise<Problem[]> {
  const grown = changes.filter(({ status }) => status === 'M');
  const texts = await git.readBlobs(grown.flatMap(({ before, after }) => [before, after]));
  const cut = grown.filter((_, index) => !(texts[2 * index + 1] ?? '').startsWith(texts[2 * index] ?? ''));
  return [
    ...changes
      .filter(({ status }) => status !== 'A' && status !== 'M')
      .map(({ commit, path }) => problemAt(commit, `takes ${path} away`)),
    ...cut.map(({ commit, path }) => problemAt(commit, `rewrites ${path} instead of adding to it`)),
  ];
}

async function readLines(git: GitRepository, args: readonly string[]): Promise<string[]> {
  return (await git.read(args)).split('\n').filter((line) => line !== '');
}
