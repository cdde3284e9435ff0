import { expect } from 'vitest';
import type { Change } from '../../../src/model/change/change.ts';
import { effectOf } from '../../../src/model/change/effect.ts';
import type { MemoryZivver } from './memory-zivver.ts';
import type { StoredAccount } from './stored-account.ts';
import { CLAIMED_DOMAINS } from './organisation.ts';
import type { Planned, Replayed } from './reconciliation.ts';
import { IN_SCOPE_UNITS } from './evolve.ts';
import { formatGuid } from '../../../src/model/directory/guid.ts';
import { keyOf, type Person } from './staff.ts';
import { findUntrueSentences } from './true-sentences.ts';
import type { Simulation } from './simulation.ts';

export interface Step {
  readonly simulation: Simulation;
  readonly before: MemoryZivver;
  readonly planned: Planned;
  readonly replayed: Replayed;
}

/** What must be true after every apply that nobody disturbed. */
export function expectInvariants(step: Step): void {
  expectAdoptedUntouched(step);
  expectApplied(step);
  expectWritesWithinPlan(step);
  expectOwners(step);
  expectNobodyLosesAccess(step);
  expectDisputesUntouched(step);
  expectLeaversOut(step);
  expectAccounting(step);
  expectTrueReasons(step);
  expectPlacesKept(step);
  expectSsoKeys(step);
}

function expectApplied({ replayed }: Step): void {
  const bad = replayed.outcomes.filter(({ status }) => status !== 'applied');
  expect([...replayed.assessment.stale, ...bad].map(describeOutcome)).toEqual([]);
}

/** Adoption writes nothing; lists of others may follow a rename by themselves. */
function expectAdoptedUntouched({ simulation: { zivver }, before, planned }: Step): void {
  for (const { zivverId } of planned.plan.body.adopted)
    expect({ ...zivver.accounts.get(zivverId), delegates: [], owner: null }).toEqual({
      ...before.accounts.get(zivverId),
      delegates: [],
      owner: null,
    });
}

/** Every difference in Zivver is an attribute of a change, with the value the plan says. */
function expectWritesWithinPlan({ simulation: { zivver }, before, planned, replayed }: Step): void {
  const refused = new Map(
    replayed.outcomes.map(({ change, withoutAliases = [] }) => [change.id, withoutAliases.map(({ alias }) => alias)]),
  );
  const changes = planned.plan.body.changes.map((change) =>
    withoutAliases(change, refused.get(change.id) ?? [], zivver),
  );
  const byId = new Map(changes.map((change) => [change.zivverId ?? change.address, change]));
  expect(byId.size, 'one change per account').toBe(changes.length);
  const ids = new Set([...before.accounts.keys(), ...zivver.accounts.keys()]);
  const surprises = [...ids].flatMap((id) => {
    const was = before.accounts.get(id);
    const is = zivver.accounts.get(id);
    const change = byId.get(id) ?? (was === undefined ? byId.get(is?.address ?? '') : undefined);
    return findSurprises(was, is, change, zivver).map((name) => `${is?.address ?? was?.address}: ${name}`);
  });
  expect(surprises).toEqual([]);
}

/** What was approved, without what Zivver refused. */
function withoutAliases(change: Change, refused: readonly string[], zivver: MemoryZivver): Change {
  const { aliases } = change.after;
  if (refused.length === 0 || aliases === undefined) return change;
  const left = aliases.filter((alias) => !refused.includes(alias));
  const { externalAccountId: _key, ...rest } = change.after;
  const isIdle = change.action === 'update' && left.join() === (change.before.aliases ?? []).join();
  // The key never travels alone: with nothing else left, nothing is sent where Zivver does not show it.
  const after = isIdle && Object.keys(rest).length === 1 && !zivver.traits.returnsExternalIds ? rest : change.after;
  return { ...change, after: { ...after, aliases: left } } as Change;
}

function findSurprises(
  was: StoredAccount | undefined,
  is: StoredAccount | undefined,
  change: Change | undefined,
  zivver: MemoryZivver,
): string[] {
  if (is === undefined) return change?.action === 'delete' ? [] : ['deleted'];
  if (was === undefined) return change?.action === 'create' ? differencesOf(is, change, zivver) : ['created'];
  const touched = new Set(Object.keys(change?.after ?? {}));
  if (touched.has('members')) touched.add('memberIds');
  const names = [
    'address',
    'fullName',
    'active',
    'aliases',
    'memberIds',
    'mobile',
    'division',
    'externalAccountId',
  ] as const;
  const surprises = names.filter(
    (name) => !touched.has(name) && JSON.stringify(was[name]) !== JSON.stringify(is[name]),
  );
  return [...surprises, ...(change ? differencesOf(is, change, zivver) : [])];
}

