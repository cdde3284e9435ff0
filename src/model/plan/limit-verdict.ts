import type { CountLimit } from '../configuration/limit-rules.ts';
import type { LimitOverride } from '../schema/generated/organisation.ts';
import type { LimitFinding } from '../schema/generated/plan.ts';

const OVERRIDE_HOURS = 72;

/** min(max(floor, share % of the population), cap). */
export function limitOf({ floor, share, cap }: CountLimit, population: number): number {
  return Math.min(Math.max(floor, Math.floor(percentOf(share, population))), cap);
}

/** To a millionth: 29 % of 100 is 29, not 28.999999999999996. */
export function percentOf(share: number, population: number): number {
  return Math.round(share * population * 10_000) / 1_000_000;
}

/** Verdict of one finding; an override counts only with exactly the observed number, over time with at most that. */
export function judge(
  finding: Omit<LimitFinding, 'verdict'>,
  overrides: readonly LimitOverride[],
  now: Date,
): LimitFinding {
  const { rule, subject, observed, limit, over } = finding;
  const isWithin = limit === null || (rule === 'sourceFloor' ? observed >= limit : observed <= limit);
  if (isWithin) return { ...finding, verdict: 'within' };
  const lifting = overrides.find(
    (override) =>
      override.rule === rule &&
      override.over === over?.span &&
      (over === undefined ? observed === override.observed : observed <= override.observed) &&
      (override.subject ?? null) === subject &&
      isInForce(override, now),
  );
  if (lifting === undefined) return { ...finding, verdict: 'exceeded' };
  const { reason, expires, by = null } = lifting;
  return { ...finding, override: { reason, expires, by }, verdict: 'overridden' };
}

function isInForce({ expires }: LimitOverride, now: Date): boolean {
  const left = Date.parse(expires) - now.getTime();
  return left > 0 && left <= OVERRIDE_HOURS * 3_600_000;
}
