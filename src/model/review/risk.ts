import { isAccess, type Difference } from './difference.ts';
import type { ReviewedChange } from './reviewed-change.ts';

/** Kinds of change by what they can cost, riskiest first. */
export const RISK_CLASSES = [
  /** Cannot be undone: deletions. */
  'irreversible',
  /** The account is missing from the source and nobody can say why. */
  'unexplained',
  'suspend',
  /** Who reads whose mail: delegates, members, addresses that go from one account to another. */
  'mail',
  /** Who an account is: renames, adoptions, keys. */
  'identity',
  'reactivate',
  'attributes',
  'create',
] as const;

export type RiskClass = (typeof RISK_CLASSES)[number];

/** Classes of which every single change is shown, whatever the length. */
export const DESTRUCTIVE: ReadonlySet<RiskClass> = new Set(['irreversible', 'unexplained', 'suspend']);

/** The riskiest class a change belongs to. */
export function riskOf({ change, differences, moves }: ReviewedChange): RiskClass {
  if (change.action === 'delete' || change.irreversible) return 'irreversible';
  if (change.action === 'create') return moves.length > 0 ? 'mail' : 'create';
  if (change.reason === 'unexplained') return 'unexplained';
  if (change.action === 'suspend' || differences.some(isSuspension)) return 'suspend';
  if (moves.length > 0 || differences.some(isAccess)) return 'mail';
  if (isAboutIdentity(change.reason, differences)) return 'identity';
  return change.action === 'reactivate' ? 'reactivate' : 'attributes';
}

function isSuspension({ attribute, ...values }: Difference): boolean {
  return attribute === 'active' && 'after' in values && values.after === false;
}

function isAboutIdentity(reason: ReviewedChange['change']['reason'], differences: readonly Difference[]): boolean {
  const isNewIdentity = differences.some(
    ({ attribute }) => attribute === 'address' || attribute === 'externalAccountId',
  );
  return isNewIdentity || reason === 'renamed' || reason === 'adopted';
}