function differencesOf(is: StoredAccount, { after }: Change, zivver: MemoryZivver): string[] {
  const members = is.memberIds.flatMap((id) => zivver.accounts.get(id)?.address ?? []);
  const now = {
    ...is,
    members: [...new Set(members)].sort(),
    aliases: [...is.aliases].sort(),
    delegates: [...is.delegates].sort(),
  };
  return Object.entries(after)
    .filter(([name, value]) => JSON.stringify(now[name as keyof typeof now]) !== JSON.stringify(value))
    .map(([name]) => `${name} is not as planned`);
}

/** Nobody receives the account of another: mail would follow. */
function expectOwners({ simulation: { zivver }, planned }: Step): void {
  for (const { key, zivverId } of planned.plan.body.changes) {
    const account = zivverId === null ? undefined : zivver.accounts.get(zivverId);
    if (account === undefined || key === null) continue;
    account.owner ??= key;
    expect(account.owner, `the owner of ${account.address}`).toBe(key);
  }
}

/** Worked out from the directory alone, not with the mapping under test. */
function expectNobodyLosesAccess({ simulation, before }: Step): void {
  const suspended = [...before.accounts.values()].filter(({ active, zivverId, kind, owner }) => {
    const isActive = simulation.zivver.accounts.get(zivverId)?.active ?? false;
    const person = simulation.staff.people.find((one) => keyOf(one) === owner);
    return kind === 'user' && active && !isActive && person !== undefined && isInScope(person, simulation);
  });
  expect(suspended.map(({ address }) => address)).toEqual([]);
}

function isInScope(person: Person, { configuration, now }: Simulation): boolean {
  const isSelected = IN_SCOPE_UNITS.includes(person.unit) || configuration.sources.length > 1;
  const domain = person.primary?.split('@')[1] ?? '';
  const isExpired = person.expires !== null && person.expires <= now;
  return isSelected && CLAIMED_DOMAINS.includes(domain) && !person.isDisabled && !isExpired;
}

/** What is open as a whole stays as it is, apart from its delegates, and what only an address of it is about keeps that address. */
function expectDisputesUntouched({ simulation: { zivver }, before, planned }: Step): void {
  const touched = new Set(planned.plan.body.changes.map(({ zivverId }) => zivverId));
  for (const { zivverId, value, address } of planned.plan.body.open) {
    const was = zivverId === null ? undefined : before.accounts.get(zivverId);
    if (was === undefined || value !== null) continue;
    expect(touched.has(zivverId), `a change of the open account ${address}`).toBe(false);
    const is = zivver.accounts.get(was.zivverId);
    expect({ ...is, delegates: [], memberIds: [] }).toEqual({ ...was, delegates: [], memberIds: [] });
  }
}

/** Identity decides leaving: whose own key says that the account must not be used is out, or told as open. */
function expectLeaversOut({ simulation, planned }: Step): void {
  const { zivver, staff, configuration, now } = simulation;
  if (configuration.users.missing === 'keep') return;
  const told = new Set(planned.plan.body.open.map(({ zivverId }) => zivverId));
  const isOut = ({ isDisabled, expires }: Person): boolean => isDisabled || (expires !== null && expires <= now);
  const out = new Set([...staff.people.filter(isOut), ...staff.deleted].map(keyOf));
  const back = new Set(staff.people.filter((person) => !isOut(person)).map(keyOf));
  const managed = new Map(simulation.baseline.accounts.map((account) => [account.key, account.address]));
  const inside = [...zivver.accounts.values()].filter(
    ({ kind, active, owner, zivverId, address }) =>
      kind === 'user' &&
      active &&
      owner !== null &&
      out.has(owner) &&
      !back.has(owner) &&
      managed.get(owner) === address &&
      !told.has(zivverId),
  );
  expect(
    inside.map(({ address }) => address),
    'leavers who can log in, and nothing says so',
  ).toEqual([]);
}

