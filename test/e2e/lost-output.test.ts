import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callCliOnFullDisk, CLI, CLEAN, readResult, startCli, type Environment } from '../support/e2e/cli.ts';
import { buildPeople } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { untilTrue } from '../support/e2e/until.ts';
import { API_KEY, expectDone, ORGANISATION, World } from '../support/e2e/world.ts';

const CREATES = 20;
const people = buildPeople(4);
const everybody = [...people, ...buildPeople(CREATES, 2)];

let base: World;

beforeAll(async () => {
  base = await World.createSettled({ people });
  await base.writeDirectory(everybody);
  await base.planAndMerge();
});

afterAll(() => base.close());

interface Ended {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Runs the program with a reader that leaves after the first bytes (`| head -1`), or (`both`) `2>&1 | head -1`. */
function runForImpatientReader(world: World, args: string[], environment: Environment, both: boolean): Promise<Ended> {
  const env = { ...process.env, ...CLEAN, ...environment };
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: world.repository,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stdout.once('data', () => child.stdout.destroy());
  child.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes.toString();
    if (both) for (const stream of [child.stdout, child.stderr]) stream.destroy();
  });
  return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, stderr })));
}

test('an apply whose reader leaves after the first line writes everything all the same', async () => {
  const world = await base.fork();
  const secrets = { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
  const { exitCode, stderr } = await runForImpatientReader(world, ['apply'], secrets, true);
  expect(exitCode).toBe(0);
  expect(stderr).not.toMatch(/EPIPE| at /);
  expect(world.writes()).toHaveLength(CREATES);
  expectEnd(await world.call(['status'], {}), 0);
});

test('a plan whose reader leaves after the first line is written all the same', async () => {
  const world = await base.fork();
  await expectDone(world.apply());
  await world.writeDirectory([...everybody, ...buildPeople(1, 3)]);
  const planned = await runForImpatientReader(world, ['plan'], world.planSecrets(), false);
  expect(planned.exitCode).toBe(0);
  expect(await world.read(`plans/${ORGANISATION}/${await world.newestPlan()}/plan.md`)).not.toBe('');
});

test.each(['show --json', 'preview --json', 'history', 'show --markdown', 'verify'])(
  '%s goes to its end without its reader, and says nothing about it',
  async (command) => {
    const { exitCode, stderr } = await runForImpatientReader(base, command.split(' '), {}, false);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.not.stringMatching(/EPIPE| at |error/) as string,
    });
  },
);

describe.skipIf(process.platform !== 'linux')('a full disk', () => {
  async function runIntoFullDisk(world: World, args: string[], environment: Environment): Promise<Ended> {
    const full = openSync('/dev/full', 'w');
    const env = { ...process.env, ...CLEAN, ...environment };
    const stdio = ['ignore', full, 'pipe'] as const;
    const child = spawn(process.execPath, [CLI, ...args], { cwd: world.repository, env, stdio: [...stdio] });
    closeSync(full);
    let stderr = '';
    child.stderr?.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
    return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, stderr })));
  }

  test('that swallows what show prints is told, without a stack trace', async () => {
    const { exitCode, stderr } = await runIntoFullDisk(base, ['show'], {});
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^error CLI_OUTPUT: .*ENOSPC\)\nfix: .+\n$/);
  });

  test('that swallows what apply prints leaves the apply what it is: done', async () => {
    const world = await base.fork();
    const secrets = { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
    const { exitCode, stderr } = await runIntoFullDisk(world, ['apply'], secrets);
    expect(stderr).toMatch(/^error CLI_OUTPUT: /m);
    expect(exitCode).toBe(0);
    expect(world.writes()).toHaveLength(CREATES);
  });
});

test('a disk that fills up under the desired files ends plan with 3 and its cure', async () => {
  const world = await base.fork();
  await world.writeDirectory([...everybody, ...buildPeople(4, 3)]);
  await expect(world.apply()).resolves.toMatchObject({ exitCode: 0 });
  const result = await callCliOnFullDisk(300, world.repository, ['plan'], world.planSecrets());
  expectEnd(result, 3, 'FILES_UNUSABLE');
  expect(result.stderr).toMatch(/no space left on the disk\n {2}write: ENOSPC\nfix: Make room on the disk/);
  expectEnd(await world.plan(), 0);
});

describe.skipIf(process.platform === 'win32')('git', () => {
  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('does not outlive a plan that %s ends', async (signal) => {
    const world = await base.fork();
    const note = path.join(world.folder, 'pids');
    const ssh = path.join(world.folder, 'ssh');
    // For ever on its way; it notes git, which called it, and itself.
    await writeFile(ssh, `#!/bin/sh\necho $PPID $$ > ${note}.new; mv ${note}.new ${note}\nexec sleep 600\n`);
    await chmod(ssh, 0o755);
    await world.git.call('remote', 'set-url', 'origin', 'ssh://nobody@nowhere.example/repository.git');
    const started = startCli(world.repository, ['plan'], { ...world.planSecrets(), GIT_SSH: ssh });
    await untilTrue(async () => (await readFile(note, 'utf8').catch(() => '')) !== '', 'git to call ssh');
    const [git = 0, itself = 0] = (await readFile(note, 'utf8')).trim().split(' ').map(Number);
    expect(isAlive(git)).toBe(true);
    started.kill(signal);
    expect((await readResult(started)).signal).toBe(signal);
    await untilTrue(() => Promise.resolve(!isAlive(git)), 'the end of git');
    process.kill(itself);
  });
});

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
