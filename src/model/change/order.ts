import type { Change } from './change.ts';
import { effectOf, type Effect } from './effect.ts';
import { buildReleases, contestedAddresses, isWhole, orderReleases } from './release.ts';
import type { ScheduledWrite } from './scheduled-write.ts';

/** Requests that do not depend on each other. A step begins when the one before it has ended. */
export interface ReplayStep {
  readonly name:
    | 'release'
    | 'create users'
    | 'create functional accounts'
    | 'update'
    | 'reactivate'
    | 'delegates'
    | 'suspend'
    | 'delete';
  readonly writes: readonly ScheduledWrite[];
}

/** The order of replay (ARCHITECTURE.md, "Order of replay"). The result depends on the changes alone. */
export function scheduleWrites(changes: readonly Change[]): ReplayStep[] {
  const contested = contestedAddresses(changes);
  const releases = changes.flatMap((change) => buildReleases(change, contested));
  const released = new Map(releases.map((write) => [write.change.id, write]));
  const arriving = arrivingAddresses(changes, released);
  const rest = changes.filter((change) => !isWhole(change, released.get(change.id)));
  const of = (fate: Effect['fate'], kind?: Change['kind']): Change[] =>
    rest.filter((change) => effectOf(change).fate === fate && (kind === undefined || change.kind === kind));
  const steps: ReplayStep[] = [
    ...orderReleases(releases).map((writes) => ({ name: 'release' as const, writes })),
    { name: 'create users', writes: buildFirst(of('created', 'user'), 'create', arriving) },
    { name: 'create functional accounts', writes: buildFirst(of('created', 'functional'), 'create', arriving) },
    { name: 'update', writes: buildFirst(of('updated'), 'main', arriving) },
    { name: 'reactivate', writes: buildFirst(of('reactivated'), 'main', arriving) },
    { name: 'delegates', writes: rest.flatMap((change) => buildDelegates(change, arriving)) },
    { name: 'suspend', writes: buildFirst(of('suspended'), 'main', arriving) },
    { name: 'delete', writes: of('deleted').map((change) => ({ change, part: 'delete', attributes: {} })) },
  ];
  return steps.filter(({ writes }) => writes.length > 0);
}

/** Changes in the order of their steps; a creation by the step in which the account appears. */
export function orderChanges(changes: readonly Change[]): Change[] {
  const sorted = [...changes].sort(
    (a, b) => compare(b.kind, a.kind) || compare(a.address, b.address) || compare(a.id, b.id),
  );
  const place = new Map<string, number>();
  scheduleWrites(sorted).forEach(({ writes }, step) =>
    writes.forEach(({ change, part }) => {
      if (part !== 'delegates' || change.action !== 'create') place.set(change.id, step);
    }),
  );
  return sorted.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

/** New addresses that existing accounts get in the steps `update` and `reactivate`. */
function arrivingAddresses(changes: readonly Change[], released: ReadonlyMap<string, ScheduledWrite>): Set<string> {
  return new Set(
    changes.flatMap(({ id, action, after }) =>
      action === 'create' || released.get(id)?.attributes.address !== undefined ? [] : (after.address ?? []),
    ),
  );
}

/** Everything but delegates that must wait; nothing if that is all. */
function buildFirst(
  changes: readonly Change[],
  part: 'create' | 'main',
  arriving: ReadonlySet<string>,
): ScheduledWrite[] {
  return changes.flatMap((change) => {
    const { delegates: _later, ...others } = change.after;
    const attributes = mustWait(change, arriving) ? others : change.after;
    return Object.keys(attributes).length === 0 ? [] : [{ change, part, attributes }];
  });
}

function buildDelegates(change: Change, arriving: ReadonlySet<string>): ScheduledWrite[] {
  const { delegates } = change.after;
  if (delegates === undefined || !mustWait(change, arriving)) return [];
  return [{ change, part: 'delegates', attributes: { delegates } }];
}

/**
 * Zivver drops delegates that do not exist yet (zivver-api.md §5), so those of new users wait for everybody, others if
 * they name an address that this plan still has to give. Members are sent as ids: they need not wait for renames.
 */
function mustWait({ action, after: { delegates = [] } }: Change, arriving: ReadonlySet<string>): boolean {
  return (action === 'create' && delegates.length > 0) || delegates.some((one) => arriving.has(one));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
