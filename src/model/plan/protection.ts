import type { ExistingIndex } from '../account/existing-index.ts';
import type { Change } from '../change/change.ts';
import { takesAccess, type Effect } from '../change/effect.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { LimitFinding } from '../schema/generated/plan.ts';

export interface GuardContext {
  readonly configuration: Pick<Configuration, 'limits' | 'overrides' | 'protected' | 'sources' | 'sso'>;
  readonly now: Date;
  /** What Zivver holds, if it was read: protected accounts are then known under all of their addresses. */
  readonly index: Pick<ExistingIndex, 'byId'> | null;
}

export interface ChangeEffect {
  readonly change: Change;
  readonly effect: Effect;
}

/** Protected accounts, under whatever address they have in Zivver; there is no override. */
export function judgeProtected(
  effects: readonly ChangeEffect[],
  { configuration, index }: GuardContext,
): LimitFinding[] {
  const { addresses, administrators } = configuration.protected;
  const guarded = new Set([...addresses, ...administrators]);
  if (guarded.size === 0) return [];
  const touched = effects.filter((one) => isProtectionBroken(one, guarded, index));
  const finding = {
    rule: 'protected' as const,
    subject: null,
    observed: touched.length,
    limit: 0,
    of: guarded.size,
  };
  return [{ ...finding, verdict: touched.length === 0 ? 'within' : 'exceeded' }];
}

function isProtectionBroken(
  { change, effect }: ChangeEffect,
  guarded: ReadonlySet<string>,
  index: GuardContext['index'],
): boolean {
  if (effect.fate === 'created') return false;
  const account = index?.byId(change.zivverId ?? '');
  const own = [change.address, ...effect.gives, ...(account ? [account.address, ...account.aliases] : [])];
  if (!own.some((address) => guarded.has(address))) return false;
  const isOpened = change.kind === 'user' && effect.newReaders.length > 0;
  const isRobbed = effect.gives.some((address) => guarded.has(address));
  return takesAccess(effect) || effect.isEmptied || effect.isRenamed || isOpened || isRobbed;
}
