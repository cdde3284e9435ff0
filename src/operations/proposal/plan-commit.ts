import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RENDERED } from '../../model/desired/desired-state.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { runGit } from '../../adapters/git/run-git.ts';
import type { BroughtPlan } from '../../model/plan/brought-plans.ts';

export interface PlanCommit extends BroughtPlan {
  /** Commit of the approval branch that it goes onto. */
  readonly base: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly address: string };
}

/**
 * A commit on `base` with the desired files and the plan as they lie in the work tree, and nothing else: neither the
 * configuration nor files of sources, which are merged on their own. Uses an index of its own: what is staged or checked
 * out here stays as it is.
 */
export async function commitPlan(
  git: GitRepository,
  { organisation, name, base, message, author }: PlanCommit,
): Promise<string> {
  const index = path.join(os.tmpdir(), `zivver-gitops-${randomUUID()}.index`);
  const call = async (...args: readonly string[]): Promise<string> => callGit(git.root, index, args);
  try {
    await call('read-tree', base);
    const desired = RENDERED.map((part) => `desired/${organisation}/${part}`);
    const known: string[] = [];
    for (const file of desired) {
      const isThere = existsSync(path.join(git.root, file)) || (await call('ls-files', '--', file)) !== '';
      if (isThere) known.push(file);
    }
    await call('add', '--all', '--force', '--', ...known, `plans/${organisation}/${name}`);
    const tree = (await call('write-tree')).trim();
    return (await call(...identityOf(author), 'commit-tree', tree, '-p', base, '-m', message)).trim();
  } finally {
    await rm(index, { force: true });
  }
}

/** The pull request's branch becomes this commit, if it still is what was looked at. */
export async function pushPlanBranch(
  git: GitRepository,
  push: { gitRemote: string; branch: string; tip: string | null; commit: string },
): Promise<void> {
  const { gitRemote, branch, tip, commit } = push;
  const ref = `refs/heads/${branch}`;
  const result = await git.attempt([
    'push',
    '--quiet',
    `--force-with-lease=${ref}:${tip ?? ''}`,
    gitRemote,
    `${commit}:${ref}`,
  ]);
  if (result.ok) return;
  throw new ReconcileError('GIT_UNUSABLE', `The branch ${branch} cannot be pushed`, {
    remedy:
      'Give the token the right to push branches (contents: write), and check that no other job pushed meanwhile.',
    problems: [{ where: 'git push', what: result.why }],
  });
}

function identityOf({ name, address }: PlanCommit['author']): readonly string[] {
  return ['-c', `user.name=${name}`, '-c', `user.email=${address}`, '-c', 'commit.gpgSign=false'];
}

async function callGit(root: string, index: string, args: readonly string[]): Promise<string> {
  const result = await runGit(root, args, { env: { GIT_INDEX_FILE: index } });
  if (result.exitCode === 0) return result.stdout.toString('utf8');
  throw new ReconcileError('GIT_UNUSABLE', 'The plan cannot be committed', {
    remedy: 'Look at what git says and mend the repository.',
    problems: [{ where: 'git', what: result.stderr }],
  });
}
