import type { TouchedBefore } from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';
import type { AddressMove } from './address-move.ts';
import type { Difference } from './difference.ts';

export interface ReviewedChange {
  readonly change: Change;
  readonly differences: readonly Difference[];
  readonly moves: readonly AddressMove[];
  /** It only takes people off a list who lose their account in the same plan. */
  readonly follows: boolean;
  /** Of somebody who loses access: addresses whose mail they could read until now. */
  readonly places: readonly string[];
  /** Of somebody who loses access: the plan that changed the account before. */
  readonly touched: TouchedBefore | undefined;
}
