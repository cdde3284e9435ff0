import { describe, expect, it } from 'vitest';
import type { AccountWriter, TargetProblem, UserWrite } from '../../../../src/model/account/target.ts';
import { confirmOutcomes } from '../../../../src/operations/apply/confirm.ts';
import { LiveTarget } from '../../../../src/operations/apply/live-target.ts';
import { assessChanges, replayPlan, type ReplayEvent } from '../../../../src/operations/apply/replay.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { buildPlanFile } from '../../../../src/model/plan/plan-file.ts';
import { addressOf } from '../../../support/account-builder.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildPlan,
  buildSuspension,
} from '../../../support/plan-builder.ts';
import { MemoryZivver } from '../../../support/world/memory-zivver.ts';
import { approve } from '../../../support/world/reconciliation.ts';

const UNKNOWN: TargetProblem = {
  cause: 'unavailable',
  delivery: 'unknown',
  status: null,
  what: 'no answer',
  cure: 'Wait.',
};
const REFUSED: TargetProblem = { ...UNKNOWN, cause: 'key-refused', delivery: 'refused', status: 401 };

function startZivver(...names: string[]): MemoryZivver {
  const zivver = new MemoryZivver({
    claimedDomains: ['company.org'],
    returnsExternalIds: true,
    delegatesFollow: false,
  });
  for (const name of names)
    zivver.createUser({ address: addressOf(name), fullName: name, externalAccountId: `key of ${name}` });
  return zivver;
}

function idOf(zivver: MemoryZivver, name: string): string {
  return zivver.holderOf(addressOf(name))?.zivverId ?? '';
}

function rename(zivver: MemoryZivver, name: string): Change {
  const zivverId = idOf(zivver, name);
  return buildChange({
    address: addressOf(name),
    zivverId,
    before: { fullName: name },
    after: { fullName: `${name} 2` },
  });
}

interface Run {
  readonly writer?: Partial<AccountWriter>;
  readonly now?: () => number;
  readonly signal?: AbortSignal;
  readonly verifyHeld?: () => Promise<void>;
  readonly ssoKeys?: ReadonlyMap<string, string>;
  readonly onEvent?: (event: ReplayEvent) => void;
}

async function replay(zivver: MemoryZivver, changes: readonly Change[], run: Run = {}) {
  const target = new LiveTarget(zivver.reader, run.now ?? (() => 0));
  await target.refresh();
  const plan = approve(buildPlanFile(buildPlan({ changes: [...changes] }).body));
  const context = {
    target,
    writer: { ...zivver.writer, ...run.writer },
    ssoKeys: run.ssoKeys ?? new Map<string, string>(),
    signal: run.signal ?? new AbortController().signal,
    verifyHeld: run.verifyHeld ?? (async () => undefined),
  };
  const outcomes = [];
  for await (const event of replayPlan(plan, assessChanges(changes, target), context)) {
    run.onEvent?.(event);
    if (event.type === 'finished') outcomes.push(event.outcome);
  }
  return { outcomes, statuses: outcomes.map(({ status }) => status), target };
}

