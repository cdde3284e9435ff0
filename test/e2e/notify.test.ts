import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';
import { startLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts';
import { readMail, startMailServer, type TestMailServer } from '../support/mail-server.ts';

const people = buildPeople(6);
const [leaver] = people;
let world: World;
let mail: TestMailServer;
let hooks: LoopbackServer;

beforeAll(async () => {
  mail = await startMailServer({ user: 'zivver', password: 'mail-Password' });
  hooks = await startLoopbackServer((response) => response.end('ok'));
  world = await World.createSettled({ people });
  await writeFile(path.join(world.repository, 'desired', ORGANISATION, 'mail-ca.pem'), mail.caPem);
  await world.configure(
    (text) => `${text}
notify:
  mail: { server: "smtp://127.0.0.1:${mail.port}", from: zivver@company.org, user: zivver, caFile: mail-ca.pem }
  webhooks: [{ name: ict, kind: teams }]
  tell:
    - { events: [waiting, applied, drift, refused], to: [reviewer@company.org], names: true }
    - { events: [waiting, applied, drift, refused], webhooks: [ict] }
`,
  );
});

afterAll(async () => {
  await world.close();
  await mail.close();
  await hooks.close();
});

async function notify(...args: string[]) {
  const result = await world.call(['notify', '--json', ...args], {
    ZIVVER_GITOPS_SMTP_PASSWORD: 'mail-Password',
    ZIVVER_GITOPS_WEBHOOKS: `ict ${hooks.url}/hook`,
  });
  expectEnd(result, 0);
  const told = JSON.parse(result.stdout) as {
    sent: string[];
    failed: { to: string; why: string }[];
    unrecorded: string | null;
  };
  return { ...told, sent: told.sent.toSorted() };
}

const NOTHING = { sent: [], failed: [], unrecorded: null };
const BOTH = { sent: ['ict', 'reviewer@company.org'], failed: [], unrecorded: null };

test('a plan that waits, what became of it, and drift are told once, with names only where a rule allows them', async () => {
  expect(await notify('--after', 'apply')).toEqual(BOTH);
  await world.writeDirectory(changePeople(people, [0], () => ({ disabled: true })));
  expectEnd(await world.plan(), 0);
  expect(await notify('--after', 'plan')).toEqual(BOTH);
  expect(await notify('--after', 'plan')).toEqual(NOTHING);
  await world.merge();
  expectEnd(await world.apply(), 0);
  expect(await notify('--after', 'apply')).toEqual(BOTH);
  expect(await notify('--after', 'daily', '--code', '50')).toEqual(BOTH);
  expect(await notify('--after', 'daily', '--code', '50')).toEqual(NOTHING);
  expect(await notify('--after', 'daily')).toEqual(NOTHING);
  const subjects = mail.mails.map(({ raw }) => readMail(raw).headers.find((line) => line.startsWith('Subject:')));
  expect(subjects).toEqual([
    expect.stringContaining('applied completely'),
    expect.stringContaining('1 suspension: waits for a review'),
    expect.stringContaining('applied completely'),
    expect.stringContaining('Zivver is not as approved'),
  ]);
  expect(mail.mails.map(({ raw }) => readMail(raw).text).join('')).toContain(leaver?.name);
  expect(hooks.seen.map(({ body }) => body).join('')).not.toContain(leaver?.name);
  expect(hooks.seen).toHaveLength(4);
});

test('a message that does not arrive fails nothing, is told by status, and is sent again', async () => {
  await mail.close();
  const lost = await notify('--after', 'plan', '--code', '32');
  expect(lost).toMatchObject({ sent: ['ict'], failed: [{ to: 'reviewer@company.org' }], unrecorded: null });
  const status = await world.call(['status'], {});
  expectEnd(status, 0);
  expect(status.stdout).toMatch(/notify +reviewer@company\.org was not reached on/);
  expect(await notify('--after', 'plan', '--code', '32')).toMatchObject({
    sent: [],
    failed: [{ to: 'reviewer@company.org' }],
  });
  expect(await notify('--test')).toMatchObject({ sent: ['ict'] });
});

test('what was found and told is a branch of its own, and the ledger is whole', async () => {
  const findings = await world.git.call(
    '-C',
    world.gitRemote,
    'show',
    `zivver-gitops/findings:${ORGANISATION}/findings.jsonl`,
  );
  const lines = findings
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; during?: string; code?: number });
  expect(lines.flatMap(({ type, during, code }) => (type === 'run' ? [`${during} ${code}`] : []))).toEqual([
    'daily 50',
    'daily 0',
    'plan 32',
  ]);
  expect(findings).not.toMatch(/mail-Password|\/hook/);
  expectEnd(await world.call(['ledger', 'verify'], {}), 0);
});
