import type { DesiredAccount } from '../schema/generated/account.ts';
import type { ShownAttributes } from '../account/attributes-of.ts';
import { buildDeleteChange, buildExistingChange, type Change } from '../change/change.ts';
import type { Explanation } from './evidence.ts';
import type { MissingAccount } from './settlement.ts';

export interface Leaving {
  readonly explanation: Explanation;
  readonly rule: 'suspend' | 'empty' | 'delete';
  /** As it is in Zivver. */
  readonly existing: ShownAttributes;
}

export interface LeftAccount {
  /** None if it has been left already. */
  readonly changes: readonly Change[];
  readonly carried: readonly DesiredAccount[];
}

/** What becomes of an account that its source does not want any more. */
export function leaveAccount(missing: MissingAccount, leaving: Leaving): LeftAccount {
  if (leaving.rule === 'delete') return { changes: [deleteAccount(missing, leaving)], carried: [] };
  return missing.existing.kind === 'user' ? suspendUser(missing, leaving) : emptyFunctional(missing, leaving);
}

function contentOf({ existing, key }: MissingAccount, { explanation }: Leaving) {
  const { kind, zivverId, address, fullName } = existing;
  return { kind, key, zivverId, address, fullName, ...explanation };
}

function deleteAccount(missing: MissingAccount, leaving: Leaving): Change {
  const { address, fullName, active } = leaving.existing;
  return buildDeleteChange({ ...contentOf(missing, leaving), before: { address, fullName, active } });
}

function suspendUser(missing: MissingAccount, leaving: Leaving): LeftAccount {
  const { existing, baseline } = missing;
  const pair = { before: { active: true }, after: { active: false } };
  const suspension = buildExistingChange({ ...contentOf(missing, leaving), sealed: false }, pair);
  const isActive = existing.kind === 'user' && existing.active;
  const file = baseline?.kind === 'user' ? [{ ...baseline, address: existing.address, active: false }] : [];
  return { changes: isActive ? [suspension] : [], carried: file };
}

function emptyFunctional(missing: MissingAccount, leaving: Leaving): LeftAccount {
  const { existing, baseline } = missing;
  const { members } = leaving.existing;
  const pair = { before: { members }, after: { members: [] } };
  const emptying = buildExistingChange({ ...contentOf(missing, leaving), sealed: false }, pair);
  const file = baseline?.kind === 'functional' ? [{ ...baseline, address: existing.address, members: [] }] : [];
  return { changes: members.length > 0 ? [emptying] : [], carried: file };
}