describe('a lost reply', () => {
  const creation = buildCreation(
    addressOf('anna'),
    { fullName: 'anna', externalAccountId: 'key of anna' },
    { key: 'key of anna' },
  );

  it.each([
    ['after the account was created', true, ['adopted'], 1],
    ['before anything was created', false, ['applied'], 2],
  ])('to a creation, %s, creates one account', async (_case, isApplied, statuses, requests) => {
    const zivver = startZivver();
    let sent = 0;
    const createUser = async (write: UserWrite) => {
      sent += 1;
      if (sent > 1) return zivver.writer.createUser(write);
      if (isApplied) await zivver.writer.createUser(write);
      return { ok: false as const, problem: UNKNOWN };
    };
    expect((await replay(zivver, [creation], { writer: { createUser } })).statuses).toEqual(statuses);
    expect([zivver.accounts.size, sent]).toEqual([1, isApplied ? 1 : requests]);
  });

  it('to an update or a deletion that was done is a success', async () => {
    const zivver = startZivver('anna', 'bas');
    const writer: Partial<AccountWriter> = {
      updateUser: async (existing, write) => {
        await zivver.writer.updateUser(existing, write);
        return { ok: false, problem: UNKNOWN };
      },
      deleteAccount: async (kind, id) => {
        await zivver.writer.deleteAccount(kind, id);
        return { ok: false, problem: UNKNOWN };
      },
    };
    const deletion = buildDeletion(addressOf('bas'), { zivverId: idOf(zivver, 'bas'), fullName: 'bas' });
    expect((await replay(zivver, [rename(zivver, 'anna'), deletion], { writer })).statuses).toEqual([
      'adopted',
      'adopted',
    ]);
  });

  it('to a single sign-on key, which nobody can see, is followed by another request', async () => {
    const zivver = startZivver('anna');
    let sent = 0;
    const updateUser: AccountWriter['updateUser'] = async (existing, write) => {
      sent += 1;
      return sent > 1 ? zivver.writer.updateUser(existing, write) : { ok: false, problem: UNKNOWN };
    };
    const making = { before: { signOnKey: 'objectGUID as base64' }, after: { signOnKey: 'objectGUID as guid' } };
    const zivverId = idOf(zivver, 'anna');
    const change = buildChange({ address: addressOf('anna'), zivverId, ...making, reason: 'sign-on', sealed: true });
    const ssoKeys = new Map([[change.id, 'the new one']]);
    const { statuses } = await replay(zivver, [change], { writer: { updateUser }, ssoKeys });
    expect([statuses, sent, zivver.accounts.get(zivverId)?.ssoKey]).toEqual([['applied'], 2, 'the new one']);
    // Nor can an apply that begins anew see that it is there.
    expect((await replay(zivver, [change], { ssoKeys })).statuses).toEqual(['applied']);
  });

  it('that never comes ends in a failure after three requests', async () => {
    const zivver = startZivver('anna');
    let sent = 0;
    const updateUser = async () => {
      sent += 1;
      return { ok: false as const, problem: UNKNOWN };
    };
    expect((await replay(zivver, [rename(zivver, 'anna')], { writer: { updateUser } })).statuses).toEqual(['failed']);
    expect(sent).toBe(3);
  });
});

