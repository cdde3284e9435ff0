import { comparePlanNames } from '../../model/plan/plan-name.ts';
import type { Kind } from '../../model/account/account.ts';
import type { Decision } from '../../model/certify/decisions.ts';
import type { DesiredAccount } from '../../model/schema/generated/account.ts';
import { findReadings, type Reading } from './find-readings.ts';
import type { PlanEvent } from './plan-events.ts';

/** One account through all its names. */
export interface AccountHistory {
  readonly kind: Kind;
  readonly key: string | null;
  readonly zivverId: string | null;
  /** The last ones known. */
  readonly address: string;
  readonly fullName: string;
  /** Every other address and alias it ever had, sorted. */
  readonly formerly: readonly string[];
  /** Has a desired file on the branch. */
  readonly isManaged: boolean;
  /** Oldest first. */
  readonly events: readonly PlanEvent[];
  /** No plan ever changed it, whatever is asked for. */
  readonly isUnchanged: boolean;
  /** Whose mail the account could read, and no longer; in the order of the plans. */
  readonly readings: readonly Reading[];
  /** What owners decided at recertifications: about readers of its mail, and about it as a reader. */
  readonly certified: readonly Decision[];
}

/**
 * The accounts that are or were known by an address, an alias, a key, a Zivver id or a name; more than one if an address has
 * passed from one to another, or if people share a name. Renames are followed by key and by Zivver id. Pure.
 */
export function findAccountHistories(
  wanted: string,
  events: readonly PlanEvent[],
  desired: readonly DesiredAccount[],
): AccountHistory[] {
  const sought = wanted.trim().toLowerCase();
  const groups = groupByIdentity(events);
  const keys = new Set(groups.flatMap((group) => group.flatMap(({ change }) => change.key ?? [])));
  const byKey = new Map(desired.map((account) => [account.key, account]));
  const untouched = desired.filter(({ key }) => !keys.has(key)).map((account) => buildHistory([], account));
  const histories = groups.map((group) => buildHistory(group, desiredOf(group, byKey)));
  return [...histories, ...untouched]
    .flatMap((history) => history ?? [])
    .filter((history) => isKnownAs(history, sought))
    .map((history) => ({
      ...history,
      readings: findReadings(new Set([history.address, ...history.formerly]), events),
    }));
}

/** With what owners decided at recertifications: about its readers, and about it as a reader. */
export function addDecisions(history: AccountHistory, decisions: readonly Decision[]): AccountHistory {
  const names = new Set([history.address, ...history.formerly]);
  return { ...history, certified: decisions.filter(({ key, reader }) => key === history.key || names.has(reader)) };
}

/** Events of one account share its key or its Zivver id. */
function groupByIdentity(events: readonly PlanEvent[]): PlanEvent[][] {
  const groups = new Map<string, PlanEvent[]>();
  for (const event of events) {
    const names = identitiesOf(event);
    const known = [...new Set(names.flatMap((name) => groups.get(name) ?? []))];
    const group = [...known, event];
    const all = new Set([...names, ...known.flatMap(identitiesOf)]);
    for (const name of all) groups.set(name, group);
  }
  return [...new Set(groups.values())].map((group) => group.sort(byTime));
}

function identitiesOf({ change, zivverId }: PlanEvent): string[] {
  return [
    ...(change.key === null ? [] : [`key ${change.key}`]),
    ...(zivverId === null ? [] : [`id ${zivverId}`]),
    ...(change.key === null && zivverId === null ? [`address ${change.address}`] : []),
  ];
}

function byTime(a: PlanEvent, b: PlanEvent): number {
  return comparePlanNames(a.plan, b.plan) || (a.at < b.at ? -1 : 1);
}

function desiredOf(
  group: readonly PlanEvent[],
  byKey: ReadonlyMap<string, DesiredAccount>,
): DesiredAccount | undefined {
  return group.map(({ change }) => byKey.get(change.key ?? '')).find((account) => account !== undefined);
}

function buildHistory(events: readonly PlanEvent[], desired: DesiredAccount | undefined): AccountHistory | null {
  const last = events.at(-1)?.change;
  const address = desired?.address ?? last?.after.address ?? last?.address;
  const kind = desired?.kind ?? last?.kind;
  if (address === undefined || kind === undefined) return null;
  const everHad = new Set([...(desired?.aliases ?? []), ...events.flatMap(addressesOf)]);
  everHad.delete(address);
  return {
    kind,
    key: desired?.key ?? last?.key ?? null,
    zivverId: events.findLast(({ zivverId }) => zivverId !== null)?.zivverId ?? null,
    address,
    fullName: desired?.fullName ?? last?.after.fullName ?? last?.fullName ?? '',
    formerly: [...everHad].sort(),
    isManaged: desired !== undefined,
    events,
    isUnchanged: events.length === 0,
    readings: [],
    certified: [],
  };
}

function addressesOf({ change: { address, before, after } }: PlanEvent): string[] {
  return [
    address,
    ...[before, after].flatMap((side) => [...(side.address ? [side.address] : []), ...(side.aliases ?? [])]),
  ];
}

function isKnownAs({ address, formerly, key, zivverId, events, fullName }: AccountHistory, sought: string): boolean {
  if (address === sought || formerly.includes(sought) || key === sought || zivverId === sought) return true;
  return [fullName, ...events.map(({ change }) => change.fullName)].some((name) => name.toLowerCase() === sought);
}
