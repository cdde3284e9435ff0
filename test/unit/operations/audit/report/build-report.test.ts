import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  PARTS,
  type AuditReport,
  type PartId,
  type ReportPart,
} from '../../../../../src/operations/audit/report/audit-report.ts';
import { buildReport } from '../../../../../src/operations/audit/report/build-report.ts';
import { tableOfReport } from '../../../../../src/operations/audit/report/format-report.ts';
import type { ReportFacts } from '../../../../../src/operations/audit/report/report-facts.ts';
import { renderReport } from '../../../../../src/operations/audit/report/render-report.ts';
import { renderReportHtml } from '../../../../../src/operations/audit/report/render-report-html.ts';
import { ROOT } from '../../../../support/example/example-paths.ts';
import { buildSampleFacts, renderSampleReport, SAMPLE_REPORT } from '../../../../support/example/sample-report.ts';
import { HOSTILE_TEXTS } from '../../../../support/hostile-texts.ts';

let facts: ReportFacts;
let report: AuditReport;

beforeAll(async () => {
  facts = await buildSampleFacts();
  report = buildReport(facts);
});

function partOf(id: PartId, of = report): ReportPart {
  const part = of.parts.find((one) => one.id === id);
  if (part === undefined) throw new Error(`there is no part ${id}`);
  return part;
}

