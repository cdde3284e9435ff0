import { effectOf, risksSignOn, type Effect } from '../change/effect.ts';
import { SPANNED_COUNTS } from '../change/takings.ts';
import type { Attribute } from '../change/change.ts';
import { COUNT_RULE_NAMES, COUNT_RULES, type CountLimitRule, type CountRule } from '../configuration/limit-rules.ts';
import type { LimitFinding, PlanBody } from '../schema/generated/plan.ts';
import { isNewAccess } from '../settle/open-list.ts';
import { judge, limitOf, percentOf } from './limit-verdict.ts';
import { toldAsReduced } from './open-access.ts';
import { judgeProtected, type ChangeEffect, type GuardContext } from './protection.ts';

/** What the limits are measured on: a plan's body, before or after it was written. */
export type Guarded = Pick<PlanBody, 'changes' | 'source' | 'existing' | 'bootstrap' | 'open'> & {
  readonly desired: Pick<PlanBody['desired'], 'adopted'>;
};

/**
 * All limits (README.md, "Limits") that follow from the plan itself. `observed > limit` (sourceFloor: `<`) is exceeded,
 * unless an override in the configuration names exactly the observed number and is not older than it may be.
 */
export function evaluateGuards(plan: Guarded, context: GuardContext): LimitFinding[] {
  const effects = plan.changes.map((change) => ({ change, effect: effectOf(change) }));
  return [
    ...COUNT_RULE_NAMES.flatMap((rule) => judgeCounts(rule, { plan, effects }, context)),
    ...plan.source.flatMap((source) => judgeFloor(source, context)),
    ...judgeProtected(effects, context),
  ];
}

interface Measured {
  readonly plan: Guarded;
  readonly effects: readonly ChangeEffect[];
}

/** So many, of what a subject has, if there are subjects. */
interface Counted {
  readonly observed: number;
  readonly subject?: string;
  readonly of?: number;
}

/** What each rule counts. */
const COUNTS: Readonly<Record<CountLimitRule, (measured: Measured, context: GuardContext) => readonly Counted[]>> = {
  suspend: ({ effects }) => countWhere(effects, SPANNED_COUNTS.suspend),
  unexplained: ({ effects }) => countWhere(effects, SPANNED_COUNTS.unexplained),
  delete: ({ effects }) => countWhere(effects, SPANNED_COUNTS.delete),
  reactivate: ({ effects }) => countWhere(effects, ({ fate }) => fate === 'reactivated'),
  accessGranted: ({ effects }) => [{ observed: effects.reduce((sum, { effect }) => sum + countGranted(effect), 0) }],
  adopt: ({ plan }) => [{ observed: plan.desired.adopted }],
  create: ({ effects }) => countWhere(effects, ({ fate }) => fate === 'created'),
  sameAttribute: ({ effects }) => countAttributes(effects),
  membersRemoved: ({ effects }) => effects.flatMap(countRemoved),
  ambiguous: ({ plan }) => [{ observed: countAmbiguous(plan) }],
  ssoKeys: ({ effects }, { configuration: { sso } }) => countWhere(effects, (effect) => risksSignOn(effect, sso)),
  openAccess: ({ plan }) => [{ observed: plan.open.filter(isNewAccess).length }],
};

const AMBIGUOUS: ReadonlySet<string> = new Set(['ambiguous', 'another-person']);

function countAmbiguous({ open }: Pick<Guarded, 'open'>): number {
  return new Set(open.flatMap(({ reason, entry }) => (AMBIGUOUS.has(reason) ? [entry] : []))).size;
}

function judgeCounts(rule: CountLimitRule, measured: Measured, context: GuardContext): LimitFinding[] {
  const { isLiftedFirst, population }: CountRule = COUNT_RULES[rule];
  const { existing, bootstrap } = measured.plan;
  const { configuration, now } = context;
  return COUNTS[rule](measured, context).map(({ observed, subject = null, of = sizeOf(population, measured.plan) }) => {
    if (bootstrap && isLiftedFirst) {
      const all = existing.users + existing.functional;
      return { rule, subject, observed, limit: null, of: all, verdict: 'within' };
    }
    const limit = limitOf(configuration.limits[rule], of);
    const finding = judge({ rule, subject, observed, limit, of }, configuration.overrides, now);
    return rule === 'openAccess' ? toldAsReduced(finding, measured.plan.changes) : finding;
  });
}

function sizeOf(population: CountRule['population'], { existing, source }: Guarded): number {
  switch (population) {
    case 'activeManaged':
      return existing.activeManaged;
    case 'managed':
      return existing.managed;
    case 'existing':
      return existing.users + existing.functional;
    case 'entries':
      return source.reduce((sum, { entries }) => sum + entries, 0);
    case 'members':
      return 0;
  }
}

function countWhere(
  effects: readonly ChangeEffect[],
  count: (effect: Effect, kind: ChangeEffect['change']['kind']) => number | boolean,
): Counted[] {
  return [{ observed: effects.reduce((sum, { change, effect }) => sum + Number(count(effect, change.kind)), 0) }];
}

/** A new account has no mail yet that anybody could read. */
function countGranted({ fate, newReaders }: Effect): number {
  return fate === 'created' ? 0 : newReaders.length;
}

/** Identity is written once at adoption and creates are counted on their own: neither counts here. */
function countAttributes(effects: readonly ChangeEffect[]): Counted[] {
  const counts = new Map<Attribute, number>();
  for (const { effect } of effects)
    if (effect.fate !== 'suspended') for (const name of effect.touched) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([subject, observed]) => ({ subject, observed }))
    .sort((a, b) => (a.subject < b.subject ? -1 : 1));
}

function countRemoved({ change, effect }: ChangeEffect): Counted[] {
  const { members } = change.before;
  const observed = SPANNED_COUNTS.membersRemoved(effect, change.kind);
  return members === undefined || observed === 0 ? [] : [{ subject: change.address, observed, of: members.length }];
}

/** Only a table that adds properties may be missing, whatever a plan says of its sources. */
function isHeldJoin(
  { name, absent }: Guarded['source'][number],
  { sources }: Pick<GuardContext['configuration'], 'sources'>,
): boolean {
  return absent !== undefined && sources.some((source) => source.name === name && source.join !== null);
}

/** Of a file people take a row out where a directory disables an account: one may always go. */
function judgeFloor(source: Guarded['source'][number], { configuration, now }: GuardContext): LimitFinding[] {
  if (source.previousEntries === null || isHeldJoin(source, configuration)) return [];
  const share = Math.ceil(percentOf(configuration.limits.sourceFloor, source.previousEntries));
  const isDirectory = source.kind === 'ldap' || source.kind === 'ldif';
  const limit = isDirectory ? share : Math.min(share, source.previousEntries - 1);
  const finding = { subject: source.name, observed: source.entries, limit, of: source.previousEntries };
  return [judge({ rule: 'sourceFloor', ...finding }, configuration.overrides, now)];
}
