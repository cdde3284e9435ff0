import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GitRepository } from '../../src/adapters/git/repository.ts';
import { runApply } from '../../src/operations/apply/run-apply.ts';
import { openOutput } from '../../src/operations/output.ts';
import { readConfiguration } from '../../src/operations/reading/read-configuration.ts';
import { readVersion } from '../../src/operations/version.ts';
import { ReconcileError } from '../../src/model/errors.ts';
import { FixtureGit, quote } from '../support/e2e/fixture-git.ts';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { API_KEY, ORGANISATION, World } from '../support/e2e/world.ts';

/**
 * R26: what the git remote has × how the clone was made. In one process, for speed: what apply decides, and how many writes it
 * sent. A merged plan of one suspension waits; only a whole clone of the remote as it should be may send it.
 */

let world: World;
let merge: string;
let start: string;
let plan: string;

beforeAll(async () => {
  const staff = buildPeople(8);
  world = await World.createSettled({ people: staff });
  await world.writeDirectory(changePeople(staff, [7], () => ({ disabled: true })));
  plan = await world.planAndMerge();
  const remote = new FixtureGit(world.gitRemote);
  [merge, start] = [await remote.call('rev-parse', 'main'), await remote.call('rev-parse', 'main^1')];
  await remote.call('config', 'uploadpack.allowFilter', 'true');
  process.env['ZIVVER_API_KEY'] = API_KEY;
  process.env['ZIVVER_GITOPS_IDENTITY'] = world.identity;
}, 300_000);

afterAll(async () => {
  delete process.env['ZIVVER_API_KEY'];
  delete process.env['ZIVVER_GITOPS_IDENTITY'];
  await world.close();
});

type Change = (remote: FixtureGit) => Promise<unknown>;

/** What the git remote has. `main` is the merge of the plan, `start` the commit before it. */
const REMOTES: Record<string, Change> = {
  'the plan merged': async () => undefined,
  'the branch renamed': (remote) => remote.call('branch', '--move', 'main', 'trunk'),
  'the branch deleted': (remote) => remote.call('update-ref', '-d', 'refs/heads/main'),
  'a tag of its name only': async (remote) => {
    await remote.call('tag', 'main', merge);
    await remote.call('update-ref', '-d', 'refs/heads/main');
  },
  'a look-alike only': async (remote) => {
    await remote.call('update-ref', 'refs/heads/a/refs/heads/main', merge);
    await remote.call('update-ref', '-d', 'refs/heads/main');
  },
  'the merged plan on a look-alike, the branch before it': async (remote) => {
    await remote.call('update-ref', 'refs/heads/a/refs/heads/main', merge);
    await remote.call('update-ref', 'refs/heads/main', start);
  },
  'the branch before the plan': (remote) => remote.call('update-ref', 'refs/heads/main', start),
  'the ledger deleted': (remote) => remote.call('update-ref', '-d', 'refs/heads/ledger'),
};

type Clone = (folder: string) => Promise<FixtureGit>;

async function clone(folder: string, ...options: string[]): Promise<FixtureGit> {
  await mkdir(folder, { recursive: true });
  await new FixtureGit(folder).call('clone', '--quiet', ...options, `file://${world.gitRemote}`, '.');
  return new FixtureGit(folder);
}

/** How the clone was made. Each holds the merged plan in its work tree. */
const CLONES: Record<string, Clone> = {
  whole: (folder) => clone(folder),
  'with the last commit only': (folder) => clone(folder, '--depth', '1'),
  'with the last two commits only': (folder) => clone(folder, '--depth', '2'),
  'without the contents of older files': (folder) => clone(folder, '--filter=blob:none'),
  'as a work tree of another': async (folder) => {
    const first = await clone(path.join(folder, 'first'));
    await first.call('worktree', 'add', '--quiet', '--detach', path.join(folder, 'second'));
    return new FixtureGit(path.join(folder, 'second'));
  },
  'as a submodule': async (folder) => {
    await mkdir(folder, { recursive: true });
    const outer = new FixtureGit(folder);
    await outer.call('init', '--quiet');
    const url = `file://${world.gitRemote}`;
    await outer.call('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', url, 'inner');
    return new FixtureGit(path.join(folder, 'inner'));
  },
  'without some files': async (folder) => {
    const sparse = await clone(folder);
    await sparse.call('sparse-checkout', 'set', '--no-cone', '/*', `!/desired/${ORGANISATION}/users/*`);
    return sparse;
  },
  'with the git remote under another name': (folder) => clone(folder, '--origin', 'upstream'),
};

