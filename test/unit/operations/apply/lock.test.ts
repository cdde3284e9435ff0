import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GitRepository } from '../../../../src/adapters/git/repository.ts';
import type { Ledger } from '../../../../src/adapters/git/ledger.ts';
import type { Machine } from '../../../../src/model/ledger/holder.ts';
import { buildPlanFile } from '../../../../src/model/plan/plan-file.ts';
import type { ApprovalFacts, BeginRecord, LedgerRecord } from '../../../../src/model/schema/generated/ledger.ts';
import type { ApprovedPlan } from '../../../../src/operations/approval/approval.ts';
import { takeLock, type Lock, type LockRequest } from '../../../../src/operations/apply/lock.ts';
import {
  buildAppliedPlans,
  LedgerRepository,
  moment,
  ORGANISATION,
} from '../../../support/day-two/ledger-repository.ts';
import { FixtureGit } from '../../../support/e2e/fixture-git.ts';
import { buildPlan, buildSuspension } from '../../../support/plan-builder.ts';
import { readLedgerOf } from '../../../support/read-ledger-of.ts';
import { approve } from '../../../support/world/reconciliation.ts';

const { commits } = buildAppliedPlans([1]);
const FACTS = { branch: 'main', gitRemote: 'origin', commit: 'c'.repeat(40), planCommit: 'd'.repeat(40) };
const APPROVAL = {
  ...{ planAuthor: 'Anna <anna@company.org>', mergedBy: 'Bas <bas@company.org>', mergedAt: moment(2) },
  ...{ ...FACTS, distinctPeople: true, reviews: null, signatures: null },
} as ApprovalFacts;
const EXISTING = { users: 9, activeUsers: 8, functional: 2, managed: 7, activeManaged: 6 };
/** A container: the host name and the numbers of processes are those of the other one too. */
const ONE: Machine = {
  host: 'runner',
  processId: 1,
  bootId: 'boot',
  pidNamespace: 'pid:[1]',
  processStart: '500',
  startOf: () => '500',
};
const TWO: Machine = { ...ONE, pidNamespace: 'pid:[2]' };

let folder: string;
let origin: string;
let remote: FixtureGit;
let git: GitRepository;
let other: GitRepository;
let round = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'zivver-gitops-lock-'));
  origin = path.join(folder, 'origin.git');
  const ledger = await LedgerRepository.create();
  await ledger.setLedger(commits);
  cpSync(path.join(ledger.git.root, '.git'), origin, { recursive: true });
  await ledger.close();
  await new FixtureGit(origin).call('config', 'core.bare', 'true');
});

