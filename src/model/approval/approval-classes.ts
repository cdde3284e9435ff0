import { effectOf } from '../change/effect.ts';
import type { Change } from '../change/change.ts';
import type { ApprovalClass } from './signature-rule.ts';

/** The classes of effects that a plan has, for approval.signatures.rules. */
export function approvalClassesOf(changes: readonly Change[]): ReadonlySet<ApprovalClass> {
  const classes = new Set<ApprovalClass>();
  for (const change of changes) {
    const { fate, isUnexplained, newReaders } = effectOf(change);
    if (fate === 'deleted') classes.add('deletion');
    if (isUnexplained) classes.add('unexplained');
    if (fate !== 'created' && change.sealed) classes.add('ssoKey');
    if (newReaders.length > 0 || change.reason === 'handed-over') classes.add('mailAccess');
  }
  return classes;
}
