import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Change } from './change.ts';

/**
 * Who gets which address in a plan. Plans name members and delegates by the addresses that people have after it: while
 * addresses change hands, only ids tell who is meant.
 */
export interface Renames {
  /** Zivver id → new address. */
  readonly newAddresses: ReadonlyMap<string, string>;
  /** New address → Zivver id. */
  readonly ids: ReadonlyMap<string, string>;
  /** Old address → new address. */
  readonly moves: ReadonlyMap<string, string>;
}

export interface Rename {
  readonly zivverId: string;
  readonly from: string;
  readonly to: string;
}

export function buildRenames(renames: readonly Rename[]): Renames {
  return {
    newAddresses: new Map(renames.map(({ zivverId, to }) => [zivverId, to])),
    ids: new Map(renames.map(({ zivverId, to }) => [to, zivverId])),
    moves: new Map(renames.map(({ from, to }) => [from, to])),
  };
}

export function renamesOf(changes: readonly Pick<Change, 'zivverId' | 'address' | 'after'>[]): Renames {
  return buildRenames(
    changes.flatMap(({ zivverId, address: from, after: { address: to } }) =>
      zivverId === null || to === undefined ? [] : [{ zivverId, from, to }],
    ),
  );
}

/** A list of addresses as it reads after the renames, sorted. */
export function followRenames(addresses: readonly string[], { moves }: Pick<Renames, 'moves'>): string[] {
  return [...new Set(addresses.map((address) => moves.get(address) ?? address))].sort();
}

/** The account that has the address once the plan is applied. */
export function accountNamed(address: string, index: ExistingIndex, renames: Renames): ExistingAccount | undefined {
  const renamed = renames.ids.get(address);
  if (renamed !== undefined) return index.byId(renamed);
  const found = index.byAddress(address);
  return found === undefined || renames.newAddresses.has(found.zivverId) ? undefined : found;
}

/** Old and new addresses of the renames that have not happened yet. */
export function movingAddresses(index: ExistingIndex, { newAddresses }: Renames): Set<string> {
  const moving = new Set<string>();
  for (const [zivverId, to] of newAddresses) {
    const from = index.byId(zivverId)?.address;
    if (from !== undefined && from !== to) moving.add(from).add(to);
  }
  return moving;
}
