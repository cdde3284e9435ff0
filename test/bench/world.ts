import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { DesiredAccount } from '../../src/model/schema/generated/account.ts';
import { measure, type Measured } from './measure.ts';
import { mapLdif, writeDesired, writeLdif, writeLists } from './population.ts';
import { CLI, commitAndPush, git, makeRepository, TOKEN, writeOrganisation } from './repository.ts';

/** A repository with an export of the directory, and a sandbox that holds the same accounts. */
export interface World {
  readonly folder: string;
  readonly clone: string;
  readonly ldif: string;
  readonly url: string;
  readonly accounts: readonly DesiredAccount[];
  /** One JSON line for every request the sandbox got, if it logs them. */
  readonly requestLog: string;
  /** Runs the built CLI in the repository; throws if it fails. */
  cli(...args: string[]): Measured;
  /** The same in a fresh clone below `folder`, as a pipeline does it. */
  cliIn(name: string, ...args: string[]): Measured;
  close(): void;
}

export interface WorldOptions {
  readonly people: number;
  /** The desired files of everybody are on the branch. */
  readonly hasDesired: boolean;
  /** Zivver's rate limit, this latency and a log of the requests; absent = as fast as it can. */
  readonly latencyMs?: number;
}

export async function openWorld({ people, hasDesired, latencyMs }: WorldOptions): Promise<World> {
  const { folder, clone } = makeRepository();
  const ldif = path.join(folder, 'people.ldif');
  writeLdif(ldif, { people });
  const accounts = await mapLdif(ldif, writeOrganisation(clone, 'http://127.0.0.1:1/api/scim/v2'));
  const requestLog = path.join(folder, 'requests.jsonl');
  const options =
    latencyMs === undefined ? ['--rate-limit', 'off'] : ['--latency', String(latencyMs), '--log', requestLog];
  const server = await startSandboxProcess(writeLists(folder, accounts), options);
  const runIn = (cwd: string, args: readonly string[]): Measured => {
    const run = measure({ args: [CLI, ...args, '--quiet'], cwd, env: { ZIVVER_API_KEY: TOKEN } });
    if (run.exitCode !== 0) throw new Error(`${args[0]} ended with ${run.exitCode}: ${run.stderr}`);
    return run;
  };
  const cli = (...args: string[]): Measured => runIn(clone, args);
  const cliIn = (name: string, ...args: string[]): Measured => {
    git(folder, 'clone', '-q', 'origin.git', name);
    return runIn(path.join(folder, name), args);
  };
  writeOrganisation(clone, server.url);
  if (hasDesired) writeDesired(path.join(clone, 'desired/bench'), accounts);
  git(clone, 'config', 'gc.auto', '0');
  commitAndPush(clone, 'start');
  cli('init', 'bench');
  commitAndPush(clone, 'attributes');
  const close = (): void => {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, clone, ldif, url: server.url, accounts, requestLog, cli, cliIn, close };
}

export async function startSandboxProcess(
  lists: { readonly users: string; readonly groups: string },
  options: readonly string[],
): Promise<{ url: string; stop: () => void }> {
  const imported = ['--import-users', lists.users, '--import-groups', lists.groups];
  const args = [CLI, 'sandbox', '--token', TOKEN, '--domains', 'company.org', ...imported, ...options];
  return startServerProcess(args);
}

/** `node …args`, which must print where it listens. */
export async function startServerProcess(args: readonly string[]): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /http:\S+/.exec(chunk.toString('utf8'))?.[0];
  if (url === undefined) throw new Error('the server did not say where it listens');
  return { url, stop: () => void child.kill() };
}
