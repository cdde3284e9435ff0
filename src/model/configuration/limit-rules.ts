import type { Taking } from '../schema/generated/ledger.ts';
import type { Limit, LimitOverTime } from '../schema/generated/organisation.ts';

/** min(max(floor, share % of the population), cap). */
export type CountLimit = Required<Limit>;

/** How many times the limit of one plan may be used over each span. */
export type SpanFactors = Required<Pick<LimitOverTime, 'perDay' | 'perWeek'>>;

/** What a share is taken of: in the review, and in the README. */
export const POPULATIONS = {
  activeManaged: { short: 'active', long: 'active managed users' },
  managed: { short: 'managed', long: 'managed accounts' },
  existing: { short: 'existing', long: 'existing accounts' },
  entries: { short: 'entries', long: 'the entries' },
  members: { short: 'members', long: 'its members' },
} as const;

export interface CountRule {
  /** Unless organisation.yaml says otherwise (README.md, "Limits"). */
  readonly limit: CountLimit;
  readonly population: keyof typeof POPULATIONS;
  /** What is counted, for the review. */
  readonly name: string;
  /** What it is counted by, if not by plan. */
  readonly per: string | null;
  /** The first plan creates, and takes under management what there is, which changes nothing of it: shown, not limited. */
  readonly isLiftedFirst: boolean;
  /** Null: it holds in one plan only. */
  readonly overTime: SpanFactors | null;
}

export const UNCAPPED = Number.MAX_SAFE_INTEGER;

/** Plans that each keep a limit must not take away together what one of them may not. */
const OVER_TIME: SpanFactors = { perDay: 2, perWeek: 4 };

/** Times over which what plans take away is counted. */
export const SPANS = {
  day: { hours: 24, words: '24 hours', factor: 'perDay' },
  week: { hours: 7 * 24, words: '7 days', factor: 'perWeek' },
} as const satisfies Readonly<Record<string, { hours: number; words: string; factor: keyof SpanFactors }>>;

export type Span = keyof typeof SPANS;

export const SPAN_NAMES = Object.keys(SPANS) as readonly Span[];

/**
 * Everything of which a plan may hold so many and no more: from this table come configuration, guards, the words of the
 * review, and with `npm run generate` the schemas and the README. `guards.ts` does not compile until it counts a new one.
 */
export const COUNT_RULES = {
  suspend: rule('Suspensions', 'activeManaged', { floor: 5, share: 5, cap: 100, overTime: OVER_TIME }),
  unexplained: rule('Unexplained absences', 'activeManaged', { floor: 2, share: 1, overTime: OVER_TIME }),
  delete: rule('Deletions', 'managed', { floor: 0, share: 0, overTime: OVER_TIME }),
  reactivate: rule('Reactivations', 'activeManaged', { floor: 5, share: 5 }),
  accessGranted: rule('People who may newly read an account', 'activeManaged', { floor: 10, share: 5 }),
  adopt: rule('Accounts taken under management', 'managed', { floor: 5, share: 5, isLiftedFirst: true }),
  create: rule('New accounts', 'existing', { floor: 25, share: 10, isLiftedFirst: true }),
  sameAttribute: rule('Accounts with the same attribute changed', 'managed', {
    floor: 10,
    share: 20,
    per: 'attribute',
  }),
  membersRemoved: rule('Members removed from one functional account', 'members', {
    floor: 3,
    share: 50,
    per: 'functional account',
    overTime: OVER_TIME,
  }),
  ambiguous: rule('Entries that claim what another claims', 'entries', { floor: 10, share: 2 }),
  openAccess: rule('Accounts newly left open that keep access', 'activeManaged', {
    floor: 2,
    share: 1,
    isLiftedFirst: true,
  }),
  ssoKeys: rule('Single sign-on keys that are replaced or erased, or that another may have set', 'activeManaged', {
    floor: 10,
    share: 5,
  }),
} as const satisfies Readonly<Record<string, CountRule>>;

export type CountLimitRule = keyof typeof COUNT_RULES;

/** The rules that hold over time as well. */
export type SpannedRule = keyof Taking['counts'];

export const COUNT_RULE_NAMES = Object.keys(COUNT_RULES) as readonly CountLimitRule[];

export function isSpannedRule(rule: string): rule is SpannedRule {
  return isCountRule(rule) && COUNT_RULES[rule].overTime !== null;
}

export function isCountRule(rule: string): rule is CountLimitRule {
  return Object.hasOwn(COUNT_RULES, rule);
}

/** Guards that are no share of a population, and their words. */
export const OTHER_RULES = {
  sourceFloor: 'Entries read from a source',
  emptyAttribute: 'Attribute that is suddenly empty',
  protected: 'Changes to protected accounts',
  administrators: 'Administrators missing or suspended',
} as const;

/** `min(max(5, 5 % of active managed users), 100); 2 times that in 24 hours, 4 times in 7 days`: the default, for people. */
export function describeRule(name: CountLimitRule): string {
  const { limit, population, isLiftedFirst, overTime }: CountRule = COUNT_RULES[name];
  const { floor, share, cap } = limit;
  const most = share === 0 ? String(floor) : `max(${floor}, ${share} % of ${POPULATIONS[population].long})`;
  const capped = cap === UNCAPPED ? most : `min(${most}, ${cap})`;
  if (overTime !== null)
    return `${capped}; ${overTime.perDay} times that in ${SPANS.day.words}, ${overTime.perWeek} times in ${SPANS.week.words}`;
  return isLiftedFirst ? `${capped}; none for the first plan` : capped;
}

type RuleValues = Omit<CountLimit, 'cap'> & { readonly cap?: number } & Partial<
    Pick<CountRule, 'per' | 'isLiftedFirst' | 'overTime'>
  >;

function rule(
  name: string,
  population: CountRule['population'],
  { per = null, isLiftedFirst = false, overTime = null, cap = UNCAPPED, floor, share }: RuleValues,
): CountRule {
  return { name, population, limit: { floor, share, cap }, per, isLiftedFirst, overTime };
}
