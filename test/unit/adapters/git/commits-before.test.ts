import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listCommitsBefore } from '../../../../src/adapters/git/commits-before.ts';
import { GitRepository } from '../../../../src/adapters/git/repository.ts';

const PLAN = '0002-0123abcd';
const DESIRED = 'desired/company/users/a@company.org.yaml';
const PLAN_FILE = `plans/company/${PLAN}/plan.json`;

describe('what the branch was before a plan', () => {
  let root = '';
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  let number = 0;
  const commit = (...files: string[]): string => {
    for (const file of files) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), String(number++));
    }
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', 'files');
    return git('rev-parse', 'HEAD');
  };
  const before = (planCommit: string): Promise<string[]> =>
    listCommitsBefore(new GitRepository(root), { organisation: 'company', name: PLAN, planCommit });
  let first = '';

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'before-'));
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'a');
    git('config', 'user.email', 'a@company.org');
    commit('README.md');
    first = commit(DESIRED, 'plans/company/0001-aaaaaaaa/plan.json');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is the commit before a squash, and nothing is before the first commit of all', async () => {
    expect(await before(commit(DESIRED, PLAN_FILE))).toEqual([first]);
    expect(await before(git('rev-list', '--max-parents=0', 'HEAD'))).toEqual([]);
  });

  it('is the branch before a merge, whatever its own commits are', async () => {
    git('switch', '-q', '-c', 'proposal');
    commit(DESIRED);
    commit(PLAN_FILE);
    git('switch', '-q', 'main');
    const meanwhile = commit('desired/company/users/b@company.org.yaml');
    git('merge', '-q', '--no-ff', '-m', 'Merge', 'proposal');
    expect(await before(git('rev-parse', 'HEAD'))).toEqual([meanwhile]);
  });

  it('is older than all commits of a rebase that may belong to the proposal', async () => {
    const desired = commit(DESIRED);
    const older = commit(DESIRED, 'plans/company/0002-99999999/plan.json');
    expect(await before(commit(PLAN_FILE))).toEqual([older, desired, first]);
  });

  it.each([
    'desired/company/organisation.yaml',
    'desired/other/users/a@company.org.yaml',
    'plans/company/0003-aaaaaaaa/plan.json',
    'plans/other/0002-aaaaaaaa/plan.json',
    'desired/company/users/a@company.org.yaml.txt',
  ])('ends at a commit that also wrote %s', async (file) => {
    const other = commit(DESIRED, file);
    const desired = commit(DESIRED);
    expect(await before(commit(PLAN_FILE))).toEqual([desired, other]);
  });

  it('cannot be told by a clone that was cut off there', async () => {
    commit(DESIRED);
    commit(PLAN_FILE);
    const shallow = `${root}-shallow`;
    git('clone', '-q', '--depth', '2', `file://${root}`, shallow);
    const planCommit = git('rev-parse', 'HEAD');
    const answer = listCommitsBefore(new GitRepository(shallow), { organisation: 'company', name: PLAN, planCommit });
    await expect(answer).rejects.toMatchObject({ code: 'GIT_UNUSABLE' });
    rmSync(shallow, { recursive: true });
  });
});
