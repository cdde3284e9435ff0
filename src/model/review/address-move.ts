import type { AccountAttributes, Change } from '../schema/generated/plan.ts';

/** An address or alias that one account gives up and another one takes in the same plan: its mail changes hands. */
export interface AddressMove {
  readonly moved: string;
  /** Addresses of the two accounts, as in Zivver before the apply; for a new account its new address. */
  readonly from: string;
  readonly to: string;
}

/** The moves each change takes part in, by change id. Changes without one are absent. */
export function findAddressMoves(changes: readonly Change[]): ReadonlyMap<string, readonly AddressMove[]> {
  const givers = new Map<string, Change>();
  for (const change of changes) for (const address of addressesOnlyIn('before', change)) givers.set(address, change);
  const moves = new Map<string, AddressMove[]>();
  for (const taker of changes) {
    for (const moved of addressesOnlyIn('after', taker)) {
      const giver = givers.get(moved);
      if (giver === undefined || giver === taker) continue;
      const move = { moved, from: giver.address, to: taker.address };
      for (const { id } of [giver, taker]) moves.set(id, [...(moves.get(id) ?? []), move]);
    }
  }
  return moves;
}

function addressesOnlyIn(side: 'before' | 'after', change: Change): readonly string[] {
  const own = addressesOf(change, side);
  if (own.length === 0) return own;
  const other = new Set(addressesOf(change, side === 'before' ? 'after' : 'before'));
  return own.filter((address) => !other.has(address));
}

/** A deleted account gives up its address and a created one takes it, whether or not the attributes name it. */
function addressesOf(change: Change, side: 'before' | 'after'): readonly string[] {
  const attributes: AccountAttributes = change[side];
  const isGone = side === 'after' ? change.action === 'delete' : change.action === 'create';
  if (isGone) return [];
  const whole = change.action === 'delete' || change.action === 'create' ? [change.address] : [];
  const address = attributes.address === undefined ? whole : [attributes.address];
  return [...address, ...(attributes.aliases ?? [])];
}
