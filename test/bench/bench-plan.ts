import path from 'node:path';
import { measure, type Measured } from './measure.ts';
import { writeLdif } from './population.ts';
import { git, TOKEN } from './repository.ts';
import { seconds, type Row } from './row.ts';
import { openWorld } from './world.ts';

interface Planned {
  readonly people: number;
  readonly plan: Measured;
  readonly floor: Measured;
}

/** Plan from LDIF with everybody in place and one person in a hundred changed, at two sizes. */
export async function benchPlan(sizes: readonly [number, number]): Promise<Row[]> {
  const [small, large] = [await planWith(sizes[0]), await planWith(sizes[1])];
  const rows = [small, large].map((planned) => ({
    name: `plan from LDIF, ${planned.people} people, 1 % changed`,
    measured: describeRun(planned.plan),
    against: `${describeRun(planned.floor)} floor`,
    ratio: ratioOf(planned),
    goal: planned.people >= 100_000 ? 3.5 : null,
  }));
  const memory = {
    name: 'peak memory of the larger plan',
    measured: `${large.plan.peakMb.toFixed(0)} MB`,
    against: '900 MB',
    ratio: large.plan.peakMb / 900,
    goal: 1,
  };
  const growth = {
    name: `growth ${small.people} -> ${large.people}`,
    measured: seconds(large.plan.wallMs),
    against: seconds(small.plan.wallMs),
    ratio: large.plan.wallMs / small.plan.wallMs,
    goal: 11,
  };
  return [...rows, memory, growth];
}

/** The first plan of all: every desired file is new. */
export async function benchFirstPlan(people: number): Promise<Row[]> {
  const world = await openWorld({ people, hasDesired: false });
  try {
    const plan = world.cli('plan', '--bootstrap');
    const target = path.join(world.folder, 'copy');
    const args = [path.join(import.meta.dirname, 'copy.mjs'), path.join(world.clone, 'desired/bench'), target];
    const floor = measure({ args });
    const name = `first plan, ${people} people, all files new`;
    const writingMs = Number(floor.stdout);
    const against = `${seconds(writingMs)} plain writing`;
    return [{ name, measured: describeRun(plan), against, ratio: plan.wallMs / writingMs, goal: 2 }];
  } finally {
    world.close();
  }
}

/** Of three rounds the one in the middle: the machine is not the same from one minute to the next. */
async function planWith(people: number): Promise<Planned> {
  const world = await openWorld({ people, hasDesired: true });
  try {
    writeLdif(world.ldif, { people, changedEvery: 100 });
    const desired = path.join(world.clone, 'desired/bench');
    const args = [path.join(import.meta.dirname, 'floor.mjs'), world.url, TOKEN, world.ldif, desired];
    const rounds: Planned[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ people, floor: measure({ args }), plan: world.cli('plan') });
      git(world.clone, 'reset', '-q', '--hard');
      git(world.clone, 'clean', '-q', '-f', '-d');
    }
    const middle = rounds.toSorted((one, other) => ratioOf(one) - ratioOf(other))[Math.floor(ROUNDS / 2)];
    if (middle === undefined) throw new Error('no round was measured');
    return middle;
  } finally {
    world.close();
  }
}

const ROUNDS = 3;

function ratioOf({ plan, floor }: Planned): number {
  return plan.wallMs / floor.wallMs;
}

/** Processor time is what stays comparable on a machine that does other things too. */
export function describeRun({ wallMs, cpuMs, peakMb }: Measured): string {
  return `${seconds(wallMs)} (${seconds(cpuMs)} CPU, ${peakMb.toFixed(0)} MB)`;
}
