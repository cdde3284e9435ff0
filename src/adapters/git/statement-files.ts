import type { StatementFile } from '../../model/approval/judge-statements.ts';
import type { GitRepository } from './repository.ts';

export interface StatementPlace {
  /** Head of the branch. */
  readonly commit: string;
  /** That brought the plan. */
  readonly planCommit: string;
  /** Of the plan, from the root of the repository. */
  readonly folder: string;
}

/**
 * Every file that lies under `approvals/` of a plan, and every other text such a file had in the history that brought it to
 * the branch: a rejection that somebody deleted or wrote over is still there.
 */
export async function readStatementFiles(
  git: GitRepository,
  { commit, planCommit, folder }: StatementPlace,
): Promise<StatementFile[]> {
  const below = `${folder}/approvals/`;
  const current = await git.listTree(commit, below);
  const known = new Set(current.map(({ path, blob }) => `${blob} ${path}`));
  const before = (await listEarlier(git, below, { commit, planCommit })).filter(
    ({ path, blob }) => !known.has(`${blob} ${path}`),
  );
  const files = [
    ...current.map((file) => ({ ...file, isCurrent: true })),
    ...before.map((file) => ({ ...file, isCurrent: false })),
  ];
  const texts = await git.readBlobs(files.map(({ blob }) => blob));
  return files.map(({ path, isCurrent }, index) => ({
    path,
    fingerprint: path.slice(below.length).replace(/\.json$/, ''),
    text: texts[index] ?? '',
    isCurrent,
  }));
}

async function listEarlier(
  git: GitRepository,
  below: string,
  { commit, planCommit }: Pick<StatementPlace, 'commit' | 'planCommit'>,
): Promise<{ path: string; blob: string }[]> {
  const parent = await git.resolve(`${planCommit}^1`);
  const range = parent === undefined ? [commit] : [commit, `^${parent}`];
  const options = ['--format=', '--raw', '--no-abbrev', '--no-renames', '--full-history', '-m'];
  const lines = (await git.read(['log', ...options, ...range, '--', below])).split('\n');
  const found = new Map<string, { path: string; blob: string }>();
  for (const line of lines) {
    const [, blob = '', path = ''] = /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]\t(.+)$/.exec(line) ?? [];
    if (/[1-9a-f]/.test(blob)) found.set(`${blob} ${path}`, { path, blob });
  }
  return [...found.values()];
}
