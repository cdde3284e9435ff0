import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectDone, Office, ORGANISATION, type Answer, type Clerk } from '../support/day-two/office.ts';

const anna: Clerk = { seed: 'anna', name: 'Anna Bakker', login: 'anna', aliases: ['a.bakker'], mobile: '+31612345678' };
const bram: Clerk = { seed: 'bram', name: 'Bram Visser', login: 'bram' };
const els: Clerk = { seed: 'els', name: '=Els de Vries', login: 'els' };
const ivo: Clerk = { seed: 'ivo', name: 'Ivo Bos', login: 'ivo' };
const first = [anna, bram, els];
const married = { ...anna, login: 'anna.smit', name: 'Anna Smit', aliases: ['anna'], mobile: '+31687654321' };
const second = [married, { ...bram, disabled: true }, els, ivo];
const groups = [{ name: 'Care', members: ['anna', 'bram'] }];

/** One organisation from its first plan on; each test goes on where the one before it stopped. */
describe('the days after the first', () => {
  let office: Office;
  let before: unknown;

  beforeAll(async () => {
    office = await Office.open();
  });
  afterAll(() => office.close());

  test('status follows a plan from the proposal to the apply, without a key', { timeout: 120_000 }, async () => {
    await office.writeDirectory(first, groups);
    expectDone(await office.call('plan', '--bootstrap'));
    expect(parse(await office.callWith({}, 'status', '--json'))).toMatchObject([
      { newest: null, proposed: await office.newestPlan() },
    ]);
    await office.merge('Plan 1');
    const waiting = await office.callWith({}, 'status');
    expect(waiting).toMatchObject({ exitCode: 51, stdout: expect.stringMatching(/^office  not applied\n/) });
    expect(waiting.stderr).toContain('error PLAN_NOT_APPLIED');
    expectDone(await office.apply());
    expect(await office.callWith({}, 'status')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('4 applied'),
    });
  });

  test(
    'a renamed account has one history under all its names, with who approved it',
    { timeout: 120_000 },
    async () => {
      before = office.accounts();
      await office.reconcile(second, groups);
      const [old, now] = await Promise.all([
        office.callWith({}, 'history', 'a.bakker@office.example', '--json'),
        office.callWith({}, 'history', 'anna.smit@office.example', '--json'),
      ]);
      expect(parse(old)).toEqual(parse(now));
      expect(parse(now)).toMatchObject([
        {
          address: 'anna.smit@office.example',
          formerly: ['a.bakker@office.example', 'anna@office.example'],
          events: [
            { action: 'create', outcome: 'applied', mergedBy: 'Rita Reviewer <rita@office.example>' },
            { action: 'update', reason: 'renamed', why: expect.stringContaining('another e-mail address') },
          ],
        },
      ]);
      const told = await office.callWith({}, 'history', 'bram@office.example');
      expect(told.stdout).toMatch(/Suspended\s+plan 0002-[0-9a-f]{8}[\s\S]*userAccountControl = 514/);
      expect(told.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect((await office.callWith({}, 'history', 'els@office.example', '--csv')).stdout).toContain(
        ",'=Els de Vries,",
      );
      expect((await office.callWith({}, 'history')).stdout).toMatch(
        /^0002-[0-9a-f]{8} .* complete +4 +Rita Reviewer \(one pair of eyes\)$/m,
      );
      expect(await office.callWith({}, 'history', 'nobody@office.example')).toMatchObject({ exitCode: 3 });
    },
  );

  test(
    'drift is 0 as long as nobody touches Zivver, and tells what somebody changed',
    { timeout: 120_000 },
    async () => {
      expect(await office.call('drift')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('no drift') });
      await office.meddle('els@office.example', { active: false });
      const found = await office.call('drift', '--json');
      expect(found).toMatchObject({ exitCode: 50, stderr: expect.stringContaining('error DRIFT_FOUND') });
      expect(parse(found)).toMatchObject({
        differing: 1,
        suspendedOutside: [{ address: 'els@office.example' }],
        changed: [],
        missing: [],
      });
      await office.meddle('els@office.example', { active: true });
    },
  );

  test('drift names a desired file that somebody changed without a plan', { timeout: 60_000 }, async () => {
    const file = `desired/${ORGANISATION}/users/els@office.example.yaml`;
    await office.edit(file, (text) => text.replace(/^fullName: .*$/m, 'fullName: Els Other'));
    await office.merge('Improve by hand');
    const found = await office.call('drift', '--json');
    expect(found.exitCode).toBe(50);
    expect(parse(found)).toMatchObject({
      differing: 1,
      changed: [{ address: 'els@office.example' }],
      unrecorded: [{ file, how: 'changed' }],
    });
    expect((await office.call('drift')).stdout).toContain('Without a record: the branch says so, and no plan does');
    await office.git('checkout', '--quiet', 'HEAD~2', '--', file);
    await office.merge('Undo it');
    expect(await office.call('drift')).toMatchObject({ exitCode: 0 });
  });

  test(
    'a rollback is reviewed like any plan, restores, and holds until the hold is removed',
    { timeout: 240_000 },
    async () => {
      const wrong = await office.newestPlan();
      const without = await office.call('invert', wrong);
      expectDone(without);
      expect(without.stdout.replace(/\s+/g, ' ')).toContain('Not restored: aliases of anna.smit@office.example');
      expect(await office.git('status', '--porcelain')).toContain('holds.yaml');

      expectDone(await office.invert(wrong, '--reason', 'the marriage was a test'));
      const { body } = await office.readPlan(await office.newestPlan());
      expect(body.changes.map(({ action, address, reason }) => [action, address, reason])).toEqual([
        ['update', 'anna.smit@office.example', 'rollback'],
        ['update', 'care@office.example', 'rollback'],
        ['reactivate', 'bram@office.example', 'rollback'],
        ['suspend', 'ivo@office.example', 'rollback'],
      ]);
      await office.merge('Rollback');
      expectDone(await office.apply());
      const after = office.accounts().filter(({ address }) => address !== 'ivo@office.example');
      expect(after).toEqual(before);
      const again = await office.call('plan', '--detailed-exitcode');
      expect(again).toMatchObject({
        exitCode: 2,
        stdout: expect.stringContaining('Open: left as they are (4)'),
      });
      await office.merge('Who is on hold');
      expectDone(await office.apply());
      expect(await office.call('plan', '--detailed-exitcode')).toMatchObject({
        exitCode: 2,
        stdout: expect.stringMatching(/^No changes.*4/),
      });
      expect(await office.call('drift')).toMatchObject({ exitCode: 0 });

      await office.git('rm', '--quiet', `desired/${ORGANISATION}/holds.yaml`);
      await office.merge('End the holds');
      expect(await office.call('plan', '--detailed-exitcode')).toMatchObject({ exitCode: 2 });
      expect(
        (await office.readPlan(await office.newestPlan())).body.changes.map(({ action, address }) => [action, address]),
      ).toEqual([
        ['update', 'anna@office.example'],
        ['update', 'care@office.example'],
        ['reactivate', 'ivo@office.example'],
        ['suspend', 'bram@office.example'],
      ]);
    },
  );

  test('a plan whose holds were edited after the review is not applied', { timeout: 60_000 }, async () => {
    await office.merge('Plan 4');
    await office.git('checkout', '--quiet', 'HEAD~2', '--', `desired/${ORGANISATION}/holds.yaml`);
    await office.merge('Sneak the holds in');
    expect(await office.apply()).toMatchObject({ exitCode: 29 });
    await office.git('rm', '--quiet', `desired/${ORGANISATION}/holds.yaml`);
    await office.merge('Take them out');
  });

  test('a pruned plan keeps its history and its proof', { timeout: 60_000 }, async () => {
    expect(parse(await office.callWith({}, 'prune', '--older-than', '1d', '--json'))).toEqual({
      removed: [],
      kept: [],
    });
    expect(await office.callWith({}, 'prune', '--older-than', 'soon')).toMatchObject({ exitCode: 3 });
    const told = await office.callWith({}, 'history', 'bram@office.example');
    await office.git('rm', '-r', '--quiet', ...(await office.git('ls-files', 'plans/office/0001-*')).split('\n'));
    await office.merge('Prune');
    expect(await office.callWith({}, 'history', 'bram@office.example')).toEqual(told);
    expect(parse(await office.callWith({}, 'ledger', 'verify', '--json'))).toMatchObject({
      compared: { branch: 3, history: 1, notFound: 0 },
    });
  });

  test(
    'who approved the suspension of a person renamed twice, and when, is one screen',
    { timeout: 180_000 },
    async () => {
      const plan = await office.reconcile([{ ...anna, disabled: true }, bram, els], groups);
      for (const name of ['anna', 'anna.smit', 'a.bakker']) {
        const { stdout } = await office.callWith({}, 'history', `${name}@office.example`);
        const lines = stdout.trimEnd().split('\n');
        expect(lines.length).toBeLessThanOrEqual(60);
        expect(lines.filter((line) => line.length > 80)).toEqual([]);
        const answer = lines.slice(0, 7).join('\n');
        expect(answer).toMatch(/state +suspended since \d{4}-\d\d-\d\d \d\d:\d\d UTC, by plan/);
        expect(answer).toContain(plan);
        expect(stdout.slice(stdout.indexOf('Could read the mail of')).replaceAll(/\s+/g, ' ')).toMatch(
          /care@office\.example: from .*plan 0001-\w+; until .*plan/,
        );
        expect(answer).toMatch(/merged\s+by\s+Rita\s+Reviewer/);
      }
      const json = await office.callWith({}, 'history', 'anna.smit@office.example', '--json');
      const [told] = parse(json) as [{ address: string; events: { outcome: string }[] }];
      expect(told.address).toBe('anna@office.example');
      expect(told.events.filter(({ outcome }) => outcome === 'applied')).toMatchObject([
        { action: 'create' },
        { reason: 'renamed' },
        { reason: 'rollback' },
        { action: 'suspend', plan, mergedBy: 'Rita Reviewer <rita@office.example>' },
      ]);
      const { stdout: csv } = await office.callWith({}, 'history', 'a.bakker@office.example', '--csv');
      expect(csv).toMatch(/^[^\n]*,suspend,[^\n]*Rita Reviewer/m);
    },
  );

  test('all that is held about a person is found, under every name', { timeout: 60_000 }, async () => {
    const found = parse(await office.callWith({}, 'history', '--held', 'anna.smit@office.example', '--json')) as {
      names: string[];
      files: { file: string; isOwn: boolean }[];
      plans: { plan: string; origin: string; changes: number }[];
      history: { versions: number; commits: number };
    };
    expect(found.names).toEqual(
      expect.arrayContaining(['a.bakker@office.example', 'anna@office.example', 'Anna Bakker', 'Anna Smit']),
    );
    expect(found.files).toEqual(
      expect.arrayContaining([
        { file: 'desired/office/users/anna@office.example.yaml', isOwn: true, mentions: expect.any(Number) as number },
      ]),
    );
    expect(found.plans.map(({ plan, origin }) => [plan.slice(0, 4), origin])).toEqual([
      ['0001', 'history'],
      ...['0002', '0003', '0004', '0005', '0006'].map((number) => [number, 'branch']),
    ]);
    expect(found.history).toEqual({ versions: expect.any(Number) as number, commits: 0 });
    expect(found.history.versions).toBeGreaterThan(3);
    const rita = parse(await office.callWith({}, 'history', '--held', 'rita@office.example', '--json'));
    expect(rita).toMatchObject({ files: [], history: { versions: 0 } });
    const told = (await office.callWith({}, 'history', '--held', 'nobody@office.example')).stdout;
    expect(told).toContain('Nothing stands on the branch, in its plans or in the ledger.');
    expect(await office.callWith({}, 'history', '5', '--held', 'x@office.example')).toMatchObject({ exitCode: 3 });
  });

  test('what each command prints for programs is as its schema says', { timeout: 120_000 }, async () => {
    const page = path.join(office.folder, 'page.html');
    const allowed = path.join(office.folder, 'allowed_signers');
    await writeFile(
      allowed,
      'rita@office.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1fMdvl0O6ZZ7TXDhNTVT3kDKqTcBqCDdXqQoQXQb3Q\n',
    );
    const span = ['--from', '2020-01-01', '--to', '2030-01-01'];
    for (const args of [
      ['init', ORGANISATION],
      ['doctor'],
      ['attributes'],
      ['preview'],
      ['status'],
      ['history'],
      ['history', '2'],
      ['access'],
      ['access', '--to', 'anna@office.example'],
      ['access', '--since', '2020-01-01'],
      ['report', ...span],
      ['report', ...span, '--html', page],
      ['site', path.join(office.folder, 'site')],
      ['show'],
      ['show', '1'],
      ['show', '2', '--html', page],
      ['verify'],
      ['ledger', 'export', path.join(office.folder, 'proof.json')],
      ['key', 'new', 'identity', '--file', path.join(office.folder, 'new.age-identity')],
      ['signers', 'import', allowed],
      ['signers', 'export'],
      ['completion', 'bash'],
      ['plan'],
      ['invert', '5'],
      ['restore', 'anna@office.example'],
      ['hold', 'els@office.example', '--until', dayFromNow(30), '--reason', 'on leave'],
    ])
      expect([args, (await office.call(...args, '--json')).stdout]).toEqual([
        args,
        expect.stringMatching(/^[[{][^]*[\]}]\n$/),
      ]);
    await office.git('checkout', '--quiet', '--', '.');
    await office.git('clean', '--quiet', '--force', '-d');
  });

  test('the ledger is proven, and a record that somebody changed is found', { timeout: 60_000 }, async () => {
    expect(parse(await office.callWith({}, 'ledger', 'verify', '--json'))).toMatchObject({ verified: true, plans: 5 });
    await tamper(office);
    const found = await office.callWith({}, 'ledger', 'verify');
    expect(found).toMatchObject({ exitCode: 46, stdout: '' });
    expect(found.stderr).toContain('rewrites');
    expect(await office.callWith({}, 'status')).toMatchObject({ exitCode: 46 });
  });
});

/** Somebody with the right to push turns a failure into a success, or the other way round. */
async function tamper(office: Office): Promise<void> {
  const remote = (input: string, ...args: string[]): Promise<string> => office.gitInRemote(args, input);
  const listing = (await remote('', 'ls-tree', `ledger:${ORGANISATION}`)).trim().split('\n');
  const changed = listing.findLast((line) => line.endsWith('.jsonl')) ?? '';
  const name = changed.split('\t')[1] ?? '';
  const text = await remote('', 'show', `ledger:${ORGANISATION}/${name}`);
  const blob = await remote(text.replace('"status":"applied"', '"status":"failed"'), 'hash-object', '-w', '--stdin');
  const lines = [...listing.filter((line) => line !== changed), `100644 blob ${blob.trim()}\t${name}`];
  const folder = await remote(`${lines.join('\n')}\n`, 'mktree');
  const root = await remote(`040000 tree ${folder.trim()}\t${ORGANISATION}\n`, 'mktree');
  const commit = await remote('', 'commit-tree', root.trim(), '-p', 'ledger', '-m', 'Improve the ledger');
  await remote('', 'update-ref', 'refs/heads/ledger', commit.trim());
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

function parse({ stdout }: Answer): unknown {
  return JSON.parse(stdout);
}