/** A git remote with one applied plan, and two clones. */
beforeEach(async () => {
  round += 1;
  const place = path.join(folder, String(round));
  cpSync(origin, path.join(place, 'remote.git'), { recursive: true });
  remote = new FixtureGit(path.join(place, 'remote.git'));
  [git, other] = (await Promise.all(['one', 'two'].map((name) => clone(path.join(place, name))))) as [
    GitRepository,
    GitRepository,
  ];
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

async function clone(place: string): Promise<GitRepository> {
  mkdirSync(place, { recursive: true });
  const fixture = new FixtureGit(place);
  await fixture.call('init', '--quiet', '--initial-branch', 'main');
  await fixture.call('remote', 'add', 'origin', remote.folder);
  return GitRepository.open(place);
}

function planOf(changes = 2): ApprovedPlan {
  const people = Array.from({ length: changes }, (_, place) => buildSuspension(`p${place}@hospital.example`));
  const { body } = buildPlan({ organisation: ORGANISATION, sequence: 2, changes: people });
  return { ...approve(buildPlanFile(body)), facts: APPROVAL };
}

/** Takes it as the apply job does that has just read the ledger. */
async function take(given: Partial<LockRequest> & { from?: GitRepository } = {}): Promise<Lock> {
  const { from = git, ...rest } = given;
  const ledger = rest.ledger ?? (await readLedgerOf(from, ORGANISATION));
  const plan = again(rest.plan ?? planOf(), ledger);
  const facts = { existing: EXISTING, now: () => new Date(moment(3)), clockSkewMs: 0, machine: ONE, runUrl: 'run 1' };
  return takeLock({ ...facts, git: from, ledger, isTakeover: false, signEnd: null, ...rest, plan });
}

function again(plan: ApprovedPlan, { entries }: Ledger): ApprovedPlan {
  const entry = entries.find(({ begin }) => begin.plan === plan.plan.digest);
  return entry === undefined ? plan : { ...plan, freshness: { kind: 'again', entry } };
}

async function recordsOf(from: GitRepository = git): Promise<readonly LedgerRecord[]> {
  return (await readLedgerOf(from, ORGANISATION)).entries.at(-1)?.records ?? [];
}

const tip = async (): Promise<string> => (await remote.call('rev-parse', 'refs/heads/ledger')).trim();
const refused = (code: string, message = ''): unknown =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe('whoever takes the lock', () => {
  it('says on the ledger branch who it is, what it applies, and what there was before', async () => {
    const plan = planOf();
    await take({ plan });
    const [begin] = (await recordsOf(other)) as [BeginRecord];
    expect(begin).toMatchObject({ type: 'begin', plan: plan.plan.digest, sequence: 2, changes: 2, at: moment(3) });
    expect(begin.existing).toEqual(EXISTING);
    expect(begin.approval).toEqual(APPROVAL);
    expect(begin.takes).toMatchObject([{ counts: { suspend: 1 } }, { counts: { suspend: 1 } }]);
    const { startOf: _startOf, ...process } = ONE;
    expect(begin.holder).toEqual({ ...process, runUrl: 'run 1' });
    expect(await remote.call('log', '-1', '--format=%s', 'refs/heads/ledger')).toContain(
      `${ORGANISATION}: begin plan ${plan.name}`,
    );
  });

  it('has its journal on the disk, where the next one on this machine finds it', async () => {
    const plan = planOf();
    const { journal } = await take({ plan });
    const file = path.join(git.root, '.git/zivver-gitops', ORGANISATION, `${plan.name}.jsonl`);
    expect(readFileSync(file, 'utf8')).toBe(journal.text);
    journal.append({ type: 'started', change: '0123456789' });
    expect(readFileSync(file, 'utf8')).toMatch(/"type":"started"\}\n$/);
  });

  it('first holds fast with a tag what ended before', async () => {
    const [name] = [...(await readLedgerOf(git, ORGANISATION)).anchors.keys()].filter((one) => one !== 'genesis');
    const tag = `refs/tags/zivver-gitops/${ORGANISATION}/${name}`;
    await remote.call('update-ref', '-d', tag);
    await take({ from: other });
    expect(await remote.call('rev-parse', '--verify', tag)).toMatch(/^[0-9a-f]{40}/);
  });
});

describe('nobody gets the lock', () => {
  it.each<[string, string, Partial<LockRequest>]>([
    ['whose clock is behind the ledger', 'LEDGER_NOT_WRITABLE', { now: () => new Date(moment(0)) }],
    ['whose clock is not that of Zivver', 'LEDGER_NOT_WRITABLE', { clockSkewMs: 6 * 60_000 }],
  ])('%s: nothing is written', async (_case, code, given) => {
    const before = await tip();
    await expect(take(given)).rejects.toThrow(refused(code));
    expect(await tip()).toBe(before);
  });

  it('while another plan, or the same one in another container, has it', async () => {
    const plan = planOf();
    await take({ plan });
    const before = await tip();
    const two = { from: other, machine: TWO };
    await expect(take({ ...two, plan: planOf(3) })).rejects.toThrow(refused('LEDGER_LOCKED', plan.name));
    await expect(take({ ...two, plan })).rejects.toThrow(refused('LEDGER_LOCKED'));
    await expect(take({ plan, machine: ONE, isTakeover: true })).rejects.toThrow(refused('LEDGER_LOCKED', 'runs on'));
    expect(await tip()).toBe(before);
  });

  it('who was overtaken between reading and writing, and it leaves no journal', async () => {
    const ledger = await readLedgerOf(git, ORGANISATION);
    await take({ from: other, plan: planOf(3), machine: TWO });
    const plan = planOf();
    await expect(take({ ledger, plan })).rejects.toThrow(refused('LEDGER_LOCKED', 'another apply was faster'));
    const file = path.join(git.root, '.git/zivver-gitops', ORGANISATION, `${plan.name}.jsonl`);
    expect(existsSync(file)).toBe(false);
  });

  it('where the git remote takes no ledger', async () => {
    refusePushes('this branch is closed');
    await expect(take()).rejects.toThrow(refused('LEDGER_NOT_WRITABLE'));
  });
});

describe('the lock of an apply that died', () => {
  it('is taken over on its machine, where its process is gone, and the ledger says why', async () => {
    await take();
    const machine = { ...ONE, processId: 2, processStart: '900', startOf: () => undefined };
    await take({ machine, runUrl: 'run 2' });
    const { startOf: _startOf, ...process } = machine;
    expect((await recordsOf(other)).slice(1)).toMatchObject([
      { type: 'resume', proof: 'process 1 on this machine is gone', holder: { ...process, runUrl: 'run 2' } },
    ]);
    expect(await remote.call('log', '-1', '--format=%s', 'refs/heads/ledger')).toContain('resume plan');
  });

  it('is taken over from another container only if people say that it is over', async () => {
    await take();
    await take({ from: other, machine: TWO, isTakeover: true });
    expect((await recordsOf()).slice(1)).toMatchObject([
      { type: 'resume', proof: 'the user vouches that the run before is over' },
    ]);
  });

  it('brings what it had written on its own disk and never pushed', async () => {
    const { journal } = await take();
    journal.append({ type: 'started', change: '0123456789' });
    await take({ machine: { ...ONE, startOf: () => undefined } });
    expect((await recordsOf(other)).map(({ type }) => type)).toEqual(['begin', 'started', 'resume']);
  });
});

describe('before each batch', () => {
  it('whoever still has the last word goes on, also when another organisation wrote meanwhile', async () => {
    const lock = await take();
    await expect(lock.verifyHeld()).resolves.toBeUndefined();
    await writeForeign();
    await expect(lock.verifyHeld()).resolves.toBeUndefined();
    lock.journal.append({ type: 'end', verdict: 'complete', totals: {}, unconfirmed: [] });
    await lock.push('complete');
    expect((await recordsOf(other)).map(({ type }) => type)).toEqual(['begin', 'end']);
    expect(await remote.call('ls-tree', '--name-only', 'refs/heads/ledger')).toContain('elsewhere');
  });

  it('whoever was taken over stops, and can write nothing more', async () => {
    const lock = await take();
    await take({ from: other, machine: TWO, isTakeover: true });
    const before = await tip();
    await expect(lock.verifyHeld()).rejects.toThrow(refused('LEDGER_NOT_WRITABLE', 'taken over'));
    lock.journal.append({ type: 'started', change: '0123456789' });
    await expect(lock.push('more')).rejects.toThrow(refused('LEDGER_NOT_WRITABLE'));
    expect(await tip()).toBe(before);
  });

  it('whoever finds the branch gone stops', async () => {
    const lock = await take();
    await remote.call('update-ref', '-d', 'refs/heads/ledger');
    await expect(lock.verifyHeld()).rejects.toThrow(refused('LEDGER_NOT_WRITABLE'));
  });

  it('whatever the git remote refuses is told with its words', async () => {
    const lock = await take();
    refusePushes('this branch is closed');
    lock.journal.append({ type: 'started', change: '0123456789' });
    const told = await lock.push('more').catch((error: unknown) => error);
    expect(told).toEqual(refused('LEDGER_NOT_WRITABLE'));
    expect(JSON.stringify((told as { problems: unknown }).problems)).toContain('this branch is closed');
  });
});

function refusePushes(why: string): void {
  mkdirSync(path.join(remote.folder, 'hooks'), { recursive: true });
  writeFileSync(path.join(remote.folder, 'hooks/pre-receive'), `#!/bin/sh\necho '${why}' >&2\nexit 1\n`, {
    mode: 0o755,
  });
}

/** Another organisation of the same repository appends to the branch. */
async function writeForeign(): Promise<void> {
  const listing = await remote.call('ls-tree', 'refs/heads/ledger');
  const blob = await remote.callWith('theirs\n', 'hash-object', '-w', '--stdin');
  const tree = await remote.callWith(`100644 blob ${blob.trim()}\tgenesis.json\n`, 'mktree');
  const root = await remote.callWith(`${listing.trim()}\n040000 tree ${tree.trim()}\telsewhere\n`, 'mktree');
  const commit = await remote.call('commit-tree', root.trim(), '-p', 'refs/heads/ledger', '-m', 'elsewhere');
  await remote.call('update-ref', 'refs/heads/ledger', commit.trim());
}
