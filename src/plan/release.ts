import type { AccountAttributes, Change } from './change.ts';
import type { ScheduledWrite } from './scheduled-write.ts';

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
export function buildRelease(change: Change, contested: ReadonlySet<string>): ScheduledWrite | undefined {
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
export function orderReleases(releases: readonly ScheduledWrite[], contested: ReadonlySet<string>): ScheduledWrite[][] {
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
export function isWhole(change: Change, release: ScheduledWrite | undefined): boolean {
  if (release === undefined) return false;
  const names = Object.keys(change.after) as (keyof AccountAttributes)[];
  return names.every((name) => JSON.stringify(change.after[name]) === JSON.stringify(release.attributes[name]));
}
