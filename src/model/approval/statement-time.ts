import type { Statement } from '../schema/generated/statement.ts';

export interface JudgedTime {
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly now: Date;
}

/** How far the clocks of two machines may be apart. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * Why an approval cannot be of the moment it says, or null. A rejection counts whatever its clock says: nothing is gained by
 * doubting it.
 */
export function findTimeFault({ at, decision }: Statement, { createdAt, expiresAt, now }: JudgedTime): string | null {
  if (decision === 'reject') return null;
  const moment = Date.parse(at);
  if (Number.isNaN(moment)) return 'names a moment that never was';
  if (moment < Date.parse(createdAt) - CLOCK_TOLERANCE_MS) return `is of ${at}, before the plan was made`;
  if (moment > now.getTime() + CLOCK_TOLERANCE_MS) return `is of ${at}, which has not come yet`;
  if (moment >= Date.parse(expiresAt)) return `is of ${at}, after the plan had expired`;
  return null;
}
