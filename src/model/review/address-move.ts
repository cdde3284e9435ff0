import type { Change } from '../change/change.ts';
import { effectOf } from '../change/effect.ts';

/** An address or alias that one account gives up and another one takes in the same plan: its mail changes hands. */
export interface AddressMove {
  readonly moved: string;
  /** Addresses of the two accounts, as in Zivver before the apply; for a new account its new address. */
  readonly from: string;
  readonly to: string;
}

/** The moves each change takes part in, by change id. Changes without one are absent. */
export function findAddressMoves(changes: readonly Change[]): ReadonlyMap<string, readonly AddressMove[]> {
  const effects = changes.map((change) => ({ change, ...effectOf(change) }));
  const givers = new Map<string, Change>();
  for (const { change, gives } of effects) for (const address of gives) givers.set(address, change);
  const moves = new Map<string, AddressMove[]>();
  for (const { change: taker, claims } of effects) {
    for (const moved of claims) {
      const giver = givers.get(moved);
      if (giver === undefined || giver === taker) continue;
      const move = { moved, from: giver.address, to: taker.address };
      for (const { id } of [giver, taker]) moves.set(id, [...(moves.get(id) ?? []), move]);
    }
  }
  return moves;
}
