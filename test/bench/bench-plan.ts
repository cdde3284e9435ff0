import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { FOLDERS } from '../../src/model/desired/desired-state.ts';
import { measure, middleOf, type Measured } from './measure.ts';
import { writeLdif } from './population.ts';
import { git, TOKEN } from './repository.ts';
import { seconds, type Row } from './row.ts';
import { openWorld } from './world.ts';

const FLOOR = path.join(import.meta.dirname, 'floor.mjs');

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
    // There are no desired files to read yet.
    const none = path.join(world.folder, 'none');
    for (const name of FOLDERS) mkdirSync(path.join(none, name), { recursive: true });
    const rounds = [1, 2, 3].map((round): Row => {
      const plan = world.cliIn(`first-${round}`, 'plan', '--bootstrap');
      const desired = path.join(world.folder, `first-${round}/desired/bench`);
      const args = [path.join(import.meta.dirname, 'copy.mjs'), desired, path.join(world.folder, `copy-${round}`)];
      const writingMs = Number(measure({ args }).stdout);
      const reading = measure({ args: [FLOOR, world.url, TOKEN, world.ldif, none] });
      return {
        name: `first plan, ${people} people, all files new`,
        measured: describeRun(plan),
        against: `${seconds(writingMs)} plain writing (reading it all: ${seconds(reading.wallMs)})`,
        ratio: plan.wallMs / writingMs,
        goal: 2,
      };
    });
    return [middleOf(rounds, ({ ratio }) => ratio)];
  } finally {
    world.close();
  }
}

async function planWith(people: number): Promise<Planned> {
  const world = await openWorld({ people, hasDesired: true });
  try {
    writeLdif(world.ldif, { people, changedEvery: 100 });
    const desired = path.join(world.clone, 'desired/bench');
    const args = [FLOOR, world.url, TOKEN, world.ldif, desired];
    const rounds = [1, 2, 3].map(() => {
      const round = { people, floor: measure({ args }), plan: world.cli('plan') };
      git(world.clone, 'reset', '-q', '--hard');
      git(world.clone, 'clean', '-q', '-f', '-d');
      return round;
    });
    return middleOf(rounds, ratioOf);
  } finally {
    world.close();
  }
}

function ratioOf({ plan, floor }: Planned): number {
  return plan.wallMs / floor.wallMs;
}

/** Processor time is what stays comparable on a machine that does other things too. */
export function describeRun({ wallMs, cpuMs, peakMb }: Measured): string {
  return `${seconds(wallMs)} (${seconds(cpuMs)} CPU, ${peakMb.toFixed(0)} MB)`;
}
