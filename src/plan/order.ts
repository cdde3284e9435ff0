import type { AccountAttributes, Change } from './change.ts';

/** One request of a change. `release` lets addresses go that another change takes; `main` makes the change complete. */
export interface ScheduledWrite {
  readonly change: Change;
  readonly part: 'release' | 'create' | 'main' | 'delete';
  /** What this request sets. */
  readonly attributes: AccountAttributes;
}

/** Requests that do not depend on each other. A step begins when the one before it has ended. */
export interface ReplayStep {
  readonly name:
    'release' | 'create users' | 'create functional accounts' | 'update' | 'reactivate' | 'suspend' | 'delete';
  readonly writes: readonly ScheduledWrite[];
}

/** The order of replay (design.md §5). The result depends on the changes alone. */
export function scheduleWrites(changes: readonly Change[]): ReplayStep[] {
  const contested = contestedAddresses(changes);
  const releases = changes.flatMap((change) => buildRelease(change, contested) ?? []);
  const released = new Map(releases.map((write) => [write.change.id, write]));
  const rest = changes.filter((change) => !isWhole(change, released.get(change.id)));
  const creates = changes.filter(({ action }) => action === 'create');
  const pick = (action: Change['action']): ScheduledWrite[] =>
    rest
      .filter((change) => change.action === action)
      .map((change) => ({ change, part: 'main', attributes: change.after }));
  const delegated = creates.filter(({ after }) => (after.delegates ?? []).length > 0);
  const steps: ReplayStep[] = [
    ...orderReleases(releases, contested).map((writes) => ({ name: 'release' as const, writes })),
    { name: 'create users', writes: buildCreates(creates, 'user') },
    { name: 'create functional accounts', writes: buildCreates(creates, 'functional') },
    { name: 'update', writes: [...pick('update'), ...delegated.map(buildDelegates)] },
    { name: 'reactivate', writes: pick('reactivate') },
    { name: 'suspend', writes: pick('suspend') },
    {
      name: 'delete',
      writes: changes
        .filter(({ action }) => action === 'delete')
        .map((change) => ({ change, part: 'delete', attributes: {} })),
    },
  ];
  return steps.filter(({ writes }) => writes.length > 0);
}

/** Changes in the order in which their last request is sent; within a step by kind and address. */
export function orderChanges(changes: readonly Change[]): Change[] {
  const sorted = [...changes].sort(
    (a, b) => compare(b.kind, a.kind) || compare(a.address, b.address) || compare(a.id, b.id),
  );
  const place = new Map<string, number>();
  scheduleWrites(sorted).forEach(({ writes }, step) =>
    writes.forEach(({ change, part }) => {
      if (part !== 'main' || change.action !== 'create') place.set(change.id, step);
    }),
  );
  return sorted.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

/** Addresses that one change lets go and another takes. */
export function contestedAddresses(changes: readonly Pick<Change, 'before' | 'after' | 'action'>[]): Set<string> {
  const released = new Set(changes.flatMap(releasedBy));
  return new Set(changes.flatMap(claimedBy).filter((address) => released.has(address)));
}

function releasedBy({ before, after, action }: Pick<Change, 'before' | 'after' | 'action'>): string[] {
  if (action === 'delete') return [];
  const kept = new Set([
    ...(after.aliases ?? before.aliases ?? []),
    ...(after.address === undefined ? [] : [after.address]),
  ]);
  const held = [
    ...(after.aliases === undefined ? [] : (before.aliases ?? [])),
    ...(before.address === undefined ? [] : [before.address]),
  ];
  return held.filter((address) => !kept.has(address));
}

function claimedBy({ before, after }: Pick<Change, 'before' | 'after'>): string[] {
  const held = new Set([...(before.aliases ?? []), ...(before.address === undefined ? [] : [before.address])]);
  const wanted = [...(after.aliases ?? []), ...(after.address === undefined ? [] : [after.address])];
  return wanted.filter((address) => !held.has(address));
}

/** Undefined if the change holds no contested address. Takes nothing from anybody, so that it can go first. */
function buildRelease(change: Change, contested: ReadonlySet<string>): ScheduledWrite | undefined {
  const released = releasedBy(change).filter((address) => contested.has(address));
  if (released.length === 0) return undefined;
  const { before, after } = change;
  const own = new Set([...(before.aliases ?? []), before.address ?? change.address]);
  const aliases = after.aliases?.filter((alias) => own.has(alias) && alias !== after.address);
  const isRename = before.address !== undefined && released.includes(before.address);
  const attributes: AccountAttributes = {
    ...(isRename && after.address !== undefined ? { address: after.address } : {}),
    ...(aliases === undefined
      ? {}
      : { aliases: isRename ? aliases : aliases.filter((alias) => alias !== before.address) }),
  };
  return { change, part: 'release', attributes };
}

/** Aliases first; then renames, each after the rename that frees its new address. */
function orderReleases(releases: readonly ScheduledWrite[], contested: ReadonlySet<string>): ScheduledWrite[][] {
  const steps: ScheduledWrite[][] = [];
  let waiting = [...releases];
  while (waiting.length > 0) {
    const held = new Set(
      waiting.flatMap(({ change, attributes }) =>
        attributes.address === undefined ? [] : (change.before.address ?? []),
      ),
    );
    const ready = waiting.filter(
      ({ attributes }) =>
        attributes.address === undefined || !contested.has(attributes.address) || !held.has(attributes.address),
    );
    const step = steps.length === 0 ? preferAliases(ready) : ready;
    if (step.length === 0) return [...steps, waiting];
    steps.push(step);
    waiting = waiting.filter((write) => !step.includes(write));
  }
  return steps;
}

function preferAliases(ready: readonly ScheduledWrite[]): ScheduledWrite[] {
  const aliases = ready.filter(({ attributes }) => attributes.address === undefined);
  return aliases.length > 0 ? aliases : [...ready];
}

/** The release already is everything the change wants. */
function isWhole(change: Change, release: ScheduledWrite | undefined): boolean {
  if (release === undefined) return false;
  const names = Object.keys(change.after) as (keyof AccountAttributes)[];
  return names.every((name) => JSON.stringify(change.after[name]) === JSON.stringify(release.attributes[name]));
}

/** Delegates come later: Zivver drops those that do not exist yet (zivver-api.md §5). */
function buildCreates(creates: readonly Change[], kind: Change['kind']): ScheduledWrite[] {
  return creates
    .filter((change) => change.kind === kind)
    .map((change) => {
      const { delegates: _later, ...attributes } = change.after;
      return { change, part: 'create', attributes };
    });
}

function buildDelegates(change: Change): ScheduledWrite {
  return { change, part: 'main', attributes: { delegates: change.after.delegates ?? [] } };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
