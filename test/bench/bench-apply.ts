import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '../../src/sandbox/server.ts';
import { CLI, commitAndPush, makeRepository, TOKEN, writeOrganisation } from './repository.ts';
import { execa } from 'execa';
import { writeLdif } from './population.ts';
import { seconds, type Row } from './row.ts';

const WINDOW_MS = 10_000;
const BUDGET = 50;

interface Request {
  readonly method: string;
  readonly status: number | null;
}

/** A first apply of `people` new accounts against the sandbox with Zivver's rate limit, without and with latency. */
export async function benchApply(people: number): Promise<Row[]> {
  return [...(await applyWith(people, 0)), ...(await applyWith(people, 200))];
}

async function applyWith(people: number, latencyMs: number): Promise<Row[]> {
  const { folder, clone } = makeRepository();
  const requestLog = path.join(folder, 'requests.jsonl');
  const sandbox = await startSandbox({ port: 0, token: TOKEN, domains: ['company.org'], requestLog, latencyMs });
  const run = (...args: string[]): Promise<unknown> =>
    execa(process.execPath, [CLI, ...args, '--quiet'], { cwd: clone, env: { ZIVVER_API_KEY: TOKEN } });
  try {
    writeLdif(path.join(folder, 'people.ldif'), people, 0);
    writeOrganisation(clone, sandbox.url);
    commitAndPush(clone, 'start');
    await run('init', 'bench');
    await run('plan', '--bootstrap');
    commitAndPush(clone, 'plan');
    const planned = readRequests(requestLog).length;
    await pause(WINDOW_MS);
    const started = performance.now();
    await run('apply');
    return describe(readRequests(requestLog).slice(planned), { wallMs: performance.now() - started, latencyMs });
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Necessary: one request a change, a second one for a new account with delegates. */
function describe(requests: readonly Request[], { wallMs, latencyMs }: { wallMs: number; latencyMs: number }): Row[] {
  const writes = requests.filter(({ method }) => method !== 'GET').length;
  const refused = requests.filter(({ status }) => status === 429).length;
  const floorMs = Math.floor((requests.length - 1) / BUDGET) * WINDOW_MS;
  const what = `apply of ${writes} writes, ${latencyMs} ms latency`;
  return [
    {
      name: `${what}: requests`,
      measured: `${requests.length}, ${refused} × 429`,
      against: `${writes} writes`,
      ratio: requests.length / writes,
      goal: 1.1,
    },
    {
      name: `${what}: time`,
      measured: seconds(wallMs),
      against: `${seconds(floorMs)} rate limit`,
      ratio: wallMs / floorMs,
      goal: 1.05,
    },
  ];
}

function readRequests(file: string): Request[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Request);
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
