import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GitRepository } from '../../src/adapters/git/repository.ts';
import { parseInitFlags } from '../../src/operations/setup/init-flags.ts';
import { existsOrganisation, initOrganisation } from '../../src/operations/setup/init-organisation.ts';

const FLAGS = { organisation: 'city', domains: 'city.example', ldifFiles: 'people.ldif', sso: 'base64' } as const;
const IDENTITY = 'city.age-identity';
const ORGANISATION_FILE = 'clone/desired/city/organisation.yaml';
const LEDGER = 'refs/heads/ledger';
const ANCHOR = 'refs/tags/zivver-gitops/city/genesis';
/** What `init` makes, one after the other: files below the folder, and refs of the git remote. */
const STEPS = [IDENTITY, ORGANISATION_FILE, 'clone/.gitattributes', 'clone/.gitignore', LEDGER, ANCHOR];

let folder: string;
/** In which `init` came to its end. */
let whole: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'init-killed-'));
  whole = await makeOffice('whole');
  await init(whole);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function makeOffice(name: string): Promise<string> {
  const office = path.join(folder, name);
  await mkdir(office);
  await execa('git', ['init', '-q', '--bare', '-b', 'main', 'remote.git'], { cwd: office });
  await execa('git', ['clone', '-q', 'remote.git', 'clone'], { cwd: office });
  return office;
}

async function init(office: string, flags: Readonly<Record<string, string>> = FLAGS) {
  const git = await GitRepository.open(path.join(office, 'clone'));
  return initOrganisation(git, parseInitFlags(flags, !existsOrganisation(git.root, 'city')), { flags });
}

async function copyStep(office: string, step: string): Promise<void> {
  if (step.startsWith('refs/')) {
    await execa('git', ['push', '-q', path.join(office, 'remote.git'), `${step}:${step}`], {
      cwd: path.join(whole, 'remote.git'),
    });
    return;
  }
  await cp(path.join(whole, step), path.join(office, step), { recursive: true });
}

const refsOf = async (office: string): Promise<string> =>
  (await execa('git', ['for-each-ref'], { cwd: path.join(office, 'remote.git') })).stdout;
const read = (office: string, name: string): Promise<string> => readFile(path.join(office, name), 'utf8');

it.each(STEPS.map((_, made) => made + 1))(
  'init that was killed after step %i is finished by a second run, which keeps what is there and says so',
  async (made) => {
    const office = await makeOffice(`killed-${made}`);
    for (const step of STEPS.slice(0, made)) await copyStep(office, step);
    const { lines, identityFile, isLive } = await init(office);
    expect(lines.filter((line) => line.startsWith('kept'))).toHaveLength(Math.min(made, 5) - (made >= 2 ? 1 : 0));
    expect(await read(office, IDENTITY)).toBe(await read(whole, IDENTITY));
    for (const step of STEPS.filter((one) => one.startsWith('clone/')))
      expect(await read(office, step), step).toBe(await read(whole, step));
    expect(identityFile).toBe(path.join(office, IDENTITY));
    expect(isLive).toBe(false);
    const refs = await refsOf(office);
    for (const ref of [LEDGER, ANCHOR]) expect(refs).toContain(ref);
    if (made > STEPS.indexOf(LEDGER)) expect(refs).toBe(await refsOf(whole));
    // Without any flag too, once there is an organisation.
    expect((await init(office, { organisation: 'city' })).lines.every((line) => line.startsWith('kept'))).toBe(true);
  },
);

it('other answers for an organisation that is there are an error, and change nothing', async () => {
  const before = await read(whole, ORGANISATION_FILE);
  await expect(init(whole, { ...FLAGS, domains: 'other.example' })).rejects.toMatchObject({ code: 'CLI_USAGE' });
  expect(await read(whole, ORGANISATION_FILE)).toBe(before);
});

it('a branch ledger that is somebody else’s is not written to', async () => {
  const office = await makeOffice('foreign');
  const clone = path.join(office, 'clone');
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=X', '-c', 'user.email=x@city.example', ...args], { cwd: clone });
  await git('commit', '-q', '--allow-empty', '-m', 'Books of the treasurer');
  await git('push', '-q', 'origin', `HEAD:${LEDGER}`);
  const before = await refsOf(office);
  await expect(init(office)).rejects.toMatchObject({ code: 'LEDGER_INVALID' });
  expect(await refsOf(office)).toBe(before);
});
