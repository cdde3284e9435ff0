import type { Change } from '../change/change.ts';
import type { AddressMove } from './address-move.ts';
import type { Difference } from './difference.ts';

export interface ReviewedChange {
  readonly change: Change;
  readonly differences: readonly Difference[];
  readonly moves: readonly AddressMove[];
}