describe('replayPlan', () => {
  it('does not take a 200 for a result', async () => {
    const zivver = startZivver('anna');
    const updateUser: AccountWriter['updateUser'] = async (existing) => ({ ok: true, account: existing });
    expect((await replay(zivver, [rename(zivver, 'anna')], { writer: { updateUser } })).statuses).toEqual(['failed']);
  });

  it('goes on with the others when one account is refused', async () => {
    const zivver = startZivver('anna', 'bas');
    const taken = buildChange({
      address: addressOf('anna'),
      zivverId: idOf(zivver, 'anna'),
      before: { address: addressOf('anna') },
      after: { address: 'anna@unclaimed.net' },
    });
    expect((await replay(zivver, [taken, rename(zivver, 'bas')])).statuses.sort()).toEqual(['applied', 'failed']);
  });

  it('sends nothing more when the key is refused', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `p${index}`);
    const zivver = startZivver(...names);
    let sent = 0;
    const updateUser = async () => {
      sent += 1;
      return { ok: false as const, problem: REFUSED };
    };
    const { statuses } = await replay(
      zivver,
      names.map((name) => rename(zivver, name)),
      { writer: { updateUser } },
    );
    expect(sent).toBeLessThanOrEqual(10);
    expect(statuses.length).toBe(25);
    expect(new Set(statuses)).toEqual(new Set(['failed', 'skipped']));
  });

  it.each([
    [3, 'applied'],
    [4, 'skipped'],
  ])('after %i failures a suspension is %s', async (failures, status) => {
    const names = Array.from({ length: failures }, (_, index) => `p${index}`);
    const zivver = startZivver(...names, 'anna');
    const suspension = buildSuspension(addressOf('anna'), { zivverId: idOf(zivver, 'anna') });
    const updateUser: AccountWriter['updateUser'] = async (existing, write) =>
      write.active === undefined
        ? { ok: false, problem: { ...UNKNOWN, delivery: 'refused' } }
        : zivver.writer.updateUser(existing, write);
    const changes = [...names.map((name) => rename(zivver, name)), suspension];
    expect((await replay(zivver, changes, { writer: { updateUser } })).statuses.at(-1)).toBe(status);
  });

  it.each([
    ['4 that no longer fit', 'conflicted', 'skipped'],
    ['4 that were done already', 'already-applied', 'applied'],
  ])('after %s a suspension is counted with them, and told as well', async (_what, settled, status) => {
    const names = Array.from({ length: 4 }, (_, index) => `p${index}`);
    const zivver = startZivver(...names, 'anna');
    const changes = names.map((name) => rename(zivver, name));
    for (const name of names) {
      const account = zivver.holderOf(addressOf(name));
      if (account) account.fullName = settled === 'conflicted' ? 'by hand' : `${name} 2`;
    }
    const suspension = buildSuspension(addressOf('anna'), { zivverId: idOf(zivver, 'anna') });
    const { statuses } = await replay(zivver, [...changes, suspension]);
    expect(statuses).toEqual([settled, settled, settled, settled, status]);
  });

  it('suspends after failures that are few among many changes', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `p${index + 10}`);
    const zivver = startZivver(...names, 'anna');
    const changes = names.map((name) => rename(zivver, name));
    for (const name of names.slice(0, 5)) zivver.accounts.delete(idOf(zivver, name));
    const suspension = buildSuspension(addressOf('anna'), { zivverId: idOf(zivver, 'anna') });
    const few = await replay(zivver, [...changes, suspension]);
    expect(few.statuses.at(-1)).toBe('applied');
  });

  it.each([
    [3, 'applied'],
    [12, 'skipped'],
  ])('after %i failures a functional account that would be emptied is %s', async (failures, status) => {
    const names = Array.from({ length: failures }, (_, index) => `p${index}`);
    const zivver = startZivver(...names, 'anna');
    const box = zivver.createFunctional({ address: addressOf('zz-info'), fullName: 'Info' });
    if (!('account' in box)) throw new Error('was not created');
    box.account.memberIds = [idOf(zivver, 'anna')];
    const emptied = buildChange({
      address: addressOf('zz-info'),
      kind: 'functional',
      zivverId: box.account.zivverId,
      reason: 'disabled',
      before: { members: [addressOf('anna')] },
      after: { members: [] },
    });
    const updateUser: AccountWriter['updateUser'] = async () => ({
      ok: false,
      problem: { ...UNKNOWN, delivery: 'refused' },
    });
    const changes = [...names.map((name) => rename(zivver, name)), emptied];
    const { statuses } = await replay(zivver, changes, { writer: { updateUser } });
    expect(statuses.filter((one) => one !== 'failed')).toEqual([status]);
  });

  it('finishes what is under way when it is interrupted, and begins nothing more', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `p${index}`);
    const zivver = startZivver(...names);
    const controller = new AbortController();
    const onEvent = ({ type }: ReplayEvent): void => {
      if (type === 'started') controller.abort();
    };
    const { statuses } = await replay(
      zivver,
      names.map((name) => rename(zivver, name)),
      { signal: controller.signal, onEvent },
    );
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 'applied'));
    expect(zivver.applied.length).toBe(10);
  });

  it('gives the SSO key to every write that would erase it, and to no other', async () => {
    const zivver = startZivver('anna');
    const zivverId = idOf(zivver, 'anna');
    const alias = buildChange({
      address: addressOf('anna'),
      zivverId,
      before: { aliases: [] },
      after: { aliases: [addressOf('a')] },
      sealed: true,
    });
    await replay(zivver, [alias], { ssoKeys: new Map([[alias.id, 'secret']]) });
    expect(zivver.accounts.get(zivverId)?.ssoKey).toBe('secret');
    await replay(zivver, [rename(zivver, 'anna')]);
    expect(zivver.accounts.get(zivverId)?.ssoKey).toBe('secret');
  });

  it('looks again during a long run, and leaves alone what others changed meanwhile', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
    const zivver = startZivver(...names);
    let now = 0;
    const onEvent = ({ type }: ReplayEvent): void => {
      if (type !== 'finished') return;
      now += 10 * 60_000;
      const last = zivver.holderOf(addressOf('p9'));
      if (last) last.fullName = last.fullName === 'p9' ? 'by hand' : last.fullName;
    };
    const sorted = names.map((name) => rename(zivver, name)).sort((a, b) => (a.address < b.address ? -1 : 1));
    const { outcomes } = await replay(zivver, sorted, { now: () => now, onEvent });
    expect(outcomes.find(({ change }) => change.address === addressOf('p9'))?.status).toBe('conflicted');
    expect(zivver.holderOf(addressOf('p9'))?.fullName).toBe('by hand');
    expect(outcomes.filter(({ status }) => status === 'applied').length).toBe(11);
    expect(outcomes).toHaveLength(12);
  });
});

