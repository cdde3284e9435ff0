import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestOf } from '../../src/model/canonical.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callCli, type CliResult } from '../support/e2e/cli.ts';
import { FixtureGit } from '../support/e2e/fixture-git.ts';
import { replacePlan } from '../support/e2e/edit-plan.ts';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { API_KEY, ORGANISATION, World } from '../support/e2e/world.ts';

/**
 * What lies around the repository cannot make apply see another history, and sees none of its secrets. One world: everybody is
 * refused until the last one applies.
 */
const people = buildPeople(12);
const settings = `desired/${ORGANISATION}/organisation.yaml`;
let world: World;
let remote: FixtureGit;
/** The branch before the plan, and with it. */
let start: string;
let merged: string;
/** Only a plan, as people would review it, but made for limits that were not reviewed. */
let forged: string;
let writesAtStart: number;

beforeAll(async () => {
  world = await World.createSettled({ people });
  remote = new FixtureGit(world.gitRemote);
  start = await world.git.call('rev-parse', 'main');
  await world.writeDirectory(changePeople(people, [7], () => ({ disabled: true })));
  await world.planAndMerge();
  merged = await world.git.call('rev-parse', 'main');
  await world.git.call('switch', '--quiet', '--create', 'forged', `${merged}^2`);
  const text = relaxed(await world.read(settings));
  await replacePlan(world, (body) => ({ ...body, configuration: digestOf(text) }));
  await world.git.commitAll('Another plan');
  forged = await world.git.call('rev-parse', 'HEAD');
  await world.git.push('forged');
  await world.git.call('switch', '--quiet', 'main');
  writesAtStart = world.writes().length;
});

afterAll(() => world.close());

test('a plan that was not merged is not applied because git replaces the tip of the branch', async () => {
  await remote.call('update-ref', 'refs/heads/main', start);
  await world.git.call('replace', start, merged);
  expectRefused(await world.apply(), 30, /not on main/);
  await world.git.call('replace', '--delete', start);
  await remote.call('update-ref', 'refs/heads/main', merged);
});

test('a plan that was applied is not applied again because git replaces the tip of the ledger', async () => {
  await remote.call('update-ref', 'refs/heads/main', start);
  const folder = await cloneAnew(start);
  const git = new FixtureGit(folder);
  const lines = (await git.call('rev-list', 'origin/ledger')).split('\n');
  await git.call('replace', lines[0]!, lines.at(-1)!);
  expectRefused(await applyIn(folder), 25, /was applied/);
});

test.each<[string, number, RegExp, (git: FixtureGit) => Promise<void>]>([
  [
    'the merge brings another organisation.yaml than the pull request had',
    30,
    /organisation\.yaml/,
    async (git) => {
      await git.call('switch', '--quiet', '--detach', start);
      await git.call('merge', '--quiet', '--no-ff', '--no-commit', forged);
      await relax(git);
      await git.commitAll('Merge the proposal');
    },
  ],
  [
    'an override and the plan come in one commit, that nobody reviewed',
    30,
    /organisation\.yaml/,
    async (git) => {
      await git.call('switch', '--quiet', '--detach', start);
      await git.call('checkout', '--quiet', forged, '--', 'plans', 'desired');
      await relax(git);
      await git.commitAll('Plan and override');
    },
  ],
  [
    'grafts hide what the merge brought',
    30,
    /organisation\.yaml/,
    async (git) => {
      await git.call('switch', '--quiet', '--detach', start);
      await relax(git);
      await git.commitAll('Only the limits');
      const relaxed = await git.call('rev-parse', 'HEAD');
      await git.call('checkout', '--quiet', forged, '--', 'plans', `desired/${ORGANISATION}/users`);
      await git.call('reset', '--quiet', '--soft', start);
      await git.commitAll('Plan and limits');
      const tip = await git.call('rev-parse', 'HEAD');
      await mkdir(path.join(git.folder, '.git/info'), { recursive: true });
      await writeFile(path.join(git.folder, '.git/info/grafts'), `${tip} ${relaxed}\n`);
    },
  ],
  [
    'Git LFS keeps the files of the plan elsewhere',
    3,
    /git filter lfs/,
    async (git) => {
      await writeFile(path.join(git.folder, '.gitattributes'), 'plans/** filter=lfs\n');
      await git.commitAll('Large files');
    },
  ],
  [
    'the checkout is sparse',
    3,
    /is sparse/,
    async (git) => {
      await git.call('sparse-checkout', 'set', '--no-cone', '/*', `!/desired/${ORGANISATION}/users/*`);
    },
  ],
])('%s: %i, and no write', async (_name, exitCode, why, change) => {
  const folder = await cloneAnew(merged);
  const git = new FixtureGit(folder);
  await change(git);
  await git.call('push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/main');
  expectRefused(await applyIn(folder), exitCode, why);
});

