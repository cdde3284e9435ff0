import { ReconcileError, type Problem } from '../model/errors.ts';

/**
 * The fault language: a comma-separated list of `seed=N` and faults.
 *
 *     fault  = KIND [ "=" RATE | "=" ADDRESS ] [ "@" METHOD ] [ "#" COUNT ] [ ":" PARAMETER ]
 *     RATE   = 0.5%             each request with this probability, repeatable by seed
 *     COUNT  = 3 | 3-7 | 3+     the 3rd request, the 3rd to the 7th, from the 3rd on (of METHOD, if one is given)
 */

/** True: the request is carried out first, and only then goes wrong. */
const EXECUTED_BEFORE = {
  '5xx': false,
  'late-5xx': true,
  '429': false,
  '401': false,
  html: false,
  'close-before': false,
  'reset-before': false,
  'hang-before': false,
  'lost-reply': true,
  reset: true,
  hang: true,
  'half-body': true,
  slow: true,
  vanish: true,
  appear: true,
  adopt: true,
} as const;

export type FaultKind = keyof typeof EXECUTED_BEFORE;

export interface FaultRule {
  readonly kind: FaultKind;
  /** Undefined = every method. */
  readonly method: string | undefined;
  /** Exactly one of `rate` (0 to 1) and `count` (both ends included, from 1) is given. */
  readonly rate: number | undefined;
  readonly count: { readonly first: number; readonly last: number } | undefined;
  /** `vanish`, `appear` and `adopt` only, lower case. */
  readonly address: string | undefined;
  readonly parameter: string | undefined;
}

export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}

/** @throws ReconcileError SANDBOX_OPTIONS with every part that is wrong. */
export function parseFaultPlan(text: string): FaultPlan {
  const problems: Problem[] = [];
  const rules: FaultRule[] = [];
  let seed = 1;
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const seedText = /^seed=(\d{1,9})$/.exec(part)?.[1];
    const parsed = seedText === undefined ? parseRule(part) : undefined;
    if (seedText !== undefined) seed = Number(seedText);
    else if (typeof parsed === 'string') problems.push({ where: `fault "${part}"`, what: parsed });
    else if (parsed !== undefined) rules.push(parsed);
  }
  if (problems.length === 0) return { seed, rules };
  throw new ReconcileError('SANDBOX_OPTIONS', 'The fault plan cannot be read.', {
    remedy: 'Correct the faults; "zivver-gitops sandbox --help" lists all kinds with examples.',
    problems,
  });
}

/** True if the service carries out a request that this fault meets. */
export function isExecutedBefore(kind: FaultKind): boolean {
  return EXECUTED_BEFORE[kind];
}

const PART =
  /^(?<kind>[a-z0-9-]+)(?:=(?<value>.+?))?(?:@(?<method>[A-Z]+))?(?:#(?<count>[^#:@]*))?(?::(?<parameter>.*))?$/;

/** The rule, or what is wrong with it. */
function parseRule(part: string): FaultRule | string {
  const { kind, value, method, count, parameter } = PART.exec(part)?.groups ?? {};
  if (kind === undefined) return 'is not KIND[=RATE][@METHOD][#COUNT][:PARAMETER]';
  if (!Object.hasOwn(EXECUTED_BEFORE, kind)) return `unknown kind; known: ${Object.keys(EXECUTED_BEFORE).join(' ')}`;
  if (method !== undefined && !/^(GET|POST|PUT|PATCH|DELETE)$/.test(method)) return `unknown method ${method}`;
  const when = parseWhen(value, count);
  if (typeof when === 'string') return when;
  const rule = { kind: kind as FaultKind, method, ...when, parameter };
  return findParameterProblem(rule) ?? rule;
}

function parseWhen(
  value: string | undefined,
  countText: string | undefined,
): Pick<FaultRule, 'rate' | 'count' | 'address'> | string {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(value ?? '')?.[1];
  const rate = percent === undefined ? undefined : Number(percent) / 100;
  const address = percent === undefined ? value?.toLowerCase() : undefined;
  if (rate !== undefined && rate > 1) return 'a rate is at most 100%';
  const range = /^([1-9]\d{0,8})(?:(\+)|-([1-9]\d{0,8}))?$/.exec(countText ?? '');
  if (countText !== undefined && range === null) return 'a count is #3, #3-7 or #3+';
  if ((rate === undefined) === (range === null)) return 'needs either a rate (=2%) or a count (#3)';
  if (range === null) return { rate, count: undefined, address };
  const first = Number(range[1]);
  const last = range[2] === undefined ? Number(range[3] ?? first) : Number.POSITIVE_INFINITY;
  return last < first ? 'the count ends before it begins' : { rate, count: { first, last }, address };
}

function findParameterProblem(rule: FaultRule): string | undefined {
  const { kind, address, parameter } = rule;
  const needsAddress = kind === 'appear' || kind === 'adopt';
  if (needsAddress && address === undefined) return `needs an address: ${kind}=jo@a.org@GET#2`;
  if (address !== undefined && !needsAddress && kind !== 'vanish') return 'a rate is written like 2%';
  if (address !== undefined && !/^[^\s@]+@[^\s@]+$/.test(address)) return 'is not an address';
  if (parameter === undefined) return undefined;
  const pattern = PARAMETERS[kind];
  return pattern?.test(parameter) === true ? undefined : `the parameter "${parameter}" does not fit`;
}

const PARAMETERS: Partial<Record<FaultKind, RegExp>> = {
  '5xx': /^5\d\d$/,
  'late-5xx': /^5\d\d$/,
  html: /^[2-5]\d\d$/,
  slow: /^\d{1,6}$/,
  '429': /^(retry-after=[^\r\n]+|retry-after-date=\d{1,9})$/,
};
