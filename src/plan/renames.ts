import type { Change } from './change.ts';

/** Accounts that a plan renames: Zivver id → address before and after. */
export type Renames = ReadonlyMap<string, { readonly before: string; readonly after: string }>;

export function renamesOf(changes: readonly Pick<Change, 'zivverId' | 'before' | 'after'>[]): Renames {
  return new Map(
    changes.flatMap(({ zivverId, before, after }) =>
      zivverId !== null &&
      before.address !== undefined &&
      after.address !== undefined &&
      before.address !== after.address
        ? [[zivverId, { before: before.address, after: after.address }] as const]
        : [],
    ),
  );
}

/** A list of addresses as it reads after the renames, sorted. */
export function followRenames(addresses: readonly string[], renames: Renames): string[] {
  const successors = new Map([...renames.values()].map(({ before, after }) => [before, after]));
  return [...new Set(addresses.map((address) => successors.get(address) ?? address))].sort();
}
