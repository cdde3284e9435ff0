import type { Change } from '../change/change.ts';
import { effectOf, takesAccess } from '../change/effect.ts';

/** What only follows from somebody losing access, so that people can be told the cause and the consequence apart. */
export interface Consequences {
  /** Ids of changes that do nothing but take people off a list who lose their account in the same plan. */
  readonly following: ReadonlySet<string>;
  /** Address of somebody who loses access → addresses whose mail they could read. */
  readonly places: ReadonlyMap<string, readonly string[]>;
}

const LISTS: ReadonlySet<string> = new Set(['members', 'delegates']);

/** A list that loses its last reader is told for itself: nobody reads that mail any more. */
export function findConsequences(changes: readonly Change[]): Consequences {
  const losing = new Set(changes.filter((change) => takesAccess(effectOf(change))).map(({ address }) => address));
  const following = new Set<string>();
  const places = new Map<string, string[]>();
  if (losing.size === 0) return { following, places };
  for (const change of changes) {
    if (change.action !== 'update') continue;
    const { lostReaders, newReaders, isEmptied, touched } = effectOf(change);
    for (const reader of lostReaders)
      if (losing.has(reader)) places.set(reader, [...(places.get(reader) ?? []), change.address]);
    const isOnlyList = change.reason === 'attributes' && touched.every((attribute) => LISTS.has(attribute));
    const isOnlyLoss = newReaders.length === 0 && lostReaders.length > 0 && lostReaders.every((one) => losing.has(one));
    if (isOnlyList && isOnlyLoss && !isEmptied && change.after.externalAccountId === undefined)
      following.add(change.id);
  }
  return { following, places };
}
