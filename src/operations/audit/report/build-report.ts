import { PARTS, type AuditReport, type PartId } from './audit-report.ts';
import { buildFindingParts } from './finding-parts.ts';
import { buildPeopleParts } from './people-parts.ts';
import { buildLifted, buildPlanParts } from './plan-parts.ts';
import { isWithinReport, momentOfPlan, type ReportFacts } from './report-facts.ts';
import { buildStateParts } from './state-parts.ts';

/** Pure: the same facts make the same report. */
export function buildReport(facts: ReportFacts): AuditReport {
  const { organisation, from, to, access } = facts;
  const parts = [
    ...buildPlanParts(facts),
    ...buildPeopleParts(facts),
    buildLifted(facts),
    ...buildFindingParts(facts),
    ...buildStateParts(facts),
  ];
  const order = Object.keys(PARTS) as PartId[];
  return {
    organisation,
    from: from.toISOString(),
    to: to.toISOString(),
    head: { plan: access.plan, record: access.record, commit: access.commit },
    parts: order.flatMap((id) => parts.find((part) => part.id === id) ?? []),
    notRecorded: [...describeLost(facts), ...NOT_RECORDED],
  };
}

/** Plans of the time that the ledger names and nobody can read any more. */
function describeLost(facts: ReportFacts): string[] {
  const lost = facts.records.filter((record) => record.plan === null && isWithinReport(facts, momentOfPlan(record)));
  return lost.map(({ name }) => `The changes of plan ${name}: the ledger names it, and git no longer has it.`);
}

const NOT_RECORDED: readonly string[] = [
  'When the source disabled an account of which the evidence says no time: there the time of a leaver begins with the plan that saw it.',
  'Plans that were never merged, and what was refused where no job ran notify: they wrote nothing.',
  'Whose accounts drifted: that is compared when asked (zivver-gitops drift). What a later plan did about it is told as changes of that plan.',
  'When somebody last logged in to Zivver; and to Active Directory, beyond what its lastLogonTimestamp told the last plan.',
  'What people did in Zivver itself.',
];
