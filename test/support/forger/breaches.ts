import { isDerivedFrom } from '../../../src/model/directory/derived-key.ts';
import type { PlanBody } from '../../../src/model/schema/generated/plan.ts';
import type { DesiredAccount } from '../../../src/model/schema/generated/account.ts';
import type { StoredAccount } from '../world/stored-account.ts';

export type Accounts = ReadonlyMap<string, StoredAccount>;

/** What an apply really took away, seen at the target. */
export interface Loss {
  readonly at: number;
  readonly suspended: number;
  /** Zivver id of a functional account → people who no longer read it. */
  readonly members: ReadonlyMap<string, number>;
}

export interface Deed {
  readonly before: Accounts;
  readonly after: Accounts;
  readonly body: PlanBody;
  readonly now: Date;
  /** Of the branch before the plan. */
  readonly baseline: readonly DesiredAccount[];
  /** By earlier applies. */
  readonly losses: readonly Loss[];
  /** Keys of accounts on hold. */
  readonly held: ReadonlySet<string>;
  /** Addresses of protected accounts. */
  readonly guarded: readonly string[];
  /** Finished records. */
  readonly recorded: readonly Recorded[];
}

/** The account that a record names: by its id, or by its address where it says that it does not know the id. */
export interface Recorded {
  readonly zivverId: string | null;
  readonly address: string;
}

interface Pair {
  readonly was: StoredAccount;
  readonly is: StoredAccount | undefined;
}

const HOUR_MS = 3_600_000;
const SPANS = [
  { name: '24 hours', hours: 24, factor: 2 },
  { name: '7 days', hours: 168, factor: 4 },
];
const ATTRIBUTES = ['address', 'fullName', 'mobile', 'division', 'aliases', 'memberIds'] as const;

export function measureLoss({ before, after, now }: Pick<Deed, 'before' | 'after' | 'now'>): Loss {
  const pairs = pairUp(before, after);
  return {
    at: now.getTime(),
    suspended: pairs.filter(isSuspended).length,
    members: new Map(
      pairs.map(({ was, is }) => [was.zivverId, countLost(was, is, after)] as const).filter(([, count]) => count > 0),
    ),
  };
}

/** Worked out from the accounts alone, with the defaults of the README: of every rule that was broken its name. */
export function findBreaches(deed: Deed): string[] {
  const { before, after, baseline, guarded, body } = deed;
  const pairs = pairUp(before, after);
  const keys = new Map(baseline.map(({ key, address }) => [key, address]));
  const addresses = new Set(keys.values());
  const managed = pairs.filter(({ was }) => keys.has(was.externalAccountId ?? '') || addresses.has(was.address));
  const active = managed.filter(({ was }) => was.kind === 'user' && was.active).length;
  const created = [...after.values()].filter(({ zivverId }) => !before.has(zivverId));
  const count = (isOne: (pair: Pair) => boolean): number => pairs.filter(isOne).length;
  const loss = measureLoss(deed);
  const faults: Readonly<Record<string, boolean>> = {
    suspensions: loss.suspended > most(5, 5, active),
    reactivations: count(({ was, is }) => !was.active && is?.active === true) > most(5, 5, active),
    deletions: count(({ is }) => is === undefined) > 0,
    creations: created.length > most(25, 10, before.size),
    readers: pairs.reduce((sum, { was, is }) => sum + countNew(was, is), 0) > most(10, 5, active),
    'members of one account': [...loss.members].some(([id, lost]) => lost > membersAllowed(before.get(id))),
    'erased sign-on':
      count(({ was, is }) => was.active && is?.active === true && was.ssoKey !== null && is.ssoKey === null) >
      most(10, 5, active),
    'sign-on of somebody else': [...after.values()].some(
      (is) => is.ssoKey !== null && is.ssoKey !== before.get(is.zivverId)?.ssoKey && !isOwnSignOn(is),
    ),
    'a protected account': pairs.some(({ was, is }) => guarded.includes(was.address) && isHarmed(was, is)),
    'an account on hold': pairs.some(({ was, is }) => deed.held.has(was.externalAccountId ?? '') && isTouched(was, is)),
    'a managed account under another key': pairs.some(
      ({ was, is }) =>
        is !== undefined && is.externalAccountId !== was.externalAccountId && keys.has(was.externalAccountId ?? ''),
    ),
    'outside the plan': pairs.some(({ was, is }) => isTouched(was, is) && !isTold(was, is, body)),
    'without a record': [...pairs.filter(({ was, is }) => isTouched(was, is)).map(({ was }) => was), ...created].some(
      (account) => !deed.recorded.some((record) => isRecordOf(record, account)),
    ),
  };
  return [
    ...Object.entries(faults).flatMap(([name, isBroken]) => (isBroken ? [name] : [])),
    ...ATTRIBUTES.filter(
      (name) =>
        count(({ was, is }) => is !== undefined && isOther(was, is, name) && !isSuspended({ was, is })) >
        most(10, 20, managed.length),
    ).map((name) => `${name} of many`),
    ...SPANS.flatMap((span) => findLongLosses(span, loss, { deed, active })),
  ];
}

