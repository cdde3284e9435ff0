import { EXIT_CODES } from '../../../model/errors.ts';
import { listDecisions } from '../../../model/certify/decisions.ts';
import { listRuns, listTold, type RunFinding } from '../../../model/notify/finding.ts';
import { minuteOf } from '../words-event.ts';
import { buildPart, buildRow, type ReportPart } from './audit-report.ts';
import { isWithinReport, type ReportFacts } from './report-facts.ts';
import { count, formatDuration, ofThem } from './report-words.ts';

/** What stands beside the ledger: findings of jobs, and what owners decided. */
export function buildFindingParts(facts: ReportFacts): readonly ReportPart[] {
  return [buildRefused(facts), buildDrift(facts), buildTold(facts), buildCertified(facts)];
}

const BESIDE = 'From the branch zivver-gitops/findings, which is no part of the proved ledger.';

function buildRefused(facts: ReportFacts): ReportPart {
  const spells = listSpells(listRuns(facts.findings, 'plan'), facts);
  const refused = [...spells, ...listSpells(listRuns(facts.findings, 'apply'), facts)];
  const sorted = refused.sort((one, other) => (one.run.at < other.run.at ? -1 : 1));
  const rows = sorted.map(({ run, end }) =>
    buildRow({
      time: minuteOf(run.at),
      subject: run.plan ?? '',
      what: run.during === 'plan' ? 'no plan could be made' : 'refused before the first write',
      why: `exit ${run.code}${namesOf(run.code)}`,
      took: end === null ? '' : formatDuration(Date.parse(end) - Date.parse(run.at)),
      outcome: end === null ? 'still so at the end' : `well again ${minuteOf(end)}`,
    }),
  );
  const words =
    rows.length === 0
      ? 'No job recorded that it was refused.'
      : `${count(rows.length, 'time', 'times')} a job was refused or failed.`;
  return buildPart('refused', `${words} ${BESIDE}`, rows);
}

function buildDrift(facts: ReportFacts): ReportPart {
  const spells = listSpells(listRuns(facts.findings, 'daily'), facts).filter(
    ({ run }) => run.code === EXIT_CODES.DRIFT_FOUND,
  );
  const rows = spells.map(({ run, end }) =>
    buildRow({
      time: minuteOf(run.at),
      what: 'Zivver was not as approved',
      why: run.runUrl ?? '',
      took: end === null ? '' : formatDuration(Date.parse(end) - Date.parse(run.at)),
      outcome: end === null ? 'still so at the end' : `gone ${minuteOf(end)}`,
    }),
  );
  const words =
    rows.length === 0
      ? 'No job recorded drift.'
      : `Drift was found ${rows.length === 1 ? 'once' : `${rows.length} times`}.`;
  return buildPart('drift', `${words} ${BESIDE}`, rows);
}

interface Spell {
  readonly run: RunFinding;
  /** When a job was well again, or ended otherwise; null: not until the end of the report. */
  readonly end: string | null;
}

/** Of one kind of job, oldest first: a finding is written when a job ends otherwise than the one before it. */
function listSpells(runs: readonly RunFinding[], facts: ReportFacts): Spell[] {
  return runs.flatMap((run, index) =>
    run.code === 0 || !isWithinReport(facts, run.at) ? [] : [{ run, end: runs[index + 1]?.at ?? null }],
  );
}

function namesOf(code: number): string {
  const names = Object.entries(EXIT_CODES).flatMap(([name, exit]) => (exit === code ? [name] : []));
  return names.length === 0 || names.length > 3 ? '' : `, ${names.join(' or ')}`;
}

function buildTold(facts: ReportFacts): ReportPart {
  const told = listTold(facts.findings).filter(({ at }) => isWithinReport(facts, at));
  const failed = told.filter(({ failure }) => failure !== null).length;
  const rows = told.map(({ at, event, to, failure }) =>
    buildRow({ time: minuteOf(at), subject: to, what: event, outcome: failure ?? 'taken by the server' }),
  );
  const words =
    rows.length === 0
      ? 'No job recorded that somebody was told.'
      : `${count(rows.length, 'message', 'messages')}${ofThem(failed, 'not taken')}.`;
  return buildPart('told', `${words} ${BESIDE}`, rows);
}

const DECIDED = { keep: 'kept', remove: 'refused', question: 'questioned' } as const;

function buildCertified(facts: ReportFacts): ReportPart {
  const decisions = listDecisions(facts.certifications).filter(({ decidedAt }) => isWithinReport(facts, decidedAt));
  const undecided = facts.certifications.flatMap(({ certification }) =>
    certification.readers.filter(({ decision }) => decision === null),
  ).length;
  const rows = decisions.map(({ decidedAt, mailbox, reader, name, decision, by, note, campaign }) =>
    buildRow({
      time: minuteOf(decidedAt),
      subject: mailbox,
      name,
      what: `${reader} ${DECIDED[decision]}`,
      why: note,
      approved: `certified by ${by}`,
      outcome: campaign,
    }),
  );
  const refused = decisions.filter(({ decision }) => decision === 'remove').length;
  const words =
    facts.certifications.length === 0
      ? 'No recertification was started.'
      : `${count(rows.length, 'reader', 'readers')} decided about${ofThem(refused, 'refused')}; ${undecided} undecided at the end.`;
  return buildPart('certified', words, rows);
}
