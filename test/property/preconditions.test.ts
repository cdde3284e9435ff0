import { describe, expect, it } from 'vitest';
import type { ExistingAccount } from '../../src/model/account/account.ts';
import { buildPlanFile } from '../../src/model/plan/plan-file.ts';
import { addressOf, existingUser, idFor } from '../support/account-builder.ts';
import { buildChange, buildPlan } from '../support/plan-builder.ts';
import { CHANGES, STATES, TABLE } from '../support/precondition-table.ts';
import { tryTimes } from '../support/trials.ts';
import { MemoryZivver } from '../support/world/memory-zivver.ts';
import type { StoredAccount } from '../support/world/stored-account.ts';
import { replayOnce } from '../support/world/reconciliation.ts';

/** Somebody else, whom the same plan gives another name. */
const other = existingUser('other');
const renaming = buildChange({
  address: addressOf('other'),
  zivverId: idFor('other'),
  before: { fullName: other.fullName },
  after: { fullName: 'Other Name' },
});

const cells = Object.entries(TABLE).flatMap(([action, row]) =>
  Object.entries(row).flatMap(([state, verdict]) =>
    [false, true].map((isAlone) => ({ action, state, verdict, isAlone })),
  ),
);

describe('an apply that finds Zivver in any state', () => {
  it('writes what is ready, nothing that is conflicted, and nothing at all over a stale loss of access', async () => {
    const limits = { id: 'R15', unit: 'cells', goal: cells.length, normal: cells.length } as const;
    await tryTimes(limits, async ({ number, count }) => {
      const { action, state, verdict, isAlone } = cells[number % cells.length]!;
      const change = CHANGES[action]!;
      const zivver = storeAccounts([...STATES[state]!, other]);
      const before = zivver.clone();
      const plan = buildPlanFile(buildPlan({ changes: isAlone ? [change] : [change, renaming] }).body);
      const { outcomes } = await replayOnce({ plan, ssoKeys: new Map() }, zivver);
      const isStale = verdict === 'conflicted' && (action === 'suspend' || action === 'delete');
      const where = `${action} while Zivver is ${state}`;
      const wanted = isStale ? 0 : Number(verdict === 'ready') + Number(!isAlone);
      count('wrong writes', Math.max(0, zivver.applied.length - wanted));
      expect(zivver.applied.length, where).toBe(wanted);
      if (verdict !== 'ready') expectUntouched(zivver, before, where);
      const found = outcomes.find((outcome) => outcome.change === plan.body.changes[0]);
      expect(found?.status, where).toBe(isStale ? undefined : verdict === 'ready' ? 'applied' : verdict);
      if (verdict === 'ready') expectDone(zivver, change, where);
    });
  });
});

/** All accounts but the one that the same plan renames. */
function expectUntouched(zivver: MemoryZivver, before: MemoryZivver, where: string): void {
  const strip = ({ accounts }: MemoryZivver): StoredAccount[] =>
    [...accounts.values()].filter(({ zivverId }) => zivverId !== other.zivverId);
  expect(strip(zivver), where).toEqual(strip(before));
}

function expectDone(zivver: MemoryZivver, change: (typeof CHANGES)[string], where: string): void {
  const account = change.zivverId === null ? zivver.holderOf(change.address) : zivver.accounts.get(change.zivverId);
  if (change.action === 'delete') expect(account, where).toBeUndefined();
  else expect(account, where).toMatchObject(change.after);
}

function storeAccounts(accounts: readonly ExistingAccount[]): MemoryZivver {
  const traits = { claimedDomains: ['company.org'], returnsExternalIds: true, delegatesFollow: false };
  const zivver = new MemoryZivver(traits);
  for (const account of accounts) zivver.accounts.set(account.zivverId, storeAccount(account));
  return zivver;
}

function storeAccount(account: ExistingAccount): StoredAccount {
  const { kind, zivverId, address, fullName, division, externalAccountId } = account;
  const own = account.kind === 'user' ? account : { active: true, delegates: [], mobile: null };
  return {
    ...{ kind, zivverId, address, fullName, division, externalAccountId },
    active: own.active,
    aliases: [...account.aliases],
    delegates: [...own.delegates],
    memberIds: account.kind === 'functional' ? [...account.memberIds] : [],
    mobile: own.mobile,
    ssoKey: null,
    owner: null,
  };
}
