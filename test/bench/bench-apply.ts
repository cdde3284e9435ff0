import { readFileSync } from 'node:fs';
import { writeLdif } from './population.ts';
import { commitAndPush } from './repository.ts';
import { seconds, type Row } from './row.ts';
import { openWorld } from './world.ts';

const WINDOW_MS = 10_000;
const BUDGET = 50;

interface Request {
  readonly method: string;
  readonly status: number | null;
}

/** Mixed changes (60 % names, 30 % new accounts, 10 % suspensions) against the sandbox with Zivver's rate limit. */
export async function benchApply(changes: number): Promise<Row[]> {
  return [...(await applyWith(changes, 0)), ...(await applyWith(changes, 200))];
}

async function applyWith(changes: number, latencyMs: number): Promise<Row[]> {
  const people = changes * 5;
  const world = await openWorld({ people, hasDesired: true, latencyMs });
  const log = world.requestLog;
  try {
    const suspensions = Math.round(changes * 0.1);
    const disabled = new Set(Array.from({ length: suspensions }, (_, number) => 5 * number + 1));
    const newcomers = Math.round(changes * 0.3);
    writeLdif(world.ldif, { people: people + newcomers, changedEvery: Math.ceil(people / (changes * 0.6)), disabled });
    world.cli('plan');
    commitAndPush(world.clone, 'plan');
    const before = readRequests(log).length;
    await pause(WINDOW_MS);
    const { wallMs } = world.cli('apply');
    return describe(readRequests(log).slice(before), { wallMs, latencyMs });
  } finally {
    world.close();
  }
}

/** Necessary: one request a change. */
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
      ratio: refused === 0 ? requests.length / writes : Number.POSITIVE_INFINITY,
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
