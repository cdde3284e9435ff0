import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { MARKDOWN_BUDGET_BYTES, renderMarkdown } from '../../../../src/model/review/markdown.ts';
import type { PlanBody, PlanFile } from '../../../../src/model/schema/generated/plan.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildExclusion,
  buildLimit,
  buildPlan,
  buildSuspension,
  buildUnexplained,
  type ChangeParts,
} from '../../../support/plan-builder.ts';
import { REVIEW_FIXTURES } from '../../../support/review-fixtures.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const readFixture = (name: string) => readFile(path.join(root, 'test/fixtures/review', name), 'utf8');
const render = (body: Partial<PlanBody>) => renderMarkdown(buildPlan(body));
const times = (count: number, build: (index: number) => Change) => Array.from({ length: count }, (_, i) => build(i));

const EMPTIED: Partial<ChangeParts> = {
  action: 'update',
  kind: 'functional',
  before: { members: ['m@x'] },
  after: { members: [] },
};

describe('a plan of test/fixtures/review', () => {
  it.each(Object.keys(REVIEW_FIXTURES))('%s is rendered byte for byte as its golden file', async (name) => {
    const plan = JSON.parse(await readFixture(`${name}.plan.json`)) as PlanFile;
    expect(renderMarkdown(plan)).toBe(await readFixture(`${name}.md`));
  });

  it.each(Object.entries(REVIEW_FIXTURES))('%s is what its builder makes, and valid', async (name, build) => {
    const plan = JSON.parse(await readFixture(`${name}.plan.json`)) as PlanFile;
    expect(plan).toEqual(build());
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const schema = JSON.parse(await readFile(path.join(root, 'schemas/plan.schema.json'), 'utf8')) as object;
    expect(ajv.validate(schema, plan), ajv.errorsText()).toBe(true);
  });
});

describe('renderMarkdown', () => {
  it('ends in exactly one line break and has no carriage return', () => {
    for (const build of Object.values(REVIEW_FIXTURES)) expect(renderMarkdown(build())).toMatch(/^[^\r]*[^\r\n]\n$/);
  });

  it('is the same for the same plan', () => {
    expect(render({ createdAt: '2026-11-23T10:15:00.000Z' })).toBe(render({ createdAt: '2026-11-23T10:15:00.000Z' }));
  });

  it('dates the automatic deletion 90 days after the plan was made', () => {
    expect(render({ changes: [buildSuspension('a@x')] })).toContain('**2027-02-21**');
  });

  it('does not threaten with automatic deletion if only a functional account is unexplained', () => {
    const emptied = buildUnexplained('group@x', EMPTIED);
    expect(render({ changes: [emptied] })).not.toContain('automatic deletion');
  });

  it('renders a timestamp that is no date as data instead of failing', () => {
    expect(render({ expiresAt: '2026-99-99T99:99:99.999Z' })).toContain('`2026-99-99T99:99:99.999Z`');
  });

  it.each<[string, Change[]]>([
    ['the account below should be suspended', [buildSuspension('a@x')]],
    ['the account below should be deleted', [buildDeletion('a@x')]],
    ['each of the 2 accounts below should be deleted or suspended', [buildSuspension('a@x'), buildDeletion('b@x')]],
    ['the account below should be emptied', [buildUnexplained('a@x', EMPTIED)]],
  ])('asks whether %s', (question, changes) => {
    expect(render({ changes })).toContain(`Only if you know that ${question}.`);
  });

  it('says no if a limit is exceeded', () => {
    const limits = [buildLimit({ rule: 'suspend', observed: 61, limit: 60, verdict: 'exceeded' })];
    expect(render({ limits })).toContain('| **May I approve?** | **No.** 1 limit is exceeded');
  });

  it.each([
    [{ observed: 3, of: 1204, limit: 60 }, '3 of 1,204 active (0.2 %), limit 60'],
    [{ observed: 1, of: 100_000, limit: 60 }, '1 of 100,000 active (under 0.1 %), limit 60'],
    [{ observed: 99_999, of: 100_000, limit: null }, '99,999 of 100,000 existing (over 99.9 %), no limit'],
    [{ observed: 2, of: 2, limit: 5 }, '2 of 2 active (100.0 %), limit 5'],
    [{ observed: 1, of: 0, limit: 5 }, '1 of 0 active, limit 5'],
  ])('words the limit %j', (finding, words) => {
    expect(render({ limits: [buildLimit({ rule: 'suspend', ...finding })] })).toContain(`| ${words} |`);
  });

  it('warns of temporary passwords if single sign-on is off', () => {
    const changes = [buildCreation('a@x', {}, { sealed: false })];
    expect(render({ changes, sso: false })).toContain('temporary password');
    expect(render({ changes: [buildCreation('a@x')], sso: true })).not.toContain('temporary password');
  });

  it('warns of a temporary password for the one account without a single sign-on key', () => {
    expect(render({ changes: [buildCreation('a@x', {}, { sealed: false })] })).toContain('temporary password');
  });

  it('links each change to the desired file it leaves, and a deletion to none', () => {
    const renamed = buildChange({ address: 'o@x', before: { address: 'o@x' }, after: { address: "o'b@x" } });
    const text = render({ changes: [renamed, buildDeletion('d@x')] });
    expect(text).toContain(`[\`${renamed.id}\`](../../../desired/city-hospital/users/o%2527b@x.yaml)`);
    expect(text).not.toContain('users/d@x.yaml');
  });

  it.each([
    ['Sanne de Boer', 'Sanne Visser', '<code>Sanne <del>de Boer</del> <strong>Visser</strong></code>'],
    ['Yara van der Berg', 'Yara van den Berg', '<code>Yara van <del>der</del> <strong>den</strong> Berg</code>'],
    ['Jan Smit', 'Eva Maas', '`Jan Smit` → `Eva Maas`'],
    ['Jan Smit', 'Jan  Smit', '`Jan Smit` → <code>Jan ⟦U&#43;0020⟧Smit</code>'],
    ['Jansen', 'Jansen Smit', '`Jansen` → `Jansen Smit`'],
  ])('marks the words that differ between %j and %j', (before, after, shown) => {
    const changes = [buildChange({ address: 'a@x', before: { fullName: before }, after: { fullName: after } })];
    expect(render({ changes })).toContain(`name ${shown}\n`);
  });
});

