import { rmSync } from 'node:fs';
import path from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { measure, type Measured } from './measure.ts';
import { mapLdif, writeDesired, writeLdif, writeLists } from './population.ts';
import { CLI, commitAndPush, git, makeRepository, TOKEN, writeOrganisation } from './repository.ts';
import { seconds, type Row } from './row.ts';

interface Planned {
  readonly people: number;
  readonly plan: Measured;
  readonly floor: Measured;
}

/** Plan from LDIF with everybody in place and one person in a hundred changed, and the first plan of all. */
export async function benchPlan(sizes: readonly [number, number]): Promise<Row[]> {
  const [small, large] = [await planWith(sizes[0]), await planWith(sizes[1])];
  const rows = [small, large].map(({ people, plan, floor }) => ({
    name: `plan from LDIF, ${people} people, 1 % changed`,
    measured: `${seconds(plan.wallMs)}, ${plan.peakMb.toFixed(0)} MB`,
    against: `${seconds(floor.wallMs)} floor`,
    ratio: plan.wallMs / floor.wallMs,
    goal: people >= 100_000 ? 3.5 : null,
  }));
  const growth = large.plan.wallMs / small.plan.wallMs;
  const memory = {
    name: 'peak memory of the larger plan',
    measured: `${large.plan.peakMb.toFixed(0)} MB`,
    against: '900 MB',
    ratio: large.plan.peakMb / 900,
    goal: 1,
  };
  return [
    ...rows,
    memory,
    {
      name: `growth ${small.people} -> ${large.people}`,
      measured: seconds(large.plan.wallMs),
      against: seconds(small.plan.wallMs),
      ratio: growth,
      goal: 11,
    },
  ];
}

async function planWith(people: number): Promise<Planned> {
  const { folder, clone } = makeRepository();
  const ldif = path.join(folder, 'people.ldif');
  writeLdif(ldif, people, 0);
  const draft = writeOrganisation(clone, 'http://127.0.0.1:1/api/scim/v2');
  const accounts = await mapLdif(ldif, draft);
  const lists = writeLists(folder, accounts);
  const sandbox = await startSandboxProcess(lists);
  try {
    writeOrganisation(clone, sandbox.url);
    writeDesired(path.join(clone, 'desired/bench'), accounts);
    initialise(clone);
    writeLdif(ldif, people, 100);
    const floor = measure({
      args: [path.join(import.meta.dirname, 'floor.mjs'), sandbox.url, TOKEN, ldif, path.join(clone, 'desired/bench')],
    });
    const plan = measure({ args: [CLI, 'plan', '--quiet'], cwd: clone, env: { ZIVVER_API_KEY: TOKEN } });
    refuseFailure(plan, 'plan');
    return { people, plan, floor };
  } finally {
    sandbox.child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function initialise(clone: string): void {
  git(clone, 'config', 'gc.auto', '0');
  commitAndPush(clone, 'start');
  refuseFailure(measure({ args: [CLI, 'init', 'bench'], cwd: clone }), 'init');
  commitAndPush(clone, 'attributes');
}

function refuseFailure(run: Measured, name: string): void {
  if (run.exitCode !== 0) throw new Error(`${name} ended with ${run.exitCode}: ${run.stderr}`);
}

async function startSandboxProcess(lists: {
  users: string;
  groups: string;
}): Promise<{ url: string; child: ChildProcess }> {
  const args = [
    CLI,
    'sandbox',
    '--port',
    '0',
    '--token',
    TOKEN,
    '--domains',
    'company.org',
    '--rate-limit',
    'off',
    '--import-users',
    lists.users,
    '--import-groups',
    lists.groups,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /http:\S+/.exec(chunk.toString('utf8'))?.[0];
  if (url === undefined) throw new Error('the sandbox did not say where it listens');
  return { url, child };
}
