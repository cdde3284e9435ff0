import { statSync } from 'node:fs';
import path from 'node:path';
import { CLI, commitAndPush, git, TOKEN } from './repository.ts';
import { writeHistory, type History } from './history.ts';
import { measure, median } from './measure.ts';
import { writeLdif } from './population.ts';
import { seconds, type Row } from './row.ts';
import { openWorld, type World } from './world.ts';

const PEOPLE = 200;
const ROUNDS = 3;

/** What every day's commands take after few plans and after many, and what proving all of them takes. */
export async function benchHistory(sizes: readonly [number, number]): Promise<Row[]> {
  const [few, many] = [await measureAfter(sizes[0]), await measureAfter(sizes[1])];
  const daily = (['status', 'plan', 'apply'] as const).map((command) => ({
    name: `${command} after ${sizes[1]} plans`,
    measured: seconds(many[command]),
    against: `${seconds(few[command])} after ${sizes[0]}`,
    ratio: many[command] / few[command],
    goal: 1.3,
  }));
  const perPlan = (many.verify - few.verify) / (sizes[1] - sizes[0]);
  const proof = {
    name: `ledger verify of ${sizes[1]} plans`,
    measured: `${seconds(many.verify)}, ${perPlan.toFixed(2)} ms a plan more`,
    against: '3 ms a plan',
    ratio: perPlan / 3,
    goal: 1,
  };
  return [...daily, proof];
}

type Times = Readonly<Record<'status' | 'plan' | 'apply' | 'verify', number>>;

async function measureAfter(plans: number): Promise<Times> {
  const world = await openWorld({ people: PEOPLE, hasDesired: true });
  try {
    await writeHistory({ ...placeOf(world), people: PEOPLE, plans, changes: 5, hours: 4 });
    const clone = openClone(world);
    // The first command of a clone proves the whole ledger; those after it go on from there.
    clone.time('status');
    const rounds = Array.from({ length: ROUNDS }, (_, round) => measureRound(clone, world, round));
    const timesOf = (name: keyof Times): number => median(rounds.map((times) => times[name]));
    return { status: timesOf('status'), plan: timesOf('plan'), apply: timesOf('apply'), verify: timesOf('verify') };
  } finally {
    world.close();
  }
}

function placeOf({ folder, url }: World): Pick<History, 'remote' | 'target'> {
  return { remote: path.join(folder, 'origin.git'), target: url };
}

const YEARS = 5;
const WORKDAYS = 260;

/** The page of five years with a plan each workday: its time, and its size. */
export async function benchSite(people: number): Promise<Row[]> {
  const plans = YEARS * WORKDAYS;
  const world = await openWorld({ people, hasDesired: false });
  try {
    // So that each year some 13 % come and as many leave.
    const changes = Math.max(4, Math.round(people / 500));
    await writeHistory({ ...placeOf(world), people, plans, changes, hours: (365 * 24) / WORKDAYS });
    const clone = openClone(world);
    clone.time('status');
    const times = Array.from({ length: ROUNDS }, () => clone.time('site', path.join(world.folder, 'site')));
    const bytes = statSync(path.join(world.folder, 'site/index.html')).size;
    const name = `site, ${YEARS} years, ${people} people, ${plans} plans of ${changes} changes`;
    const [wallMs, mb] = [median(times), bytes / 1_000_000];
    return [
      { name, measured: seconds(wallMs), against: '5 s', ratio: wallMs / 5000, goal: 1 },
      { name: `${name}: size`, measured: `${mb.toFixed(2)} MB`, against: '1 MB', ratio: mb, goal: 1 },
    ];
  } finally {
    world.close();
  }
}

interface Clone {
  readonly folder: string;
  /** Milliseconds that a command takes. */
  time(...args: string[]): number;
}

function openClone({ folder: parent }: World): Clone {
  const folder = path.join(parent, 'after-history');
  git(parent, 'clone', '-q', 'origin.git', folder);
  git(folder, 'config', 'user.name', 'Bench');
  git(folder, 'config', 'user.email', 'bench@company.org');
  git(folder, 'config', 'gc.auto', '0');
  const time = (...args: string[]): number => {
    const run = measure({ args: [CLI, ...args, '--quiet'], cwd: folder, env: { ZIVVER_API_KEY: TOKEN } });
    if (run.exitCode !== 0) throw new Error(`${args[0]} ended with ${run.exitCode}: ${run.stderr.slice(0, 2000)}`);
    return run.wallMs;
  };
  return { folder, time };
}

function measureRound(clone: Clone, { ldif }: World, round: number): Times {
  const status = clone.time('status');
  const verify = clone.time('ledger', 'verify');
  writeLdif(ldif, { people: PEOPLE, changedEvery: 40 + round });
  const plan = clone.time('plan');
  commitAndPush(clone.folder, 'plan');
  return { status, verify, plan, apply: clone.time('apply') };
}