/** No reason says what the directory denies. */
function expectTrueReasons({ simulation: { staff, now }, planned }: Step): void {
  const untrue = planned.plan.body.changes.filter(({ kind, key, reason }) => {
    const person = kind === 'user' ? staff.people.find((one) => keyOf(one) === key) : undefined;
    const isDeleted = staff.deleted.some((one) => keyOf(one) === key);
    switch (kind === 'user' ? reason : null) {
      case 'disabled':
        return person?.isDisabled !== true;
      case 'expired':
        return person === undefined || person.expires === null || person.expires > now;
      case 'deleted':
        return person !== undefined || !isDeleted;
      case 'unexplained':
        return person !== undefined;
      case 'address-removed':
        return person === undefined || showsAddress(person);
      case 'moved':
      case 'filtered':
        return person === undefined || IN_SCOPE_UNITS.includes(person.unit);
      default:
        return false;
    }
  });
  expect(untrue.map(({ reason, address }) => `${address} is not ${reason}`)).toEqual([]);
  expect(findUntrueSentences(planned.plan.body, { staff, now })).toEqual([]);
}

/** Who may not be seen to have an address has one in `mail` at least. */
function showsAddress(person: Person): boolean {
  return person.hides === 'addresses' ? person.primary !== null : isReachable(person);
}

function isReachable({ primary, aliases }: Person): boolean {
  return [primary ?? '', ...aliases].some((address) => CLAIMED_DOMAINS.includes(address.split('@')[1] ?? ''));
}

/** Nobody loses a place in a group that has the person by its own member, whatever the person's entry shows. */
function expectPlacesKept({ simulation, before, planned }: Step): void {
  const { staff } = simulation;
  const lost = planned.plan.body.changes.flatMap((change) => {
    const group = change.kind === 'functional' ? staff.groups.find((one) => keyOf(one) === change.key) : undefined;
    // A group without an address has no account.
    if (group === undefined || group.primary === null) return [];
    return effectOf(change).lostReaders.filter((address) => {
      const owner = [...before.accounts.values()].find((one) => one.address === address)?.owner;
      const person = staff.people.find((one) => keyOf(one) === owner);
      return person?.hides === 'memberships' && person.groups.includes(group) && isInScope(person, simulation);
    });
  });
  expect(lost, 'places lost because memberOf was not shown').toEqual([]);
}

/** Every entry read and every managed account stands in exactly one class. */
function expectAccounting({ planned, simulation }: Step): void {
  const { accounting } = planned.plan.body;
  const sumOf = (classes: typeof accounting.entries): number =>
    Object.values(classes).reduce((sum, one) => sum + one, 0);
  expect(sumOf(accounting.managed), 'managed accounts accounted for').toBe(planned.managed);
  const read = planned.plan.body.source.reduce((sum, { entries }) => sum + entries, 0);
  const groups = planned.mapped.accounts.filter(({ kind }) => kind === 'functional');
  const ofGroups = groups.reduce((sum, { entries = 1 }) => sum + entries, 0);
  const excludedGroups = planned.mapped.excluded.filter(({ exclusion }) => exclusion.subject.includes(',OU=Groups,'));
  expect(sumOf(accounting.entries), `entries of ${simulation.seed} accounted for`).toBe(
    read + ofGroups + excludedGroups.length,
  );
}

/** A write that forgets the key breaks the person's single sign-on (zivver-api.md §5). */
function expectSsoKeys({ simulation: { zivver, configuration, staff }, before, planned }: Step): void {
  if (!configuration.sso.enabled) return;
  const guidOfKey = new Map(staff.people.map((person) => [keyOf(person), person.guid]));
  for (const { kind, key, zivverId, after, action } of planned.plan.body.changes) {
    if (kind !== 'user' || action === 'delete' || action === 'suspend' || key === null) continue;
    const account = zivverId === null ? zivver.holderOf(after.address ?? '') : zivver.accounts.get(zivverId);
    const guid = guidOfKey.get(key);
    if (account === undefined || guid === undefined || account.ssoKey === null) continue;
    expect(account.ssoKey, `the SSO key of ${account.address}`).toBe(
      configuration.sso.keyFormat === 'guid' ? formatGuid(guid) : guid,
    );
  }
  const erased = planned.plan.body.changes.filter(({ kind, after, zivverId, action }: Change) => {
    const account = zivverId === null ? zivver.holderOf(after.address ?? '') : zivver.accounts.get(zivverId);
    const isSent = JSON.stringify(before.accounts.get(zivverId ?? '')) !== JSON.stringify(account);
    const sends = after.externalAccountId !== undefined || after.aliases !== undefined;
    const mustHave = action === 'create' || (isSent && sends);
    return kind === 'user' && mustHave && account !== undefined && account.ssoKey === null;
  });
  expect(
    erased.map(({ address }) => address),
    'without an SSO key',
  ).toEqual([]);
}

function describeOutcome({ change, status, detail }: Replayed['outcomes'][number]): string {
  return `${describeChange(change)}: ${status} ${detail ?? ''}`;
}

export function describeChange({ action, address, before, after }: Change): string {
  return `${action} ${address} ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}
