import type { Action } from '../schema/generated/plan.ts';
import type { AccountAttributes, Change } from './change.ts';

/** Every write of the zivver extension of an SSO user must carry the key, or Zivver erases it (zivver-api.md §5). */
export function needsSsoKey(kind: Change['kind'], action: Action, after: AccountAttributes): boolean {
  if (kind !== 'user' || action === 'delete') return false;
  if (action === 'create' || action === 'reactivate') return true;
  return after.aliases !== undefined || after.delegates !== undefined || after.externalAccountId !== undefined;
}
