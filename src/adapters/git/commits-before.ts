import { isDesiredFile } from '../../model/desired/desired-state.ts';
import { comparePlanNumbers, parsePlanPath } from '../../model/plan/plan-name.ts';
import { refuseCutOff } from './bringing-commit.ts';
import type { GitRepository } from './repository.ts';

export interface PlanOnBranch {
  readonly organisation: string;
  /** `NNNN-<digest8>` */
  readonly name: string;
  /** The commit of the branch's own line that brought the plan. */
  readonly planCommit: string;
}

/** A proposal of more commits than this is looked at no further back. */
const MOST_COMMITS = 200;

/**
 * What the branch may have been before the plan came to it, newest first; empty: the plan's commit is the first of all. A merge
 * and a squash leave one answer. A rebase lays the proposal's commits one after the other on the branch, and commits that wrote
 * nothing but desired files, or an earlier plan of the same number, may be parts of it: the last answer is older than all those.
 * Throws GIT_UNUSABLE if a shallow clone hides some.
 */
export async function listCommitsBefore(git: GitRepository, plan: PlanOnBranch): Promise<string[]> {
  const format = '--format=%x00%x00%H %P';
  const walk = ['--first-parent', '-m', '--name-only', '--no-renames', '-z', `--max-count=${MOST_COMMITS}`];
  const log = await git.read(['log', ...walk, format, plan.planCommit]);
  const commits = log
    .split('\0\0')
    .filter((text) => text.trim() !== '')
    .map(parseCommit);
  const answers: string[] = [];
  for (const [place, { commit, parents, paths }] of commits.entries()) {
    const [parent] = parents;
    // At the edge of a shallow clone a commit looks as if it had brought everything.
    if (parent === undefined) await refuseCutOff(git, commit);
    const isPart = place === 0 || paths.every((path) => isOfProposal(path, plan));
    if (!isPart || parent === undefined) break;
    answers.push(parent);
    if (parents.length !== 1) break;
  }
  return answers;
}

function parseCommit(text: string): { commit: string; parents: string[]; paths: string[] } {
  const [head = '', ...paths] = text.split(/[\0\n]/).filter((line) => line !== '');
  const [commit = '', ...parents] = head.split(' ').filter((id) => id !== '');
  return { commit, parents, paths };
}

function isOfProposal(path: string, { organisation, name }: PlanOnBranch): boolean {
  const plan = parsePlanPath(path);
  if (plan !== null) return plan.organisation === organisation && comparePlanNumbers(plan.name, name) === 0;
  const folder = `desired/${organisation}/`;
  return path.startsWith(folder) && isDesiredFile(path.slice(folder.length));
}
