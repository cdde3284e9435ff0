import { provenBy } from '../../../model/approval/approval-summary.ts';
import { limitNamePhrase, limitPhrase } from '../../../model/review/words-limit.ts';
import type { LimitFinding } from '../../../model/schema/generated/plan.ts';
import { viewApproval } from '../approval-view.ts';
import { stateOf, type PlanRecord } from '../plan-events.ts';
import { minuteOf, STATE_NAMES } from '../words-event.ts';
import { buildPart, buildRow, type ReportPart, type ReportRow } from './audit-report.ts';
import { isWithinReport, momentOfPlan, type ReportFacts } from './report-facts.ts';
import { approversOf, count, formatDuration, quantileOf, textOf } from './report-words.ts';

/** Every plan that began in the time, or was made in it and never began. */
export function buildPlanParts(facts: ReportFacts): readonly ReportPart[] {
  const records = facts.records.filter((record) => isWithinReport(facts, momentOfPlan(record)));
  return [buildPlans(records), buildOnePair(records)];
}

function buildPlans(records: readonly PlanRecord[]): ReportPart {
  const begun = records.filter(({ entry }) => entry !== null);
  const ended = begun.filter((record) => stateOf(record) === 'complete').length;
  const waited = begun.flatMap(({ plan, entry }) =>
    plan === null || entry === null ? [] : [Date.parse(entry.begin.at) - Date.parse(plan.body.createdAt)],
  );
  const median = quantileOf(waited, 0.5);
  const summary =
    records.length === 0
      ? 'No plan was made or applied.'
      : `${count(records.length, 'plan', 'plans')}, ${begun.length} applied, ${ended} of them completely.${
          median === null ? '' : ` From the plan to its apply: median ${formatDuration(median)}.`
        }`;
  return buildPart('plans', summary, records.map(rowOfPlan));
}

/** Made, merged, applied by one person as far as is proved. */
function buildOnePair(records: readonly PlanRecord[]): ReportPart {
  const single = records.filter(({ entry }) => entry !== null && provenBy(entry.begin.approval) === 'single');
  const summary =
    single.length === 0
      ? 'Of every applied plan it is proved that two people looked at it.'
      : `Of ${count(single.length, 'applied plan', 'applied plans')} nothing proves that a second person looked at it.`;
  return buildPart('onePair', summary, single.map(rowOfPlan));
}

function rowOfPlan(record: PlanRecord): ReportRow {
  const { name, plan, entry } = record;
  const approval = entry === null ? null : viewApproval(entry.begin.approval);
  const totals = Object.entries(entry?.end?.totals ?? {}).map(([status, number]) => `${number} ${status}`);
  const made = plan === null ? [] : [`made ${minuteOf(plan.body.createdAt)}`];
  const author = approval === null ? [] : [`by ${approval.planAuthor}`];
  return buildRow({
    time: minuteOf(momentOfPlan(record)),
    subject: name,
    what: `${count(entry?.begin.changes ?? plan?.body.changes.length ?? 0, 'change', 'changes')}${totals.length === 0 ? '' : `: ${totals.sort().join(', ')}`}`,
    why: [...made, ...author].join(' '),
    approved: approversOf(approval),
    took:
      plan === null || entry === null
        ? ''
        : formatDuration(Date.parse(entry.begin.at) - Date.parse(plan.body.createdAt)),
    outcome: STATE_NAMES[stateOf(record)],
  });
}

/** With the reason that organisation.yaml gave, and who decided it if it says so. */
export function buildLifted(facts: ReportFacts): ReportPart {
  const rows = facts.records
    .filter(({ entry }) => entry !== null && isWithinReport(facts, entry.begin.at))
    .flatMap((record) => {
      const { limits = [], overTime = [] } = record.plan?.body ?? {};
      const lifted = [...limits, ...overTime].filter(({ verdict }) => verdict === 'overridden');
      return lifted.map((finding) => rowOfLimit(record, finding));
    });
  const summary =
    rows.length === 0 ? 'No limit was lifted.' : `${count(rows.length, 'limit was', 'limits were')} lifted.`;
  return buildPart('lifted', summary, rows);
}

function rowOfLimit(record: PlanRecord, finding: LimitFinding): ReportRow {
  const { reason = '', by = null } = finding.override ?? {};
  return buildRow({
    time: minuteOf(momentOfPlan(record)),
    subject: record.name,
    what: `${textOf(limitNamePhrase(finding))}: ${textOf(limitPhrase(finding))}`,
    why: by === null ? reason : `${reason} (decided by ${by})`,
    approved: record.entry === null ? '' : approversOf(viewApproval(record.entry.begin.approval)),
  });
}
