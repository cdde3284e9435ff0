import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFaultPlan } from '../../src/sandbox/fault-plan.ts';
import { buildPeople } from '../support/e2e/people.ts';
import type { CliResult } from '../support/e2e/cli.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { API_KEY, ORGANISATION, World } from '../support/e2e/world.ts';

/** Five managed people and an approved plan that creates two more. */
let base: World;

beforeAll(async () => {
  const people = buildPeople(5);
  base = await World.createSettled({ people });
  await base.writeDirectory([...people, ...buildPeople(2, 2)]);
  await base.planAndMerge();
});

afterAll(() => base.close());

test('while Zivver cannot be reached nothing is planned and nothing applied', async () => {
  const world = await base.fork();
  await world.stopSandbox();
  await Promise.all([
    expectRefusal(world, { exitCode: 42, code: 'TARGET_UNAVAILABLE' }),
    expectRefusal(world, { exitCode: 42, code: 'TARGET_UNAVAILABLE' }, () => world.plan()),
  ]);
});

test('a key that Zivver refuses ends plan and apply', async () => {
  const world = await base.fork();
  const wrong = { ZIVVER_API_KEY: 'wrong', ZIVVER_GITOPS_IDENTITY: world.identity };
  for (const command of ['plan', 'apply'])
    await expectRefusal(world, { exitCode: 43, code: 'TARGET_REFUSES_KEY' }, () => world.call([command], wrong));
});

test('a missing or impossible key ends plan and apply before a request', async () => {
  const world = await base.fork();
  for (const [command, ZIVVER_API_KEY] of [
    ['plan', undefined],
    ['apply', undefined],
    ['apply', 'with a blank'],
  ] as const) {
    const call = () => world.call([command], { ZIVVER_API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity });
    await expectRefusal(world, { exitCode: 3, code: 'CONFIGURATION_SECRET_MISSING' }, call);
  }
  expect(world.requests()).toEqual([]);
});

test('a web page with status 200 is not Zivver', async () => {
  const world = await base.fork({ faults: parseFaultPlan('html=100%') });
  await expectRefusal(world, { exitCode: 42, code: 'TARGET_UNAVAILABLE' });
  await expectRefusal(world, { exitCode: 42, code: 'TARGET_UNAVAILABLE' }, () => world.plan());
});

test('a list that is cut in half is not Zivver', async () => {
  const world = await base.fork({ faults: parseFaultPlan('half-body@GET#1+') });
  await Promise.all([
    expectRefusal(world, { exitCode: 42, code: 'TARGET_UNAVAILABLE' }),
    expectRefusal(world, { exitCode: 42, code: 'TARGET_UNAVAILABLE' }, () => world.plan()),
  ]);
});

test('without the age identity, or with one of somebody else, nothing is sent at all', async () => {
  const world = await base.fork();
  for (const ZIVVER_GITOPS_IDENTITY of [undefined, 'AGE-SECRET-KEY-NONSENSE', await generateX25519Identity()]) {
    const call = () => world.call(['apply'], { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY });
    await expectRefusal(world, { exitCode: 3, code: 'CONFIGURATION_SECRET_MISSING' }, call);
  }
  expect(world.requests()).toEqual([]);
});

test('a plan sealed to a lost identity is refused before the first write, one sealed to an older one is applied', async () => {
  const world = await base.fork();
  const next = await generateX25519Identity();
  const apply = (identity: string): Promise<CliResult> =>
    world.call(['apply'], { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: identity });
  const lost = { exitCode: 3, code: 'CONFIGURATION_SECRET_MISSING' } as const;
  const { stderr } = await expectRefusal(world, lost, () => apply(next));
  expect(stderr).toMatch(/^fix: .*if it is lost, make a new plan\.$/m);
  expect(await diagnoseOpenPlan(world, next)).toBe('IDENTITY_MISMATCH');
  expectEnd(await apply(`# new\n${next}\n# old\n${world.identity}\n`), 0);
  expect(world.writes()).toHaveLength(2);
});

test('a recipient is exchanged by pull request: the doctor warns of the open plan, and the next one needs the new identity only', async () => {
  const world = await base.fork();
  const next = await generateX25519Identity();
  const [old, recipient] = await Promise.all([world.identity, next].map(identityToRecipient));
  expect(await diagnoseOpenPlan(world)).toBeNull();
  await world.configure((text) => text.replace(old!, recipient!));
  expect(await diagnoseOpenPlan(world)).toBe('RECIPIENT_GONE');
  await expectRefusal(world, { exitCode: 27, code: 'PLAN_CONFIGURATION_CHANGED' });
  await world.planAndMerge();
  await expectRefusal(world, { exitCode: 3, code: 'CONFIGURATION_SECRET_MISSING' });
  expectEnd(await world.call(['apply'], { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: next }), 0);
  expect(world.writes()).toHaveLength(2);
});

