import { provenBy } from '../../../model/approval/approval-summary.ts';
import { effectOf, takesAccess } from '../../../model/change/effect.ts';
import { rulePhrase } from '../../../model/review/words-limit.ts';
import { renderTerminalPhrase } from '../../../model/text/terminal-phrase.ts';
import picocolors from 'picocolors';
import { EXIT_CODES } from '../../../model/errors.ts';
import { listRuns, type Finding, type RunFinding } from '../../../model/notify/finding.ts';
import { findLastReading } from '../last-reading.ts';
import { listPlanEvents, stateOf, type PlanRecord } from '../plan-events.ts';
import { isDone } from '../words-event.ts';
import { lagOf } from '../report/leaver-lag.ts';
import { quantileOf } from '../report/report-words.ts';

/** What the page tells of an organisation. No names, and nothing of now: the same ledger gives the same figures. */
export interface SiteFigures {
  readonly organisation: string;
  /** From the week of the first applied plan to that of the last one, at most five years. */
  readonly weeks: readonly WeekFigures[];
  readonly plans: number;
  readonly incomplete: number;
  readonly refused: number;
  /** Applied, and nothing proves that a second person looked at them. */
  readonly onePair: number;
  /** Of leavers, in milliseconds, as far as the evidence says since when; null: of nobody. */
  readonly fromSource: Quantiles | null;
  /** Of applied plans, in milliseconds; null: none was applied. */
  readonly toMerge: Quantiles | null;
  readonly toZivver: Quantiles | null;
  /** The most that a plan of the last year used of each limit, the fullest first. */
  readonly limits: readonly LimitUse[];
  /** Of the last applied plan that read the sources; null: not known. */
  readonly open: number | null;
  readonly unmanaged: number | null;
  readonly last: { readonly plan: string; readonly at: string; readonly state: string } | null;
  /** Digest of the last line of the ledger. */
  readonly head: string | null;
  /** What jobs recorded beside the ledger: how often no plan could be made or one was refused, how often drift was found. */
  readonly found: { readonly refused: number; readonly drift: number; readonly isDrifting: boolean };
  /** Who came, who left and who was let into mail, the newest first; null: names are not asked for. */
  readonly people: readonly NamedChange[] | null;
}

export interface NamedChange {
  readonly at: string;
  readonly address: string;
  readonly name: string;
  readonly what: string;
  readonly plan: string;
}

export interface WeekFigures {
  /** Its Monday, UTC. */
  readonly monday: string;
  readonly joiners: number;
  readonly leavers: number;
  /** Readers who were let into other people's mail. */
  readonly readers: number;
}

interface Quantiles {
  readonly median: number;
  readonly ninth: number;
}

interface LimitUse {
  readonly rule: string;
  readonly observed: number;
  readonly limit: number;
  readonly plan: string;
}

export interface SiteInput {
  readonly records: readonly PlanRecord[];
  readonly head: string | null;
  readonly findings: readonly Finding[];
  readonly showsNames: boolean;
}

export function buildSiteFigures(
  organisation: string,
  { records, head, findings, showsNames }: SiteInput,
): SiteFigures {
  const begun = records.filter(({ entry }) => entry !== null);
  const lastRecord = begun.at(-1);
  const reading = findLastReading(begun);
  const stateCount = (state: string): number => begun.filter((record) => stateOf(record) === state).length;
  return {
    organisation,
    weeks: buildWeeks(begun),
    plans: begun.length,
    incomplete: stateCount('incomplete') + stateCount('interrupted') + stateCount('abandoned'),
    refused: stateCount('refused'),
    onePair: begun.filter(({ entry }) => entry !== null && provenBy(entry.begin.approval) === 'single').length,
    fromSource: quantilesOf(listLags(begun)),
    toMerge: quantilesOf(begun.flatMap((record) => waitOf(record, record.entry?.begin.approval.mergedAt))),
    toZivver: quantilesOf(begun.flatMap((record) => waitOf(record, record.entry?.begin.at))),
    limits: listLimits(begun),
    open: reading?.open.length ?? null,
    unmanaged: reading?.unmanaged.length ?? null,
    last: lastRecord === undefined ? null : lastOf(lastRecord),
    head,
    found: countFound(findings),
    people: showsNames ? listPeople(begun) : null,
  };
}

function listLags(begun: readonly PlanRecord[]): number[] {
  const done = begun.flatMap(listPlanEvents).filter(isDone);
  const leavers = done.filter(({ change }) => takesAccess(effectOf(change)));
  return leavers.flatMap((event) => lagOf(event)?.ms ?? []);
}

