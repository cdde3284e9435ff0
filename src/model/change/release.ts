import type { AccountAttributes, Change } from './change.ts';
import { effectOf, type Effect } from './effect.ts';
import type { ScheduledWrite } from './scheduled-write.ts';

/** Addresses that one change lets go and another takes. What a deletion frees can be taken only by the next plan. */
export function contestedAddresses(changes: readonly Change[]): Set<string> {
  const effects = changes.map(effectOf);
  const released = new Set(effects.flatMap(releasedBy));
  return new Set(effects.flatMap(({ claims }) => claims).filter((address) => released.has(address)));
}

function releasedBy({ fate, gives }: Effect): readonly string[] {
  return fate === 'deleted' ? [] : gives;
}

/**
 * None if the change holds no contested address. Takes nothing from anybody, so that it can go first. A rename may have to
 * wait for another; the aliases it lets go must not, or three accounts could wait for each other in a circle.
 */
export function buildReleases(change: Change, contested: ReadonlySet<string>): ScheduledWrite[] {
  const { before, after } = change;
  const released = releasedBy(effectOf(change)).filter((address) => contested.has(address));
  const renamed = released.filter((address) => address === before.address);
  const aliases = keptAliases(change);
  const part = 'release' as const;
  const rename = {
    ...(after.address === undefined ? {} : { address: after.address }),
    ...(aliases === undefined ? {} : { aliases: aliases.filter((alias) => alias !== after.address) }),
  };
  return [
    ...(released.length > renamed.length ? [{ change, part, attributes: { aliases: aliases ?? [] } }] : []),
    ...(renamed.length > 0 ? [{ change, part, attributes: rename }] : []),
  ];
}

/** What stays of the aliases that the account has, its new address among them. */
function keptAliases({ before, after }: Change): string[] | undefined {
  if (after.aliases === undefined) return undefined;
  const kept = new Set([...after.aliases, after.address]);
  return (before.aliases ?? []).filter((alias) => kept.has(alias));
}

/** Aliases first, if there are any; then renames, each after the rename that frees its new address. Those in a circle go together. */
export function orderReleases(releases: readonly ScheduledWrite[]): ScheduledWrite[][] {
  const aliases = releases.filter(({ attributes }) => attributes.address === undefined);
  const steps = [aliases];
  let waiting = releases.filter(({ attributes }) => attributes.address !== undefined);
  while (waiting.length > 0) {
    const held = new Set(waiting.map(({ change }) => change.before.address));
    const ready = waiting.filter(({ attributes }) => !held.has(attributes.address));
    if (ready.length === 0) return [...steps, waiting];
    steps.push(ready);
    waiting = waiting.filter((write) => !ready.includes(write));
  }
  return steps;
}

/** The release already is everything the change wants. */
export function isWhole(change: Change, release: ScheduledWrite | undefined): boolean {
  if (release === undefined) return false;
  const names = Object.keys(change.after) as (keyof AccountAttributes)[];
  return names.every((name) => JSON.stringify(change.after[name]) === JSON.stringify(release.attributes[name]));
}
