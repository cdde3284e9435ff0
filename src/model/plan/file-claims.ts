import { formatCanonicalJson } from '../canonical.ts';
import { effectOf } from '../change/effect.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { isCountRule } from '../configuration/limit-rules.ts';
import { ReconcileError, type Problem } from '../errors.ts';
import type { LimitFinding, PlanBody } from '../schema/generated/plan.ts';
import { DERIVED_ADVICE, deriveAdvice } from './advice.ts';
import { evaluateGuards } from './guards.ts';
import { judge } from './limit-verdict.ts';
import { findOpenFileClaims } from './open-claims.ts';
import { findExclusionClaims } from './exclusion-claims.ts';
import { countKinds } from '../desired/count-kinds.ts';

export interface FileClaims {
  readonly body: PlanBody;
  readonly configuration: Configuration;
  /** As the plan rendered them: path below desired/<organisation>/ → blob id. */
  readonly desired: ReadonlyMap<string, string>;
}

/** What a plan says of itself although its changes, its files and organisation.yaml say otherwise. Pure. */
export function findFalseClaims({ body, configuration, desired }: FileClaims): string[] {
  const kinds = countKinds(desired.keys());
  const life = Date.parse(body.expiresAt) - Date.parse(body.createdAt);
  return [
    ...(life === configuration.expiresAfterHours * 3_600_000
      ? []
      : ['expiresAt is not createdAt and plan.expiresAfter']),
    ...(body.sso === configuration.sso.enabled ? [] : ['sso is not what organisation.yaml says']),
    ...(body.desired.users === kinds.users && body.desired.functional === kinds.functional
      ? []
      : ['the desired accounts are counted wrongly']),
    ...(body.bootstrap && body.changes.some((change) => !ALIGNS.has(effectOf(change).fate))
      ? ['a first plan creates and adopts only']
      : []),
    ...findOpenFileClaims(body, desired),
    ...findExclusionClaims(body, configuration),
    ...findSourceClaims(body, configuration),
    ...findLimitClaims(body, configuration),
    ...findAdviceClaims(body, configuration),
  ];
}

/** Throws PLAN_CLAIM_FALSE (29) with all of them. */
export function refuseFalseClaims(claims: readonly string[], where: string): void {
  if (claims.length === 0) return;
  const problems: Problem[] = claims.map((what) => ({ where, what }));
  throw new ReconcileError('PLAN_CLAIM_FALSE', 'The plan says of itself what is not so', {
    remedy: 'Discard this plan and make a new one with: zivver-gitops plan; find out who wrote it.',
    problems,
  });
}

const ALIGNS: ReadonlySet<string> = new Set(['created', 'updated']);

/** Only a rollback asks no source. */
function findSourceClaims({ source, changes }: PlanBody, { sources }: Configuration): string[] {
  const isRollback = source.length === 0 && changes.every(({ reason }) => reason === 'rollback');
  const named = source.map(({ name }) => name).join('\n');
  return isRollback || named === sources.map(({ name }) => name).join('\n')
    ? []
    : ['the sources are not those of organisation.yaml'];
}

/** What a plan must warn of by its changes and organisation.yaml; a rollback brings nothing of the kind. */
function findAdviceClaims({ notes, changes, source }: PlanBody, configuration: Configuration): string[] {
  const derived = source.length === 0 ? [] : deriveAdvice(changes, configuration);
  const told = notes.filter(({ says }) => DERIVED_ADVICE.has(says));
  return formatCanonicalJson(told) === formatCanonicalJson(derived)
    ? []
    : ['its notes on deletions and single sign-on keys are not what the changes and organisation.yaml give'];
}

/** The table of limits as it must be: what follows from the changes, then what only the planner could see. */
function findLimitClaims(body: PlanBody, configuration: Configuration): string[] {
  const now = new Date(body.createdAt);
  const derived = evaluateGuards(body, { configuration, now, index: null });
  const seen = body.limits.slice(derived.length);
  const isRight =
    formatCanonicalJson(body.limits.slice(0, derived.length)) === formatCanonicalJson(derived) &&
    seen.every((finding) => isSeen(finding, configuration, now)) &&
    seen.filter(({ rule }) => rule === 'administrators').length ===
      Math.min(configuration.protected.administrators.length, 1);
  return isRight ? [] : ['the table of limits is not what the changes and organisation.yaml give'];
}

function isSeen(
  finding: LimitFinding,
  { overrides, protected: { administrators } }: Configuration,
  now: Date,
): boolean {
  const { rule, subject, observed, limit, of } = finding;
  if (isCountRule(rule) || rule === 'protected') return false;
  if (rule === 'administrators') return subject === null && limit === 0 && of === administrators.length;
  const isForm = rule === 'emptyAttribute' ? subject !== null && limit === 0 : subject === null && limit === 1;
  const judged = judge({ rule, subject, observed, limit, of }, overrides, now);
  return isForm && formatCanonicalJson(judged) === formatCanonicalJson(finding);
}
