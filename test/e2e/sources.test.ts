import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';
import { buildGroup, buildPeople, changePeople, type Person } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { expectDone, ORGANISATION, World } from '../support/e2e/world.ts';
import { buildWorkbook, type CellSpec } from '../support/workbook.ts';

const FOLDER = `desired/${ORGANISATION}`;
const SOURCES = `sources:
  - name: agency
    excel: { file: agency.xlsx, sheet: Uitzendkrachten }
    mapping: { email: E-mailadres, fullName: Naam médewerker, accountKey: Personeelsnr, mobile: Mobiel, active: In dienst, delegates: Vervangers }
    filters: [{ exclude: { attribute: Afdeling, values: [Extern] } }]
  - name: by-hand
    yaml: { folder: accounts }
`;
const HEADINGS = ['Personeelsnr', 'E-mailadres', 'Naam médewerker', 'Mobiel', 'In dienst', 'Vervangers', 'Afdeling'];
const people = buildPeople(6);
const [first, , third] = people as [Person, Person, Person];
const groups = [buildGroup('Care', people.slice(0, 2))];
let settled: World;

const row = (number: number, active: CellSpec = true, area = 'Zorg'): CellSpec[] => [
  { padded: number },
  `t${number}@company.org`,
  `Temp ${number}`,
  612_340_000 + number,
  active,
  number === 1 ? `${first.address}; t2@company.org` : undefined,
  area,
];
const ROWS = [row(1), row(2), row(3), row(4), row(5, true, 'extern'), row(6, 'nee')];

const info = (address: string) =>
  `kind: functional\nkey: info-desk\naddress: ${address}\nfullName: Info\nmembers:\n  - ${first.address}\n  - t1@company.org\n  - nobody@company.org\n`;
const ERIN = 'kind: user\nkey: erin\naddress: erin@company.org\nfullName: Erin Buiten\nactive: true\n';

