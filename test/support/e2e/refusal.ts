import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { ErrorCode } from '../../../src/model/errors.ts';
import type { CliResult } from './cli.ts';
import { FixtureGit } from './fixture-git.ts';
import type { World } from './world.ts';

interface Expected {
  readonly exitCode: number;
  readonly code: ErrorCode;
  /** The refusal itself is recorded. */
  readonly isRecorded?: boolean;
}

/** A refusal says why, sends no write, and leaves Zivver, the ledger and the work tree as they were. */
export async function expectRefusal(
  world: World,
  { exitCode, code, isRecorded = false }: Expected,
  call: () => Promise<CliResult> = () => world.apply(),
): Promise<CliResult> {
  const before = await readState(world, isRecorded);
  const result = await call();
  expectEnd(result, exitCode, code);
  expect(result.stderr).toMatch(/^fix: ./m);
  expect(await readState(world, isRecorded)).toEqual(before);
  return result;
}

/** `code` null = no error. */
export function expectEnd(result: CliResult, exitCode: number, code: ErrorCode | null = null): void {
  const told = `${result.stderr}\n${result.stdout}`;
  expect({ exitCode: result.exitCode, code: result.code }, told).toEqual({ exitCode, code });
}

async function readState(world: World, isRecorded: boolean): Promise<object> {
  const hasRemote = existsSync(world.gitRemote);
  const git = new FixtureGit(hasRemote ? world.gitRemote : world.repository);
  return {
    writes: world.writes(),
    zivver: await readFile(path.join(world.folder, 'zivver.jsonl'), 'utf8'),
    status: await world.git.status(),
    refs: await git
      .call('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads')
      .then((refs) => refs.split('\n').filter((line) => !isRecorded || !line.startsWith('refs/heads/ledger'))),
  };
}