describe('the budget of plan.md', () => {
  const bytesOf = (text: string) => Buffer.byteLength(text);
  const destructive = [
    ...times(100, (index) => buildSuspension(`suspended${index}@hospital.example`)),
    ...times(20, (index) => buildUnexplained(`unexplained${index}@hospital.example`)),
    ...times(5, (index) => buildDeletion(`deleted${index}@hospital.example`)),
  ];

  it('cuts new accounts before details and shows every destructive change', () => {
    const details = times(375, (i) =>
      buildChange({
        address: `detail${i}@hospital.example`,
        before: { mobile: null },
        after: { mobile: `+3161000${i}` },
      }),
    );
    const created = times(4500, (index) => buildCreation(`created${index}@hospital.example`));
    const text = render({ changes: [...created, ...details, ...destructive] });
    expect(bytesOf(text)).toBeLessThanOrEqual(MARKDOWN_BUDGET_BYTES);
    expect(bytesOf(text)).toBeGreaterThan(MARKDOWN_BUDGET_BYTES * 0.95);
    for (const { id } of [...destructive, ...details]) expect(text).toContain(id);
    const shown = created.filter(({ id }) => text.includes(id)).length;
    const [, more = ''] = /\*\*\+([\d,]+) more\*\*/.exec(text) ?? [];
    expect(Number(more.replaceAll(',', '')) + shown).toBe(4500);
  });

  it('cuts appendices before any change', () => {
    const exclusions = Array.from({ length: 5000 }, (_, index) =>
      buildExclusion({ reason: 'not-a-person', subject: `CN=Printer ${index},OU=Staff,DC=hospital,DC=example` }),
    );
    const changes = times(500, (index) => buildCreation(`created${index}@hospital.example`));
    const text = render({ exclusions, changes });
    expect(bytesOf(text)).toBeLessThanOrEqual(MARKDOWN_BUDGET_BYTES);
    for (const { id } of changes) expect(text).toContain(id);
    expect(text).toContain('5,000 × not a person');
  });

  it('holds for thousands of changes of every kind: the least risky give way, each counted', () => {
    const mail = times(900, (i) => buildChange({ address: `mail${i}@x.example`, after: { delegates: [`d${i}@x`] } }));
    const renamed = times(900, (i) => buildChange({ address: `old${i}@x.example`, after: { address: `new${i}@x` } }));
    const back = times(900, (i) => buildChange({ address: `back${i}@x.example`, action: 'reactivate' }));
    const text = render({ changes: [...back, ...renamed, ...mail, ...destructive] });
    expect(bytesOf(text)).toBeLessThanOrEqual(MARKDOWN_BUDGET_BYTES);
    for (const { id } of [...destructive, ...mail]) expect(text).toContain(id);
    expect(back.filter(({ id }) => text.includes(id))).toEqual([]);
    const shown = renamed.filter(({ id }) => text.includes(id)).length;
    expect(shown).toBeGreaterThan(0);
    const more = [...text.matchAll(/\*\*\+([\d,]+) more\*\*.*show --html/g)].map(([, count = '']) => count);
    expect(more).toEqual([String(900 - shown), '900']);
    expect(text).not.toContain('longer than GitHub shows');
  });

  it('is exceeded rather than hide a destructive change, and says so at the top', () => {
    const changes = times(3000, (index) => buildSuspension(`suspended${index}@hospital.example`));
    const text = render({ changes: [...changes, buildCreation('new@hospital.example')] });
    expect(bytesOf(text)).toBeGreaterThan(MARKDOWN_BUDGET_BYTES);
    for (const { id } of changes) expect(text).toContain(id);
    expect(text.indexOf('**This page is longer than GitHub shows.**')).toBeLessThan(text.indexOf('May I approve?'));
  });

  it('says at the top of a list how much of it is shown', () => {
    const text = render({ changes: times(400, (index) => buildCreation(`n${index}@hospital.example`)) });
    expect(text).toContain('<summary>Show the 400</summary>');
    expect(text.match(/`n\d+@hospital\.example`/g)).toHaveLength(400);
    const long = render({ changes: times(4000, (index) => buildCreation(`n${index}@hospital.example`)) });
    const [, shown = ''] = /<summary>Show ([\d,]+) of the 4,000<\/summary>/.exec(long) ?? [];
    expect(long.match(/`n\d+@hospital\.example`/g)).toHaveLength(Number(shown.replace(',', '')));
  });
});