function findLongLosses(
  { name, hours, factor }: (typeof SPANS)[number],
  loss: Loss,
  { deed: { losses, before }, active }: { readonly deed: Deed; readonly active: number },
): string[] {
  const earlier = losses.filter(({ at }) => at > loss.at - hours * HOUR_MS);
  const suspended = earlier.reduce((sum, one) => sum + one.suspended, loss.suspended);
  const isTooMany = loss.suspended > 0 && suspended > factor * most(5, 5, active);
  const emptied = [...loss.members].filter(([id, lost]) => {
    const all = earlier.reduce((sum, { members }) => sum + (members.get(id) ?? 0), lost);
    return all > factor * membersAllowed(before.get(id));
  });
  return [
    ...(isTooMany ? [`suspensions in ${name}`] : []),
    ...(emptied.length > 0 ? [`members of one account in ${name}`] : []),
  ];
}

function isRecordOf(record: Recorded, { zivverId, address }: StoredAccount): boolean {
  return record.zivverId === null ? record.address === address : record.zivverId === zivverId;
}

function pairUp(before: Accounts, after: Accounts): Pair[] {
  return [...before.values()].map((was) => ({ was, is: after.get(was.zivverId) }));
}

function most(floor: number, share: number, of: number): number {
  return Math.max(floor, Math.floor((of * share) / 100));
}

function membersAllowed(was: StoredAccount | undefined): number {
  return most(3, 50, was?.memberIds.length ?? 0);
}

function isSuspended({ was, is }: Pair): boolean {
  return was.kind === 'user' && was.active && is?.active === false;
}

/** Members whose account is gone are nobody's loss. */
function countLost(was: StoredAccount, is: StoredAccount | undefined, after: Accounts): number {
  return was.memberIds.filter((id) => after.has(id) && is?.memberIds.includes(id) !== true).length;
}

function countNew(was: StoredAccount, is: StoredAccount | undefined): number {
  const had = new Set([...was.delegates, ...was.memberIds]);
  return [...(is?.delegates ?? []), ...(is?.memberIds ?? [])].filter((one) => !had.has(one)).length;
}

function isOther(was: StoredAccount, is: StoredAccount, name: keyof StoredAccount): boolean {
  return JSON.stringify(sortedList(was[name])) !== JSON.stringify(sortedList(is[name]));
}

function sortedList(value: StoredAccount[keyof StoredAccount]): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}

function isOwnSignOn({ externalAccountId, ssoKey }: StoredAccount): boolean {
  return externalAccountId !== null && ssoKey !== null && isDerivedFrom(externalAccountId, ssoKey);
}

/** Delegates follow renames of others by themselves, and who they belong to is known to the simulation only. */
function isTouched(was: StoredAccount, is: StoredAccount | undefined): boolean {
  const shown = (one: StoredAccount | undefined): string =>
    JSON.stringify({ ...one, delegates: [], owner: null, aliases: sortedList(one?.aliases ?? []) });
  return shown(was) !== shown(is);
}

/** Every attribute that is other than before stands in the change of its account, with this value. */
function isTold(was: StoredAccount, is: StoredAccount | undefined, body: PlanBody): boolean {
  const change = body.changes.find(({ zivverId }) => zivverId === was.zivverId);
  if (change === undefined) return false;
  if (is === undefined) return change.action === 'delete';
  const after: Readonly<Record<string, unknown>> = { ...change.after };
  return ([...ATTRIBUTES, 'active', 'externalAccountId'] as const).every((name) => {
    if (!isOther(was, is, name)) return true;
    if (name === 'memberIds') return after['members'] !== undefined;
    const told = after[name];
    return name === 'aliases' && Array.isArray(told)
      ? is.aliases.every((alias) => told.includes(alias) || was.aliases.includes(alias))
      : told === is[name];
  });
}

function isHarmed(was: StoredAccount, is: StoredAccount | undefined): boolean {
  return (
    is === undefined ||
    (was.active && !is.active) ||
    is.address !== was.address ||
    (was.kind === 'user' && countNew(was, is) > 0)
  );
}