describe('a change of several requests', () => {
  const boss = buildCreation(
    addressOf('boss'),
    { fullName: 'boss', externalAccountId: 'key of boss', delegates: [addressOf('bas')] },
    { key: 'key of boss' },
  );

  it('is announced once, and told once all of it is done', async () => {
    const zivver = startZivver('bas');
    const events: string[] = [];
    const { outcomes } = await replay(zivver, [boss], { onEvent: ({ type }) => void events.push(type) });
    expect(events).toEqual(['started', 'finished']);
    const made = zivver.holderOf(addressOf('boss'));
    expect(made).toMatchObject({ delegates: [addressOf('bas')] });
    expect(outcomes).toEqual([{ change: boss, status: 'applied', zivverId: made?.zivverId, detail: null, cure: null }]);
  });

  it('is finished by what is left of it, if an apply was interrupted between them', async () => {
    const zivver = startZivver('bas', 'boss');
    const createUser: AccountWriter['createUser'] = () => Promise.reject(new Error('it is there already'));
    const { outcomes } = await replay(zivver, [boss], { writer: { createUser } });
    expect(zivver.holderOf(addressOf('boss'))).toMatchObject({ delegates: [addressOf('bas')] });
    expect(outcomes).toEqual([
      { change: boss, status: 'adopted', zivverId: idOf(zivver, 'boss'), detail: null, cure: null },
    ]);
  });
});