test('a clone of the last commit alone does not take its author for the one who merged', async () => {
  const folder = await cloneAnew(merged);
  const git = new FixtureGit(folder);
  await writeFile(path.join(folder, 'README.md'), 'Hello\n');
  await git.call('add', '--all');
  await git.call('commit', '--quiet', '--message', 'Unrelated', '--author', 'Eve <eve@company.org>');
  await git.call('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
  const shallow = path.join(world.folder, 'shallow');
  await new FixtureGit(world.folder).call('clone', '--quiet', '--depth', '1', `file://${world.gitRemote}`, shallow);
  expectRefused(await applyIn(shallow), 30, /shallow|fetch/i);
});

test('hooks of the clone and a file system monitor do not run, and those of the git remote see no secret', async () => {
  await remote.call('update-ref', 'refs/heads/main', merged);
  const [ours, theirs] = ['ours', 'theirs'].map((name) => path.join(world.folder, `${name}.txt`)) as [string, string];
  for (const hook of ['pre-push', 'reference-transaction', 'post-checkout', 'post-index-change', 'fsmonitor'])
    await writeHook(path.join(world.repository, '.git/hooks', hook), ours);
  await world.git.call('config', 'core.fsmonitor', path.join(world.repository, '.git/hooks/fsmonitor'));
  await writeHook(path.join(world.gitRemote, 'hooks/pre-receive'), theirs);
  const environment = {
    ZIVVER_API_KEY: API_KEY,
    ZIVVER_GITOPS_IDENTITY: world.identity,
    LDAP_PASSWORD: 'canary-of-ldap',
  };
  const result = await callCli(world.repository, ['apply'], environment);
  expect({ exit: result.exitCode, writes: writesSince(writesAtStart) }, result.stderr).toEqual({ exit: 0, writes: 1 });
  await expect(readFile(ours, 'utf8')).rejects.toThrow(/ENOENT/);
  const seen = await readFile(theirs, 'utf8');
  expect(seen).toContain('GIT_');
  for (const secret of [API_KEY, world.identity, 'canary-of-ldap']) expect(seen).not.toContain(secret);
});

/** Thirty suspensions would be fine. */
function relaxed(text: string): string {
  return `${text}limits: { suspend: { floor: 30 } }\n`;
}

async function relax({ folder }: FixtureGit): Promise<void> {
  const file = path.join(folder, settings);
  await writeFile(file, relaxed(await readFile(file, 'utf8')));
}

let clones = 0;

/** Its branches as they are, `commit` checked out. */
async function cloneAnew(commit: string): Promise<string> {
  const folder = path.join(world.folder, `clone-${(clones += 1)}`);
  await new FixtureGit(world.folder).call('clone', '--quiet', '--no-checkout', world.gitRemote, folder);
  await new FixtureGit(folder).call('switch', '--quiet', '--detach', commit);
  return folder;
}

function applyIn(folder: string): Promise<CliResult> {
  return callCli(folder, ['apply'], { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity });
}

function writesSince(before: number): number {
  return world.writes().length - before;
}

function expectRefused({ exitCode, stderr }: CliResult, exit: number, why: RegExp): void {
  expect({ exitCode, writes: writesSince(writesAtStart) }, stderr).toEqual({ exitCode: exit, writes: 0 });
  expect(stderr).toMatch(why);
  expect(stderr).toMatch(/^fix: ./m);
}

async function writeHook(file: string, into: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\nenv >> '${into}'\ncat > /dev/null 2>&1 || true\nexit 0\n`);
  await chmod(file, 0o755);
}
