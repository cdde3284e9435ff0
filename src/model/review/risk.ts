import { effectOf, hasForeignSignOn } from '../change/effect.ts';
import type { ReviewedChange } from './reviewed-change.ts';

/** Kinds of change by what they can cost, riskiest first. */
export const RISK_CLASSES = [
  /** Cannot be undone: deletions. */
  'irreversible',
  /** The account is missing from the source and nobody can say why. */
  'unexplained',
  'suspend',
  /** Lists that only lose people of the classes before. */
  'follows',
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
export function riskOf({ change, moves, follows }: Pick<ReviewedChange, 'change' | 'moves' | 'follows'>): RiskClass {
  const effect = effectOf(change);
  if (effect.fate === 'deleted') return 'irreversible';
  if (effect.isUnexplained) return 'unexplained';
  if (effect.fate === 'suspended') return 'suspend';
  if (follows) return 'follows';
  if (moves.length > 0 || change.reason === 'handed-over') return 'mail';
  if (effect.fate === 'created') return 'create';
  if (effect.newReaders.length + effect.lostReaders.length > 0) return 'mail';
  // A mark where there was none is for this program only; one of another program is lost to that.
  const losesMark = effect.getsKey && change.before.externalAccountId !== null;
  const isSignOn = effect.signOn === 'replaced' || effect.signOn === 'lost' || hasForeignSignOn(effect);
  if (effect.isRenamed || losesMark || isSignOn) return 'identity';
  return effect.fate === 'reactivated' ? 'reactivate' : 'attributes';
}
