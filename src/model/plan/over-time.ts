import type { Change } from '../change/change.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { isSpannedRule, SPAN_NAMES, SPANS, type Span, type SpannedRule } from '../configuration/limit-rules.ts';
import type { Taken } from '../ledger/taken.ts';
import type { LimitFinding } from '../schema/generated/plan.ts';
import { judge } from './limit-verdict.ts';

export interface OverTimeInput {
  readonly configuration: Pick<Configuration, 'limits' | 'overrides'>;
  readonly now: Date;
  /** By the plans before this one. */
  readonly taken: readonly Taken[];
  readonly changes: readonly Pick<Change, 'zivverId' | 'address'>[];
  /** The limits of this one plan, as they were found. */
  readonly findings: readonly LimitFinding[];
}

/**
 * The same limits over 24 hours and 7 days: what earlier plans took away, and this one together. Told only where earlier plans
 * took something; exceeded only by a plan that takes something away itself. Pure.
 */
export function judgeOverTime(input: OverTimeInput): LimitFinding[] {
  return input.findings.flatMap((finding) =>
    isSpannedRule(finding.rule) ? SPAN_NAMES.flatMap((span) => judgeSpan(finding, span, input)) : [],
  );
}

function judgeSpan(finding: LimitFinding, span: Span, input: OverTimeInput): LimitFinding[] {
  const { subject, of } = finding;
  const rule = finding.rule as SpannedRule;
  const earlier = countEarlier({ rule, subject }, span, input);
  if (earlier === 0) return [];
  const observed = earlier + finding.observed;
  const { limits, overrides } = input.configuration;
  const limit = Math.floor(limits[rule][SPANS[span].factor] * allowedOf(finding));
  const measured = { rule, subject, observed, limit, of, over: { span, earlier } };
  return [finding.observed === 0 ? { ...measured, verdict: 'within' } : judge(measured, overrides, input.now)];
}

/** What people let through by its number in one plan is no more over time. */
function allowedOf({ limit, observed, verdict }: LimitFinding): number {
  return verdict === 'overridden' ? observed : (limit ?? 0);
}

/** Of a rule that counts each account alone, what was taken from the account that has this address. */
function countEarlier(
  { rule, subject }: { readonly rule: SpannedRule; readonly subject: string | null },
  span: Span,
  { taken, changes, now }: OverTimeInput,
): number {
  const since = now.getTime() - SPANS[span].hours * 3_600_000;
  const zivverId = changes.find(({ address }) => address === subject)?.zivverId;
  const isCounted = (one: Taken): boolean => one.at > since && (subject === null || one.zivverId === zivverId);
  return taken.filter(isCounted).reduce((sum, { counts }) => sum + (counts[rule] ?? 0), 0);
}