const write = async (world: World, file: string, content: string | Buffer): Promise<void> => {
  const target = path.join(world.repository, FOLDER, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
};
const writeRows = (world: World, rows: readonly (readonly CellSpec[])[], headings: CellSpec[] = HEADINGS) =>
  write(
    world,
    'agency.xlsx',
    buildWorkbook([
      { name: 'Notes', rows: [['x']] },
      { name: 'Uitzendkrachten', rows: [headings, ...rows] },
    ]),
  );

/** A directory, a workbook of temporary staff, and two accounts written by hand; a first plan was merged and applied. */
beforeAll(async () => {
  settled = await World.create({ people, groups });
  await settled.edit(`${FOLDER}/organisation.yaml`, (text) => text.replace('sources:\n', SOURCES));
  await writeRows(settled, ROWS);
  await write(settled, 'accounts/info.yaml', info('info@company.org'));
  await write(settled, 'accounts/people/erin.yaml', ERIN);
  await settled.merge();
  await settled.planAndMerge('--bootstrap');
  await expectDone(settled.apply());
  return () => settled.close();
}, 180_000);

test('accounts come from directory, workbook and hand together, and a second plan is empty', async () => {
  const world = await settled.fork();
  expect(world.sandbox.status()).toMatchObject({ users: 6 + 4 + 1, functional: 2, suspended: 0 });
  expect(await world.read(`${FOLDER}/functional/info@company.org.yaml`)).toContain(
    `members:\n  - "${first.address}"\n  - "t1@company.org"\n`,
  );
  expect(await world.read(`${FOLDER}/users/t1@company.org.yaml`)).toContain('mobile: "+31612340001"\n');
  const accounts = new Map(world.sandbox.accounts().map((account) => [account.address, account]));
  expect(world.sandbox.ssoKeyOf(accounts.get('t1@company.org')!.id)).toBe('000001');
  expect(world.sandbox.ssoKeyOf(accounts.get('erin@company.org')!.id)).toBe(null);
  const review = await world.read(`plans/${ORGANISATION}/${await world.newestPlan()}/plan.md`);
  expect(review).toContain('no single sign-on key: Zivver makes a temporary password');
  const { body } = await readPlan(world);
  expect(body.exclusions.map(({ reason, subject }) => `${reason} ${subject}`)).toEqual([
    'disabled-without-account agency.xlsx, sheet Uitzendkrachten, row 7',
    'member-left-out accounts/info.yaml',
  ]);
  const again = await world.plan('--detailed-exitcode');
  expectEnd(again, 0);
  expect(again.stdout).toMatch(/^No changes/);
});

test('a rename by hand stays the same account, and a row that is gone is an unexplained absence', async () => {
  const world = await settled.fork();
  await rm(path.join(world.repository, FOLDER, 'accounts/info.yaml'));
  await write(world, 'accounts/desk.yaml', info('desk@company.org'));
  await writeRows(world, [ROWS[0]!, row(2, 'Nee'), ROWS[2]!, ROWS[4]!, ROWS[5]!]);
  await world.writeDirectory(changePeople(people, [2], () => ({ disabled: true })));
  await world.git.commitAll('Change the accounts by hand');
  await world.git.push();
  expectEnd(await world.plan('--detailed-exitcode'), 2);
  await world.merge();
  const name = await world.newestPlan();
  const { body } = await readPlan(world);
  const changes = body.changes.map(({ action, address, reason, evidence }) => [
    action,
    address,
    reason,
    evidence.lookup,
  ]);
  expect(new Set(changes)).toEqual(
    new Set([
      ['update', 'info@company.org', 'renamed', 'file'],
      ['update', 't1@company.org', 'attributes', 'file'],
      ['suspend', 't2@company.org', 'disabled', 'file'],
      ['suspend', 't4@company.org', 'unexplained', 'no-file'],
      ['suspend', third.address, 'disabled', 'selection'],
    ]),
  );
  const review = await world.read(`plans/${ORGANISATION}/${name}/plan.md`);
  expect(review).toContain(
    'No longer in the files of the sources, and a file does not tell who left: nobody can say why.',
  );
  expect(review).toMatch(/The file of the source .*agency.* says the account is disabled: .*In dienst.*Nee/);
  expectEnd(await world.apply(), 0);
  const accounts = new Map(world.sandbox.accounts().map((account) => [account.address, account]));
  expect(accounts.has('info@company.org')).toBe(false);
  expect(accounts.get('t4@company.org')?.resource).toMatchObject({ active: false });
  const again = await world.plan('--detailed-exitcode');
  expectEnd(again, 0);
});

test('faults are named with their cells, lines and cures, and nothing is written', async () => {
  const world = await settled.fork();
  await writeRows(world, [row(1), [{ error: '#N/A' }, 't2@company.org', 'T', { date: 45_000 }, true], row(3)]);
  await write(world, 'accounts/info.yaml', info('Info at company'));
  const doctor = await world.call(['doctor'], {});
  expect(doctor.exitCode).toBe(11);
  expect(doctor.stdout).toContain('accounts/info.yaml:3:1');
  await write(world, 'accounts/info.yaml', info('info@company.org'));
  const cells = await world.plan();
  expectEnd(cells, 11, 'SOURCE_FILE_INVALID');
  expect(cells.stderr).toContain('agency.xlsx, sheet Uitzendkrachten, row 3: personeelsnr: an error (#N/A)');
  expect(cells.stderr).toContain('row 3: mobiel: a date');
  await writeRows(world, []);
  expectEnd(await world.plan(), 12, 'SOURCE_IMPLAUSIBLE');
  await writeRows(world, ROWS);
  await write(world, 'accounts/info.yaml', info('info@company.org').replace('info-desk', 'info'));
  const lost = await world.plan();
  expectEnd(lost, 11, 'SOURCE_FILE_INVALID');
  expect(lost.stderr).toMatch(/accounts\/info\.yaml: key: info@company\.org is managed as [0-9a-f-]{36}/);
  expect(world.writes()).toEqual([]);
  expect(await world.git.call('status', '--porcelain', `${FOLDER}/users`, `${FOLDER}/functional`, 'plans')).toBe('');
});

test('preview, attributes and doctor speak of rows and files', async () => {
  const world = await settled.fork();
  const preview = await world.call(['preview', '--filter', 'row 6'], {});
  expectEnd(preview, 0);
  expect(preview.stdout).toContain('in the exclude filter on Afdeling: it has extern, filter 1: Extern');
  const attributes = await world.call(['attributes'], {});
  expectEnd(attributes, 0);
  expect(attributes.stdout).toMatch(/^Naam médewerker +100 % +6 +fullName/m);
  const doctor = await world.call(['doctor', '--json'], {});
  const { checks } = JSON.parse(doctor.stdout) as { checks: readonly { area: string; status: string; what: string }[] };
  const ours = checks.filter(({ area }) => ['agency', 'by-hand'].includes(area));
  expect(ours.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(ours.map(({ what }) => what)).toEqual(expect.arrayContaining(['6 rows', '2 accounts written by hand']));
});

async function readPlan(world: World): Promise<PlanFile> {
  const folder = `plans/${ORGANISATION}/${await world.newestPlan()}`;
  return JSON.parse(await world.read(`${folder}/plan.json`)) as PlanFile;
}
