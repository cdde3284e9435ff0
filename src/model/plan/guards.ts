import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration, CountLimit, CountLimitRule } from '../configuration/configuration.ts';
import type { LimitOverride } from '../schema/generated/organisation.ts';
import type { LimitFinding, LimitRule, PlanBody } from '../schema/generated/plan.ts';
import { touchedAttributes, type Attribute, type Change } from '../change/change.ts';

/** What the limits are measured on: a plan's body, before or after it was written. */
export type Guarded = Pick<PlanBody, 'changes' | 'source' | 'existing' | 'bootstrap' | 'exclusions'>;

const OVERRIDE_HOURS = 72;

/**
 * All limits (README.md, "Limits") that follow from the plan itself. `observed > limit` (sourceFloor: `<`) is exceeded,
 * unless an override in the configuration names exactly the observed number and is not older than it may be.
 */
export function evaluateGuards(plan: Guarded, configuration: Configuration, now: Date): LimitFinding[] {
  const count = (rule: CountLimitRule, observed: number, of: number, subject: string | null = null): LimitFinding =>
    judge(
      { rule, subject, observed, limit: limitOf(configuration.limits[rule], of), of },
      configuration.overrides,
      now,
    );
  const { changes, existing } = plan;
  /** The first plan creates, and aligns what it adopts: shown, not limited. */
  const lifted = (rule: CountLimitRule, observed: number, subject: string | null): LimitFinding => ({
    rule,
    subject,
    observed,
    limit: null,
    of: existing.users + existing.functional,
    verdict: 'within',
  });
  const entries = plan.source.reduce((sum, source) => sum + source.entries, 0);
  const suspends = changes.filter(({ action }) => action === 'suspend');
  const leaving = changes.filter(({ reason }) => reason === 'unexplained');
  const creates = changes.filter(({ action }) => action === 'create').length;
  return [
    count('suspend', suspends.length, existing.activeManaged),
    count('unexplained', leaving.length, existing.activeManaged),
    count('delete', changes.filter(({ action }) => action === 'delete').length, existing.managed),
    plan.bootstrap ? lifted('create', creates, null) : count('create', creates, existing.users + existing.functional),
    ...sameAttributeCounts(changes).map(([attribute, observed]) =>
      plan.bootstrap
        ? lifted('sameAttribute', observed, attribute)
        : count('sameAttribute', observed, existing.managed, attribute),
    ),
    ...membersRemoved(changes).map(({ address, removed, of }) => count('membersRemoved', removed, of, address)),
    count(
      'ambiguous',
      plan.exclusions.filter(({ reason }) => reason === 'ambiguous' || reason === 'another-person').length,
      entries,
    ),
    ...plan.source.flatMap((source) => judgeFloor(source, configuration, now)),
    ...judgeProtected(changes, configuration),
  ];
}

/** min(max(floor, share % of the population), cap). */
export function limitOf({ floor, share, cap }: CountLimit, population: number): number {
  return Math.min(Math.max(floor, Math.floor(percentOf(share, population))), cap);
}

/** To a millionth: 29 % of 100 is 29, not 28.999999999999996. */
function percentOf(share: number, population: number): number {
  return Math.round(share * population * 10_000) / 1_000_000;
}

/** Verdict of one finding; an override counts only with exactly the observed number. */
export function judge(
  finding: Omit<LimitFinding, 'verdict'>,
  overrides: readonly LimitOverride[],
  now: Date,
): LimitFinding {
  const { rule, subject, observed, limit } = finding;
  const isWithin = limit === null || (rule === 'sourceFloor' ? observed >= limit : observed <= limit);
  if (isWithin) return { ...finding, verdict: 'within' };
  const isOverridden = overrides.some(
    (override) =>
      override.rule === rule &&
      override.observed === observed &&
      (override.subject ?? null) === subject &&
      isInForce(override, now),
  );
  return { ...finding, verdict: isOverridden ? 'overridden' : 'exceeded' };
}

function isInForce({ expires }: LimitOverride, now: Date): boolean {
  const left = Date.parse(expires) - now.getTime();
  return left > 0 && left <= OVERRIDE_HOURS * 3_600_000;
}

/** Identity is written once at adoption and creates are counted on their own: neither counts here. */
function sameAttributeCounts(changes: readonly Change[]): [Attribute, number][] {
  const counts = new Map<Attribute, number>();
  for (const change of changes) {
    if (change.action !== 'update' && change.action !== 'reactivate') continue;
    for (const name of touchedAttributes(change))
      if (name !== 'externalAccountId' && name !== 'active') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function membersRemoved(changes: readonly Change[]): { address: string; removed: number; of: number }[] {
  return changes.flatMap(({ address, before, after }) => {
    if (before.members === undefined || after.members === undefined) return [];
    const kept = new Set(after.members);
    const removed = before.members.filter((member) => !kept.has(member)).length;
    return removed === 0 ? [] : [{ address, removed, of: before.members.length }];
  });
}

/** Of a file people take a row out where a directory disables an account: one may always go. */
function judgeFloor(
  source: Guarded['source'][number],
  { limits, overrides }: Configuration,
  now: Date,
): LimitFinding[] {
  if (source.previousEntries === null) return [];
  const share = Math.ceil(percentOf(limits.sourceFloor, source.previousEntries));
  const isDirectory = source.kind === 'ldap' || source.kind === 'ldif';
  const limit = isDirectory ? share : Math.min(share, source.previousEntries - 1);
  return [
    judge(
      { rule: 'sourceFloor', subject: source.name, observed: source.entries, limit, of: source.previousEntries },
      overrides,
      now,
    ),
  ];
}

/** Protected accounts are never suspended, deleted or renamed; there is no override. */
function judgeProtected(changes: readonly Change[], { protected: guarded }: Configuration): LimitFinding[] {
  const addresses = new Set([...guarded.addresses, ...guarded.administrators]);
  if (addresses.size === 0) return [];
  const touched = changes.filter(
    ({ action, address, after }) =>
      addresses.has(address) && (action === 'suspend' || action === 'delete' || after.address !== undefined),
  );
  const finding = {
    rule: 'protected' as LimitRule,
    subject: null,
    observed: touched.length,
    limit: 0,
    of: addresses.size,
  };
  return [{ ...finding, verdict: touched.length === 0 ? 'within' : 'exceeded' }];
}

/** Listed administrators must exist and be active in Zivver now. */
export function judgeAdministrators(
  configuration: Configuration,
  index: Pick<ExistingIndex, 'byAddress'>,
): LimitFinding[] {
  const { administrators } = configuration.protected;
  if (administrators.length === 0) return [];
  const lost = administrators.filter((address) => {
    const account = index.byAddress(address);
    return account?.kind !== 'user' || !account.active;
  }).length;
  return [
    {
      rule: 'administrators',
      subject: null,
      observed: lost,
      limit: 0,
      of: administrators.length,
      verdict: lost === 0 ? 'within' : 'exceeded',
    },
  ];
}