/** What the doctor says of the plan that is still to be applied; null: nothing. */
async function diagnoseOpenPlan(world: World, identity?: string): Promise<string | null> {
  const { stdout } = await world.call(['doctor', '--json'], {
    ZIVVER_API_KEY: API_KEY,
    ZIVVER_GITOPS_IDENTITY: identity,
  });
  const { checks } = JSON.parse(stdout) as { checks: { id: string; code: string | null }[] };
  const check = checks.find(({ id }) => id === 'secrets.openPlan');
  if (check === undefined) throw new Error('the doctor did not look at the open plan');
  return check.code;
}

test('secrets are taken from files that the environment names', async () => {
  const world = await base.fork();
  const files = {
    ZIVVER_API_KEY_FILE: path.join(world.folder, 'key'),
    ZIVVER_GITOPS_IDENTITY_FILE: path.join(world.folder, 'identity'),
  };
  await writeFile(files.ZIVVER_API_KEY_FILE, `${API_KEY}\n`);
  await writeFile(files.ZIVVER_GITOPS_IDENTITY_FILE, `# created: 2026-01-01\n${world.identity}\n`);
  expectEnd(await world.call(['apply'], files), 0);
  const gone = { ...files, ZIVVER_API_KEY_FILE: path.join(world.folder, 'no-such-file') };
  expectEnd(await world.call(['plan'], gone), 3, 'CONFIGURATION_SECRET_MISSING');
});

test('a directory that cannot be reached ends the plan and leaves the work tree clean', async () => {
  const world = await base.fork();
  const ldap = 'ldap: { urls: ["ldaps://127.0.0.1:1"], user: "svc@company.org", baseDn: "DC=company,DC=org" }';
  await world.configure((text) => text.replace(/ldif: .*/, ldap));
  const secrets = { ZIVVER_API_KEY: API_KEY, LDAP_PASSWORD: 'secret-of-nobody' };
  const refuse = (): Promise<CliResult> => world.call(['plan'], secrets);
  await expectRefusal(world, { exitCode: 10, code: 'SOURCE_UNREACHABLE' }, refuse);
});

test('an LDIF file that is damaged, cut short or missing leaves the work tree clean', async () => {
  const world = await base.fork();
  const file = path.join(world.folder, 'directory.ldif');
  const whole = await readFile(file, 'utf8');
  const damaged: Record<string, string> = {
    'cut inside a name': whole.slice(0, whole.lastIndexOf('userAccountControl') + 7),
    'cut inside base64': whole.slice(0, whole.lastIndexOf('objectGUID:: ') + 20),
    'an entry twice': whole + whole.slice(0, whole.indexOf('\n\n') + 2),
    'an error at its end': `${whole}search: 2\nresult: 4 Size limit exceeded\n`,
    'nothing in it': '',
  };
  for (const [what, text] of Object.entries(damaged)) {
    await writeFile(file, text);
    const { stderr } = await expectRefusal(world, { exitCode: 11, code: 'SOURCE_FILE_INVALID' }, () => world.plan());
    expect(stderr, what).toContain('directory.ldif');
  }
  expect(world.requests().every(({ method }) => method === 'GET')).toBe(true);
});

test('every fault of organisation.yaml is told with file, line and column', async () => {
  const world = await base.fork();
  const file = `desired/${ORGANISATION}/organisation.yaml`;
  const lines = (await world.read(file)).trimEnd().split('\n').length;
  await appendFile(path.join(world.repository, file), 'colour: blue\nusers: { missing: vanish, creat: true }\n');
  const { stderr } = await expectRefusal(world, { exitCode: 3, code: 'CONFIGURATION_INVALID' }, () => world.plan());
  expect(stderr).toContain(`${file}:${lines + 1}:1: colour: unknown key`);
  expect(stderr).toContain(`${file}:${lines + 2}:10: users.missing: must be one of`);
  expect(stderr).toContain(`${file}:${lines + 2}:27: users.creat: unknown key`);
  await expectRefusal(world, { exitCode: 3, code: 'CONFIGURATION_INVALID' });
});

test('an unknown command or option is a usage error', async () => {
  const world = await base.fork();
  for (const args of [['aply'], ['apply', '--force'], ['plan', '--organisation', 'elsewhere']])
    expect((await world.call(args, {})).exitCode).toBe(3);
  expect(world.requests()).toEqual([]);
});