function countFound(findings: readonly Finding[]): SiteFigures['found'] {
  const daily = listRuns(findings, 'daily');
  const isRefused = ({ code }: RunFinding): boolean => code !== 0;
  const isDrift = ({ code }: RunFinding): boolean => code === EXIT_CODES.DRIFT_FOUND;
  return {
    refused: [...listRuns(findings, 'plan'), ...listRuns(findings, 'apply')].filter(isRefused).length,
    drift: daily.filter(isDrift).length,
    isDrifting: daily.slice(-1).some(isDrift),
  };
}

const MOST_NAMES = 200;

function listPeople(begun: readonly PlanRecord[]): NamedChange[] {
  const named = begun.flatMap(listPlanEvents).flatMap((event): NamedChange[] => {
    const { at, plan, change } = event;
    const effect = effectOf(change);
    const isWanted = effect.fate === 'created' || takesAccess(effect) || effect.newReaders.length > 0;
    if (!isWanted || !isDone(event)) return [];
    const readers = effect.newReaders.length === 0 ? [] : [`can be read by ${effect.newReaders.join(', ')}`];
    const fate = effect.fate === 'updated' ? [] : [effect.fate];
    return [{ at, plan, address: change.address, name: change.fullName, what: [...fate, ...readers].join('; ') }];
  });
  return named.toReversed().slice(0, MOST_NAMES);
}

function lastOf(record: PlanRecord): SiteFigures['last'] {
  const { name, entry } = record;
  return entry === null ? null : { plan: name, at: entry.begin.at, state: stateOf(record) };
}

function waitOf({ plan }: PlanRecord, until: string | undefined): number[] {
  return plan === null || until === undefined ? [] : [Date.parse(until) - Date.parse(plan.body.createdAt)];
}

function quantilesOf(values: readonly number[]): Quantiles | null {
  const [median, ninth] = [quantileOf(values, 0.5), quantileOf(values, 0.9)];
  return median === null || ninth === null ? null : { median, ninth };
}

const WEEK_MS = 7 * 24 * 3_600_000;
const MOST_WEEKS = 5 * 53;

function buildWeeks(begun: readonly PlanRecord[]): WeekFigures[] {
  const done = begun.flatMap(listPlanEvents).filter(isDone);
  const counts = new Map<number, { joiners: number; leavers: number; readers: number }>();
  for (const { at, change } of done) {
    const week = counts.get(mondayOf(at)) ?? { joiners: 0, leavers: 0, readers: 0 };
    const effect = effectOf(change);
    week.joiners += effect.fate === 'created' ? 1 : 0;
    week.leavers += takesAccess(effect) ? 1 : 0;
    week.readers += effect.newReaders.length;
    counts.set(mondayOf(at), week);
  }
  const mondays = begun.flatMap(({ entry }) => (entry === null ? [] : mondayOf(entry.begin.at)));
  const [first, last] = [Math.min(...mondays), Math.max(...mondays)];
  const length = mondays.length === 0 ? 0 : Math.min(MOST_WEEKS, Math.round((last - first) / WEEK_MS) + 1);
  return Array.from({ length }, (_, index) => {
    const monday = last - (length - 1 - index) * WEEK_MS;
    const week = counts.get(monday) ?? { joiners: 0, leavers: 0, readers: 0 };
    return { monday: new Date(monday).toISOString().slice(0, 10), ...week };
  });
}

/** Midnight UTC of the Monday before, in milliseconds since 1970, which was a Thursday. */
function mondayOf(at: string): number {
  const day = Math.floor(Date.parse(at) / 86_400_000);
  return (day - ((((day + 3) % 7) + 7) % 7)) * 86_400_000;
}

const YEAR_MS = 365 * 86_400_000;
const plain = picocolors.createColors(false);

function listLimits(begun: readonly PlanRecord[]): LimitUse[] {
  const since = Date.parse(begun.at(-1)?.entry?.begin.at ?? '') - YEAR_MS;
  const most = new Map<string, LimitUse>();
  for (const { name, plan, entry } of begun)
    for (const { rule, observed, limit } of plan?.body.limits ?? []) {
      if (rule === 'sourceFloor' || limit === null || limit === 0 || observed === 0) continue;
      if (Date.parse(entry?.begin.at ?? '') < since) continue;
      const known = most.get(rule);
      if (known !== undefined && known.observed / known.limit >= observed / limit) continue;
      most.set(rule, { rule: renderTerminalPhrase(rulePhrase(rule), plain), observed, limit, plan: name });
    }
  return [...most.values()].sort(
    (one, other) => other.observed / other.limit - one.observed / one.limit || (one.rule < other.rule ? -1 : 1),
  );
}
