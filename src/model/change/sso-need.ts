import type { Action } from '../schema/generated/plan.ts';
import type { AccountAttributes, Change } from './change.ts';

/** The zivver extension goes as a whole (zivver-api.md §5): these attributes make a write send it. */
export function sendsExtension(kind: Change['kind'], after: AccountAttributes): boolean {
  if (after.aliases !== undefined || after.externalAccountId !== undefined) return true;
  return kind === 'user' && (after.delegates !== undefined || typeof after.signOnKey === 'string');
}

/** Every write of the zivver extension of an SSO user must carry the key, or Zivver erases it (zivver-api.md §5). */
export function needsSsoKey(kind: Change['kind'], action: Action, after: AccountAttributes): boolean {
  if (kind !== 'user' || action === 'delete') return false;
  return action === 'create' || action === 'reactivate' || sendsExtension(kind, after);
}