/** Whoever has all of it is refused for what the remote lacks; else for what the clone lacks, first of all the files. */
function expectedCode(remote: string, how: string): string | null {
  if (how === 'without some files') return 'GIT_UNUSABLE';
  if (remote === 'the ledger deleted' && how !== 'with the git remote under another name') return 'LEDGER_INVALID';
  if (remote !== 'the plan merged' || how.startsWith('with ')) return 'APPROVAL_MISSING';
  return null;
}

const CASES = Object.keys(REMOTES).flatMap((remote) => Object.keys(CLONES).map((how) => [remote, how] as const));

test('there are at least sixty of them', () => expect(CASES.length).toBeGreaterThanOrEqual(60));

test.each(CASES.filter(([remote, how]) => expectedCode(remote, how) !== null))(
  'with %s, a clone %s sends nothing',
  async (remote, how) => {
    await inClone(remote, how, async (git) => {
      expect(await applyIn(git)).toBe(expectedCode(remote, how));
      expect(world.writes()).toHaveLength(writesBefore);
    });
  },
);

test.each(CASES.filter(([remote, how]) => expectedCode(remote, how) === null))(
  'with %s, a clone %s knows who approved it, and goes on to the lock',
  async (remote, how) => {
    await inClone(remote, how, async (git) => {
      // Only whoever may not push is stopped now.
      await git.call('remote', 'set-url', '--push', 'origin', path.join(world.folder, 'fork.git'));
      expect(await applyIn(git)).toBe('GIT_UNUSABLE');
      expect(world.writes()).toHaveLength(writesBefore);
    });
  },
);

test('the same clone sends the one write once it pushes where it fetches', async () => {
  await inClone('the plan merged', 'whole', async (git) => {
    expect(await applyIn(git)).toBeNull();
    expect(world.writes()).toHaveLength(writesBefore + 1);
  });
});

let writesBefore = 0;
const made = new Map<string, FixtureGit>();

async function inClone(remote: string, how: string, look: (git: FixtureGit) => Promise<void>): Promise<void> {
  const git = new FixtureGit(world.gitRemote);
  const refs = await git.call('for-each-ref', '--format=%(objectname) %(refname)');
  const folder = path.join(world.folder, 'clone');
  writesBefore = world.writes().length;
  try {
    const cloned = await cloneOnce(how, folder);
    await (REMOTES[remote] as Change)(git);
    await look(cloned);
  } finally {
    const isApplied = world.writes().length > writesBefore;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    if (!isApplied) await restoreRefs(git, refs);
  }
}

/** Each kind is made once and copied to the very place where it was made, since some hold their own path. */
async function cloneOnce(how: string, folder: string): Promise<FixtureGit> {
  const kept = path.join(world.folder, 'clones', how);
  const before = made.get(how);
  if (before !== undefined) {
    await cp(kept, folder, { recursive: true });
    return before;
  }
  const git = await (CLONES[how] as Clone)(folder);
  await cp(folder, kept, { recursive: true });
  made.set(how, git);
  return git;
}

async function restoreRefs(git: FixtureGit, refs: string): Promise<void> {
  const lines = refs.split('\n').map((line) => line.replace(/^(\S+) (\S+)$/, 'create $2 $1'));
  // Whoever renames the branch moves HEAD too.
  await git.script(`git for-each-ref --format='delete %(refname)' | git update-ref --stdin
printf '%s\\n' ${lines.map(quote).join(' ')} | git update-ref --stdin
git symbolic-ref HEAD refs/heads/main`);
}

/** The code of the refusal; null: applied. */
async function applyIn({ folder }: FixtureGit): Promise<string | null> {
  const git = await GitRepository.open(folder);
  const configuration = await readConfiguration(git.root, ORGANISATION);
  const output = openOutput({ quiet: true, json: true });
  const request = { name: plan, output, isTakeover: false, signal: new AbortController().signal };
  try {
    await runApply({ git, configuration, version: readVersion() }, request);
    return null;
  } catch (error) {
    if (error instanceof ReconcileError) return error.code;
    throw error;
  }
}
