import type { Change } from '../change/change.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { OpenAccount, PlanBody } from '../schema/generated/plan.ts';
import type { OpenDraft } from '../settle/open-list.ts';
import { listOpen } from '../settle/open-list.ts';
import { judgeOpenAccess, reduceToOwnEvidence } from './open-access.ts';
import type { PlanInput } from './plan-input.ts';

/** What goes into a plan, and what stays open. */
export interface Access {
  readonly open: OpenAccount[];
  readonly changes: readonly Change[];
  readonly accounts: readonly DesiredAccount[];
}

export interface Deciding extends Omit<Access, 'open'> {
  readonly drafts: readonly OpenDraft[];
  readonly existing: PlanBody['existing'];
}

/** Where too many accounts are newly left open, everything waits but suspensions on an account's own evidence. */
export function decideAccess(input: PlanInput, { drafts, changes, accounts, existing }: Deciding): Access {
  const { configuration, baseline, now, bootstrap } = input;
  const open = listOpen(drafts, baseline.open, now);
  const finding = judgeOpenAccess({ open, existing, bootstrap }, configuration, now);
  if (finding.verdict !== 'exceeded') return { open, changes, accounts };
  const { observed } = finding;
  const reduced = reduceToOwnEvidence(changes, baseline.accounts, { observed, limit: finding.limit ?? 0 });
  const waiting = listOpen(reduced.open, [], now);
  return { open: [...open, ...waiting], changes: reduced.changes, accounts: reduced.desired };
}