describe('the report of a time', () => {
  it('of the example is the committed sample: npm run example writes it again', async () => {
    expect(await readFile(path.join(ROOT, SAMPLE_REPORT), 'utf8')).toBe(await renderSampleReport());
  });

  it('has every part in its order, and each names the controls that it serves', () => {
    expect(report.parts.map(({ id }) => id)).toEqual(Object.keys(PARTS));
    for (const { controls } of report.parts) expect(controls[0]).toMatch(/^ISO 27001, NEN 7510 and BIO2 \d/);
  });

  it('tells every change of a plan in exactly one of joiners, movers and leavers, or under what it changes', () => {
    const { name = '', plan } = facts.records.at(-1) ?? {};
    const changes = plan?.body.changes ?? [];
    const addresses = (id: PartId): string[] =>
      partOf(id)
        .rows.filter((row) => row.plan === name)
        .map(({ subject }) => subject)
        .sort();
    const of = (...actions: string[]): string[] =>
      changes
        .filter(({ action }) => actions.includes(action))
        .map(({ address }) => address)
        .sort();
    expect(addresses('joiners')).toEqual(of('create'));
    expect(addresses('leavers')).toEqual(of('suspend', 'delete'));
    expect(addresses('movers')).toEqual(expect.arrayContaining(of('reactivate')));
  });

  it('tells the evidence, who let it through, how long it took and the record that proves it', () => {
    const leaver = partOf('leavers').rows.find(({ subject }) => subject === 'k.benali@lindenhof.example');
    expect(leaver).toMatchObject({
      what: expect.stringMatching(/^Suspended/) as string,
      why: expect.stringContaining('userAccountControl') as string,
      approved: 'merged by Vera Jacobs <v.jacobs@lindenhof.example>',
      took: '2 h 35 min',
      outcome: 'done',
      record: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    });
    expect(partOf('leavers').summary).toBe(
      '4 accounts suspended or deleted, 1 of them without an explanation in the source. From the source to Zivver: median 319 d 10 h, nine of ten within 319 d 10 h, known of 1 of 4. From the plan to Zivver: median 2 h 35 min, nine of ten within 2 h 35 min.',
    );
  });

  it('marks what one pair of eyes let through', () => {
    expect(partOf('onePair').rows.map(({ subject }) => subject.slice(0, 4))).toEqual(['0001']);
    expect(partOf('plans').rows).toHaveLength(2);
  });

  it('leaves out what lies before or after', () => {
    const later = buildReport({ ...facts, from: new Date('2026-11-17T00:00:00.000Z') });
    expect(partOf('plans', later).summary).toBe('No plan was made or applied.');
    expect(['joiners', 'movers', 'leavers', 'access'].map((id) => partOf(id as PartId, later).rows)).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(partOf('functional', later).rows).toEqual(partOf('functional').rows);
  });

  it('says what became of a change that was not done, and does not count it as done', () => {
    const events = facts.events.map((event) =>
      event.change.address === 'k.benali@lindenhof.example' && event.change.action === 'suspend'
        ? { ...event, outcome: 'failed' as const, detail: 'Zivver said no' }
        : event,
    );
    const failed = buildReport({ ...facts, events });
    expect(partOf('notDone', failed).rows).toMatchObject([{ outcome: 'failed: "Zivver said no"' }]);
    expect(partOf('leavers', failed).rows).toHaveLength(3);
  });

  it('names the override that lifted a limit, and its reason', () => {
    const override = { reason: 'Ward 3 closes', expires: '2026-11-18T00:00:00Z', by: 'Vera Jacobs' };
    const records = facts.records.map((record) => {
      if (record.plan === null) return record;
      const limits = record.plan.body.limits.map((limit) =>
        limit.rule === 'suspend' ? { ...limit, verdict: 'overridden' as const, override } : limit,
      );
      return { ...record, plan: { ...record.plan, body: { ...record.plan.body, limits } } };
    });
    const [row] = partOf('lifted', buildReport({ ...facts, records })).rows.slice(-1);
    expect(row).toMatchObject({
      why: 'Ward 3 closes (decided by Vera Jacobs)',
      what: expect.stringContaining('Suspensions') as string,
    });
  });

  it('claims nothing of what it cannot know: no plan, a rollback last, a plan that git lost, settings of another version', () => {
    const empty = buildReport({ ...facts, records: [], events: [], protected: null });
    for (const id of ['open', 'unmanaged', 'protected'] as const)
      expect(partOf(id, empty)).toMatchObject({ summary: expect.stringMatching(/^Not known: /) as string, rows: [] });
    expect(partOf('notDone', empty).summary).toBe('Nothing was to be done.');
    const [last] = facts.records.slice(-1);
    if (last?.plan === undefined || last.plan === null) throw new Error('the sample ends with a plan');
    const undo = {
      ...last,
      name: '0003-rollback',
      plan: { ...last.plan, body: { ...last.plan.body, source: [], unmanaged: [] } },
    };
    const after = buildReport({ ...facts, records: [...facts.records, undo] });
    expect(partOf('unmanaged', after).rows).toEqual(partOf('unmanaged').rows);
    expect(partOf('unmanaged').rows).not.toEqual([]);
    const lost = buildReport({ ...facts, records: [...facts.records.slice(0, -1), { ...last, plan: null }] });
    expect(lost.notRecorded[0]).toBe(
      `The changes of plan ${last.name}: the ledger names it, and git no longer has it.`,
    );
    expect(partOf('open', lost).summary).toMatch(/^Not known: /);
  });

  it('names who owns a functional account, and what is overdue or owned by nobody', () => {
    const outcomes = partOf('functional').rows.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome.startsWith('no owner is named'))).toHaveLength(3);
    expect(outcomes).toContain('owned by Vera Jacobs <v.jacobs@lindenhof.example>, next review by 2027-05-01');
    expect(partOf('functional').summary).toBe(
      '5 functional accounts, 3 of them without an owner, 1 of them to be looked at again by their owners.',
    );
  });

  it('is a table for spreadsheets with a row for each, and a page without script in which no text becomes markup', () => {
    const rows = tableOfReport(report);
    expect(rows).toHaveLength(1 + report.parts.reduce((sum, { rows: own }) => sum + own.length, 0));
    const text = HOSTILE_TEXTS.join(' ');
    const events = facts.events.map((event) => ({ ...event, change: { ...event.change, fullName: text } }));
    const page = renderReportHtml(buildReport({ ...facts, events }));
    const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
    expect(tagsOf(page).join('') === tagsOf(renderReportHtml(report)).join('')).toBe(true);
    expect(page.match(/<script|(?:href|src)="(?!#)/g)).toBeNull();
  });

  it('fits a terminal', () => {
    const lines = renderReport(report, { width: 80, color: false }).split('\n');
    expect(lines.filter((line) => line.length > 80 && !/sha256:/.test(line))).toEqual([]);
    expect(lines[0]).toBe('Accounts of example, 2026-11-01 00:00 to 2026-11-30 23:59 UTC');
  });
});
