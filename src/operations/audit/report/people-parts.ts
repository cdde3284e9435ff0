import { effectOf, takesAccess } from '../../../model/change/effect.ts';
import { comparePlanNames } from '../../../model/plan/plan-name.ts';
import type { PlanEvent } from '../plan-events.ts';
import { effectPhrase, isDone, minuteOf, outcomePhrase, titleOf, whyPhrase } from '../words-event.ts';
import { buildPart, buildRow, type PartId, type ReportPart, type ReportRow } from './audit-report.ts';
import { describeLag, formatLag, formatSteps } from './leaver-lag.ts';
import { isWithinReport, type ReportFacts } from './report-facts.ts';
import { approversOf, count, formatDuration, ofThem, quantileOf, textOf } from './report-words.ts';

/** What became of people in the time. */
export function buildPeopleParts(facts: ReportFacts): readonly ReportPart[] {
  const events = facts.events.filter(({ at }) => isWithinReport(facts, at));
  const done = events.filter(isDone);
  const made = new Map(facts.records.flatMap(({ name, plan }) => (plan ? [[name, plan.body.createdAt] as const] : [])));
  const rowOf = (event: PlanEvent): ReportRow => buildEventRow(event, made.get(event.plan));
  const part = (id: PartId, chosen: readonly PlanEvent[], words: string): ReportPart =>
    buildPart(id, `${words}${describeTook(chosen, made)}`, chosen.map(rowOf));
  const joiners = done.filter(({ change }) => change.action === 'create');
  const movers = done.filter(isMove);
  const leavers = done.filter(({ change }) => takesAccess(effectOf(change)));
  const unexplained = leavers.filter(({ change }) => change.reason === 'unexplained').length;
  const access = done.flatMap((event) => buildAccessRows(event, rowOf(event)));
  const failed = events.filter((event) => !isDone(event) || event.isUnconfirmed !== false);
  const taken = events.filter(({ change }) => change.reason === 'rollback');
  return [
    part('joiners', joiners, `${count(joiners.length, 'new account', 'new accounts')}.`),
    part(
      'movers',
      movers,
      `${count(movers.length, 'account', 'accounts')} renamed, moved to another division or reactivated.`,
    ),
    part(
      'leavers',
      leavers,
      `${count(leavers.length, 'account', 'accounts')} suspended or deleted${ofThem(unexplained, 'without an explanation in the source')}.${describeLag(leavers)}`,
    ),
    buildPart('access', `${count(access.length, 'reader', 'readers')} of other people’s mail given or taken.`, access),
    buildPart(
      'notDone',
      events.length === 0
        ? 'Nothing was to be done.'
        : failed.length === 0
          ? 'Everything that was approved was done, and seen in Zivver afterwards.'
          : `${count(failed.length, 'change', 'changes')} not done, or not seen in Zivver afterwards.`,
      failed.map(rowOf),
    ),
    buildPart(
      'rollbacks',
      `${count(taken.length, 'change', 'changes')} that took an earlier one back.`,
      taken.map(rowOf),
    ),
  ];
}

function buildEventRow(event: PlanEvent, madeAt: string | undefined): ReportRow {
  const { change, plan, approval, record } = event;
  return buildRow({
    time: minuteOf(event.at),
    subject: change.address,
    name: change.fullName,
    what: [titleOf(event), textOf(effectPhrase(event))].filter((text) => text !== '').join(': '),
    why: textOf(whyPhrase(event)),
    plan,
    approved: approversOf(approval),
    ...(takesAccess(effectOf(change)) ? timesOfLeaver(event, madeAt) : {}),
    took: madeAt !== undefined && isDone(event) ? formatDuration(Date.parse(event.at) - Date.parse(madeAt)) : '',
    outcome: textOf(outcomePhrase(event)),
    record: record ?? '',
  });
}

function timesOfLeaver(event: PlanEvent, madeAt: string | undefined): Pick<ReportRow, 'lag' | 'steps'> {
  return { lag: formatLag(event), steps: isDone(event) ? formatSteps(event, madeAt) : '' };
}

function isMove({ change }: PlanEvent): boolean {
  const { action, after } = change;
  if (action === 'reactivate') return true;
  return (
    action === 'update' && (after.address !== undefined || after.fullName !== undefined || after.division !== undefined)
  );
}

/** One row a mailbox and reader. */
function buildAccessRows({ change }: PlanEvent, row: ReportRow): ReportRow[] {
  const { newReaders, lostReaders } = effectOf(change);
  return [
    ...newReaders.map((reader) => ({ ...row, what: `can be read by ${reader}` })),
    ...lostReaders.map((reader) => ({ ...row, what: `can no longer be read by ${reader}` })),
  ];
}

/** How long they waited, with what a plan waits for: people, and the apply. */
function describeTook(events: readonly PlanEvent[], made: ReadonlyMap<string, string>): string {
  const took = [...events]
    .sort((one, other) => comparePlanNames(one.plan, other.plan))
    .flatMap(({ at, plan }) => {
      const madeAt = made.get(plan);
      return madeAt === undefined ? [] : [Date.parse(at) - Date.parse(madeAt)];
    });
  const [median, most] = [quantileOf(took, 0.5), quantileOf(took, 0.9)];
  if (median === null || most === null) return '';
  return ` From the plan to Zivver: median ${formatDuration(median)}, nine of ten within ${formatDuration(most)}.`;
}
