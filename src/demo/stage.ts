import { mkdir, mkdtemp, readdir, realpath, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ReconcileError } from '../model/errors.ts';
import { startSandbox, type Sandbox } from '../sandbox/server.ts';
import { DOMAIN } from './hospital.ts';
import { DIVISIONS } from './organisation-file.ts';
import { buildStoredAnswers, FIRST_FUNCTIONAL, FIRST_USERS } from './population.ts';

/** Everything the demo plays with lies in one folder. */
export interface Stage {
  readonly folder: string;
  /** The administrator's clone. */
  readonly clone: string;
  /** Bare repository: stands for GitHub, GitLab or whatever holds yours. */
  readonly gitRemote: string;
  readonly identityFile: string;
  readonly requestLog: string;
  readonly stateFile: string;
  readonly sandbox: Sandbox;
}

export const ORGANISATION = 'example';
export const API_KEY = 'demo-key';

/** Makes the folder (a temporary one if none is given), and starts a Zivver with accounts from before the tool. */
export async function openStage(given: string | undefined): Promise<Stage> {
  const folder = await makeFolder(given);
  const users = path.join(folder, 'zivver-users.json');
  const groups = path.join(folder, 'zivver-groups.json');
  const answers = buildStoredAnswers(FIRST_USERS, FIRST_FUNCTIONAL);
  await writeFile(users, `${JSON.stringify(answers.users, null, 2)}\n`);
  await writeFile(groups, `${JSON.stringify(answers.groups, null, 2)}\n`);
  await writeFile(path.join(folder, 'gitconfig'), '');
  const stateFile = path.join(folder, 'zivver.jsonl');
  const requestLog = path.join(folder, 'requests.jsonl');
  const sandbox = await startSandbox({
    port: 0,
    token: API_KEY,
    domains: [DOMAIN],
    divisions: DIVISIONS,
    stateFile,
    importUsers: users,
    importGroups: groups,
    requestLog,
    rateLimit: { requests: 50, windowMs: 10_000, retryAfter: true },
  });
  return {
    folder,
    clone: path.join(folder, 'lindenhof'),
    gitRemote: path.join(folder, 'lindenhof.git'),
    identityFile: path.join(folder, `${ORGANISATION}.age-identity`),
    requestLog,
    stateFile,
    sandbox,
  };
}

async function makeFolder(given: string | undefined): Promise<string> {
  if (given === undefined) return realpath(await mkdtemp(path.join(os.tmpdir(), 'zivver-gitops-demo-')));
  const folder = path.resolve(given);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length === 0) return realpath(folder);
  throw new ReconcileError('CLI_USAGE', `${folder} is not empty`, {
    remedy: 'Name a new or empty folder with --keep, or leave --keep out.',
  });
}