describe('the outcome of a change', () => {
  it('names its account and the cause of a failure', async () => {
    const zivver = startZivver('anna', 'bas', 'carla');
    const deletion = buildDeletion(addressOf('bas'), { zivverId: idOf(zivver, 'bas'), fullName: 'bas' });
    const own = { ...rename(zivver, 'carla'), key: 'key of carla' } as Change;
    const refuse: AccountWriter['updateUser'] = async (existing, write) =>
      existing.address === addressOf('anna')
        ? { ok: false, problem: { ...UNKNOWN, delivery: 'refused' } }
        : zivver.writer.updateUser(existing, write);
    const changes = [rename(zivver, 'anna'), own, deletion];
    const { outcomes } = await replay(zivver, changes, { writer: { updateUser: refuse } });
    expect(outcomes.map(({ status, zivverId, cause }) => [status, zivverId, cause])).toEqual([
      ['failed', changes[0]?.zivverId, 'unavailable'],
      ['applied', own.zivverId, undefined],
      ['applied', deletion.zivverId, undefined],
    ]);
    expect(zivver.holderOf(addressOf('carla'))?.fullName).toBe('carla 2');
  });

  it('of the rest is that it was not tried, if nobody can see what became of a request', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${index + 10}`);
    const zivver = startZivver(...names);
    const lost = new ReconcileError('TARGET_UNAVAILABLE', 'Zivver is gone', { remedy: 'Wait.' });
    const { reader } = zivver;
    Object.defineProperty(zivver, 'reader', { value: { ...reader, findById: () => Promise.reject(lost) } });
    const updateUser: AccountWriter['updateUser'] = async () => ({ ok: false, problem: UNKNOWN });
    const changes = names.map((name) => rename(zivver, name));
    const { statuses } = await replay(zivver, changes, { writer: { updateUser } });
    expect(statuses.filter((status) => status === 'skipped')).toHaveLength(2);
  });
});

describe('what others change during a long run', () => {
  const names = Array.from({ length: 15 }, (_, index) => `p${index + 10}`);
  const late = names.slice(10);

  it.each([
    ['conflicts, counted as failures: nothing is taken away after them', 'by hand', 'conflicted', 'skipped'],
    ['changes that are done: they are no failures', null, 'already-applied', 'applied'],
  ])('may be %s', async (_what, fullName, settled, suspended) => {
    const zivver = startZivver(...names, 'zoe');
    let now = 0;
    const onEvent = ({ type }: ReplayEvent): void => {
      if (type === 'finished') now += 10 * 60_000;
      for (const name of now > 0 ? late : []) {
        const account = zivver.holderOf(addressOf(name));
        if (account) account.fullName = fullName ?? `${name} 2`;
      }
    };
    const suspension = buildSuspension(addressOf('zoe'), { zivverId: idOf(zivver, 'zoe') });
    const changes = [...names.map((name) => rename(zivver, name)), suspension];
    const { statuses } = await replay(zivver, changes, { now: () => now, onEvent });
    expect(statuses.slice(10)).toEqual([...late.map(() => settled), suspended]);
  });
});

describe('the lists of Zivver', () => {
  /** Thirty renames in three batches, between which so much time passes: how often everything was read. */
  async function countReads(betweenMs: number, fails = false): Promise<{ reads: number; statuses: string[] }> {
    const names = Array.from({ length: 30 }, (_, index) => `p${index + 10}`);
    const zivver = startZivver(...names);
    const { reader } = zivver;
    let reads = 0;
    let now = 0;
    Object.defineProperty(zivver, 'reader', {
      value: {
        ...reader,
        readAccounts: () => {
          reads += 1;
          if (fails && reads > 1)
            return Promise.reject(new ReconcileError('TARGET_UNAVAILABLE', 'Zivver is gone', { remedy: 'Wait.' }));
          return reader.readAccounts();
        },
      },
    });
    const onEvent = ({ type }: ReplayEvent): void => {
      if (type === 'finished') now += betweenMs / 10;
    };
    const changes = names.map((name) => rename(zivver, name));
    const { statuses } = await replay(zivver, changes, { now: () => now, onEvent });
    return { reads, statuses };
  }

  it('are read again once they are older than five minutes, and no sooner', async () => {
    expect((await countReads(2.5 * 60_000)).reads).toBe(1);
    expect((await countReads(2.5 * 60_000 + 10)).reads).toBe(2);
    expect((await countReads(5 * 60_000 + 10)).reads).toBe(3);
  });

  it('that cannot be read any more end the apply: the rest is not tried', async () => {
    const { reads, statuses } = await countReads(6 * 60_000, true);
    expect(reads).toBe(2);
    expect(statuses.filter((one) => one === 'applied')).toHaveLength(10);
    expect(statuses.filter((one) => one === 'skipped')).toHaveLength(20);
  });

  it('are not taken for lost because of a mistake of ours', async () => {
    const zivver = startZivver('anna', 'bas');
    const changes = [rename(zivver, 'anna')];
    let reads = 0;
    let now = 0;
    const { reader } = zivver;
    Object.defineProperty(zivver, 'reader', {
      value: {
        ...reader,
        readAccounts: () => (reads++ === 0 ? reader.readAccounts() : Promise.reject(new TypeError())),
      },
    });
    const time = () => (now += 6 * 60_000);
    await expect(replay(zivver, changes, { now: time })).rejects.toThrow(TypeError);
  });
});

describe('the lock', () => {
  it('is looked at before every batch, and nothing is sent once it is lost', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `p${index + 10}`);
    const zivver = startZivver(...names);
    let looks = 0;
    const lost = new ReconcileError('LEDGER_NOT_WRITABLE', 'taken over', { remedy: 'Look.' });
    const verifyHeld = async (): Promise<void> => {
      looks += 1;
      if (looks === 3) throw lost;
    };
    const changes = names.map((name) => rename(zivver, name));
    await expect(replay(zivver, changes, { verifyHeld })).rejects.toBe(lost);
    expect([looks, zivver.applied.length]).toEqual([3, 20]);
  });
});

describe('confirmOutcomes', () => {
  it('names what a new reading of Zivver does not show', async () => {
    const zivver = startZivver('anna', 'bas', 'carla');
    const deletion = buildDeletion(addressOf('carla'), { zivverId: idOf(zivver, 'carla') });
    const changes = [rename(zivver, 'anna'), rename(zivver, 'bas'), deletion];
    const { outcomes, target } = await replay(zivver, changes);
    expect(await confirmOutcomes(outcomes, target)).toEqual({ unconfirmed: [], unread: null });
    const bas = zivver.holderOf(addressOf('bas'));
    if (bas) bas.fullName = 'bas';
    expect(await confirmOutcomes(outcomes, target)).toEqual({ unconfirmed: [changes[1]?.id], unread: null });
  });

  it('says of a reading that failed that it failed, not what it shows', async () => {
    const zivver = startZivver('anna');
    const changes = [rename(zivver, 'anna')];
    const { outcomes } = await replay(zivver, changes);
    const lost = new ReconcileError('TARGET_UNAVAILABLE', 'Cannot read the users', { remedy: 'Wait.' });
    const reader = { ...zivver.reader, readAccounts: () => Promise.reject(lost) };
    const told = await confirmOutcomes(outcomes, new LiveTarget(reader, () => 0));
    expect(told).toEqual({ unconfirmed: [changes[0]?.id], unread: 'Cannot read the users' });
  });
});

describe('delegates', () => {
  it('are not sent while one of them has no account: Zivver would drop that one without a word', async () => {
    const zivver = startZivver('anna', 'bas');
    const boss = buildChange({
      address: addressOf('anna'),
      zivverId: idOf(zivver, 'anna'),
      before: { delegates: [] },
      after: { delegates: [addressOf('bas'), addressOf('new')] },
    });
    const creation = buildCreation(addressOf('new'), { fullName: 'new' });
    const refuse: Partial<AccountWriter> = {
      createUser: async () => ({ ok: false, problem: { ...REFUSED, cause: 'unavailable', status: 400 } }),
    };
    const first = await replay(zivver, [creation, boss], { writer: refuse });
    expect(first.statuses).toEqual(['failed', 'failed']);
    expect(first.outcomes[1]?.detail).toContain(addressOf('new'));
    expect(zivver.holderOf(addressOf('anna'))).toMatchObject({ delegates: [] });
    expect((await replay(zivver, [creation, boss])).statuses.sort()).toEqual(['applied', 'applied']);
    expect(zivver.holderOf(addressOf('anna'))).toMatchObject({ delegates: [addressOf('bas'), addressOf('new')] });
  });
});
