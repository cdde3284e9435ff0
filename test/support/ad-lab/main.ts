import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { listAddresses } from './addresses.ts';
import { installPrerequisites } from './install.ts';
import type { LabLayout } from './layout.ts';
import { buildLayout, readLabOptions, readManifest } from './layout.ts';
import { DEFAULT_SEED } from './default-seed.ts';
import { isAdLabAvailable } from './prerequisites.ts';
import { provisionLab } from './provision.ts';
import { renderConnection } from './render-connection.ts';
import { readServerPid, startServer, stopServer } from './server.ts';
import { LAB_ROOT } from './template.ts';

const USAGE = `usage: npm run ad-lab -- start [--dir DIR] [--people N] [--seed SEED] [--address 127.x.y.z]
       npm run ad-lab -- stop|status [--dir DIR]
       npm run ad-lab -- install`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string', default: join(LAB_ROOT, 'domain') },
    people: { type: 'string' },
    seed: { type: 'string' },
    address: { type: 'string' },
  },
});

try {
  console.log(await perform(positionals[0], buildLayout(resolve(values.dir))));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function perform(command: string | undefined, layout: LabLayout): Promise<string> {
  switch (command) {
    case 'install':
      return installPrerequisites();
    case 'start':
      return start(layout);
    case 'stop':
      return stop(layout);
    case 'status':
      return renderStatus(layout);
    default:
      throw new Error(USAGE);
  }
}

async function start(layout: LabLayout): Promise<string> {
  const obstacle = isAdLabAvailable();
  if (obstacle !== true) throw new Error(`No AD lab here: ${obstacle}`);
  if (readServerPid(layout) !== undefined) return renderStatus(layout);
  await ensureProvisioned(layout);
  const address = await startServer(layout, listAddresses(values.address), true);
  return renderConnection(layout, address);
}

async function ensureProvisioned(layout: LabLayout): Promise<void> {
  const present = readLabOptions(layout);
  const wanted = {
    people: values.people === undefined ? (present?.people ?? 300) : Number(values.people),
    seed: values.seed ?? present?.seed ?? DEFAULT_SEED,
  };
  if (present === undefined) {
    if (existsSync(layout.directory))
      throw new Error(`${layout.directory} exists and is not a lab; choose another --dir`);
    await provisionLab(layout.directory, wanted);
  } else if (present.people !== wanted.people || present.seed !== wanted.seed) {
    const held = `${present.people} people, seed ${present.seed}`;
    throw new Error(`${layout.directory} holds another lab (${held}); remove it or choose another --dir`);
  }
}

async function stop(layout: LabLayout): Promise<string> {
  if (readServerPid(layout) === undefined) return 'The lab is not running.';
  await stopServer(layout);
  return `Stopped. Its data stay in ${layout.directory}.`;
}

function renderStatus(layout: LabLayout): string {
  const pid = readServerPid(layout);
  if (pid !== undefined)
    return `Running, process ${pid}.\n${renderConnection(layout, readFileSync(layout.address, 'utf8'))}`;
  if (readLabOptions(layout) === undefined) return `There is no lab in ${layout.directory}.`;
  return `Not running; ${layout.directory} holds a lab with ${readManifest(layout).people.length} people.`;
}
