import { fact } from '../facts/fact.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { buildChange, type Change, type ChangeContent } from '../change/change.ts';
import { claimable } from '../desired/list-desired.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { LimitFinding, PlanBody } from '../schema/generated/plan.ts';
import type { OpenDraft } from '../settle/open-list.ts';
import { draftOfChange } from '../settle/draft-of-change.ts';
import { isNewAccess } from '../settle/open-list.ts';
import { judge, limitOf } from './limit-verdict.ts';

/** An account leaves because its own key says so; nothing that is open elsewhere can make that wrong. */
export function isOwnEvidence({ action, reason }: Pick<Change, 'action' | 'reason'>): boolean {
  return action === 'suspend' && (reason === 'disabled' || reason === 'expired' || reason === 'deleted');
}

/** Accounts newly left open although the source does not give them to anybody; a first plan manages nobody yet. */
export function judgeOpenAccess(
  { open, existing, bootstrap }: Pick<PlanBody, 'open' | 'existing' | 'bootstrap'>,
  { limits, overrides }: Pick<Configuration, 'limits' | 'overrides'>,
  now: Date,
): LimitFinding {
  const of = existing.activeManaged;
  const limit = bootstrap ? null : limitOf(limits.openAccess, of);
  const observed = open.filter(isNewAccess).length;
  return judge({ rule: 'openAccess', subject: null, observed, limit, of }, overrides, now);
}

/** Suspensions on an account's own evidence need not wait for what is open elsewhere. */
export function toldAsReduced(
  finding: LimitFinding,
  changes: readonly Pick<Change, 'action' | 'reason'>[],
): LimitFinding {
  const isReduced = finding.verdict === 'exceeded' && changes.every(isOwnEvidence);
  return isReduced ? { ...finding, verdict: 'reduced' } : finding;
}

export interface Reduced {
  readonly changes: readonly Change[];
  readonly desired: readonly DesiredAccount[];
  /** The changes that wait. */
  readonly open: readonly OpenDraft[];
}

/** Too many accounts are newly left open: what remains of a plan, until people have seen them and merged it. */
export function reduceToOwnEvidence(
  changes: readonly Change[],
  baseline: readonly DesiredAccount[],
  { observed, limit }: { readonly observed: number; readonly limit: number },
): Reduced {
  const kept = changes.filter(isOwnEvidence).map(onlySuspension);
  const suspended = new Set(kept.flatMap(({ key }) => key ?? []));
  const detail = fact('waits-for-open', { observed, limit });
  return {
    changes: kept,
    desired: baseline.map((account) =>
      account.kind === 'user' && suspended.has(account.key) ? claimable({ ...account, active: false }, null) : account,
    ),
    open: changes
      .filter((change) => !isOwnEvidence(change))
      .map((change) => draftOfChange(change, { reason: 'waiting', detail })),
  };
}

function onlySuspension({ id: _id, ...change }: Change): Change {
  return buildChange({ ...change, before: { active: true }, after: { active: false }, sealed: false } as ChangeContent);
}
