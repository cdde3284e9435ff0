import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { ErrorCode } from '../../../src/model/errors.ts';
import type { CliResult } from './cli.ts';
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
  const folder = existsSync(world.gitRemote) ? world.gitRemote : path.join(world.repository, '.git');
  return {
    writes: world.writes(),
    zivver: await readFile(path.join(world.folder, 'zivver.jsonl'), 'utf8'),
    status: await world.git.status(),
    refs: (await readRefs(folder)).filter((line) => !isRecorded || !line.startsWith('refs/heads/ledger')),
  };
}

/** `name commit`, as they lie in the folder of git. */
async function readRefs(folder: string): Promise<string[]> {
  const packed = await readFile(path.join(folder, 'packed-refs'), 'utf8').catch(() => '');
  const loose = await readdir(path.join(folder, 'refs/heads'), { recursive: true, withFileTypes: true });
  const files = loose.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => `${path.relative(folder, file)} ${await readFile(file, 'utf8')}`),
  );
  return [...texts.sort(), packed];
}
