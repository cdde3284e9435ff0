import { beforeAll, describe, expect, it } from 'vitest';
import { renderSite } from '../../../../../src/operations/audit/site/render-site.ts';
import { buildSiteFigures, type SiteFigures } from '../../../../../src/operations/audit/site/site-figures.ts';
import type { PlanRecord } from '../../../../../src/operations/audit/plan-events.ts';
import type { Finding } from '../../../../../src/model/notify/finding.ts';
import { buildSampleFacts } from '../../../../support/example/sample-report.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const HEAD = `sha256:${'a'.repeat(64)}`;
let records: readonly PlanRecord[];

beforeAll(async () => {
  ({ records } = await buildSampleFacts());
});

/** The last plan of the example again, so many weeks later. */
function repeat(record: PlanRecord, weeks: number): PlanRecord {
  const later = (at: string): string => new Date(Date.parse(at) + weeks * WEEK_MS).toISOString();
  const { plan, entry } = record;
  if (plan === null || entry === null) throw new Error('the plan of the example was applied');
  const begin = { ...entry.begin, at: later(entry.begin.at) };
  const moved = entry.records.map((line) => ({ ...line, at: later(line.at) }));
  const body = { ...plan.body, createdAt: later(plan.body.createdAt) };
  return { name: record.name, plan: { ...plan, body }, entry: { ...entry, begin, records: moved } };
}

function figuresOf(all: readonly PlanRecord[], findings: readonly Finding[] = [], showsNames = false): SiteFigures {
  return buildSiteFigures('example', { records: all, head: HEAD, findings, showsNames });
}

describe('the page', () => {
  it('counts by the Monday of each week who came, who left and who was let into mail', () => {
    expect(figuresOf(records).weeks).toEqual([
      { monday: '2026-11-09', joiners: 22, leavers: 0, readers: expect.any(Number) as number },
      { monday: '2026-11-16', joiners: 3, leavers: 4, readers: expect.any(Number) as number },
    ]);
  });

  it('has weeks in which nothing happened, and no more than five years', () => {
    const last = records.at(-1) as PlanRecord;
    const { weeks } = figuresOf([...records, repeat(last, 3)]);
    expect(weeks.map(({ leavers }) => leavers)).toEqual([0, 4, 0, 0, 4]);
    expect(figuresOf([...records, repeat(last, 400)]).weeks).toHaveLength(265);
  });

  it('tells how long people and the apply took, what is open and how full the limits were', () => {
    const { plans, onePair, toZivver, open, unmanaged, limits, last, head } = figuresOf(records);
    expect({ plans, onePair, open, unmanaged, head }).toEqual({
      plans: 2,
      onePair: 1,
      open: 2,
      unmanaged: 3,
      head: HEAD,
    });
    expect(toZivver).toEqual({ median: 20 * 60_000, ninth: 155 * 60_000 });
    expect(last).toMatchObject({ state: 'complete', at: '2026-11-16T10:05:00.000Z' });
    expect(limits[0]).toMatchObject({ observed: expect.any(Number) as number, limit: expect.any(Number) as number });
    const shares = limits.map(({ observed, limit }) => observed / limit);
    expect(shares).toEqual([...shares].sort((one, other) => other - one));
  });

  it('names people only where it is asked to, and counts what jobs found', () => {
    const run = { type: 'run' as const, at: '2026-11-17T05:41:00.000Z', plan: null, runUrl: null };
    const findings = [
      { ...run, during: 'daily' as const, code: 50 },
      { ...run, during: 'plan' as const, code: 32 },
      { ...run, during: 'plan' as const, code: 0 },
    ];
    const named = figuresOf(records, findings, true);
    expect(named.found).toEqual({ refused: 1, drift: 1, isDrifting: true });
    expect(figuresOf(records, [...findings, { ...run, during: 'daily', code: 0 }]).found.isDrifting).toBe(false);
    expect(renderSite([named])).toContain('Karim Benali');
    expect(named.people?.[0]?.at.slice(0, 10)).toBe('2026-11-16');
  });

  it('is about an organisation without any plan too', () => {
    const page = renderSite([buildSiteFigures('new', { records: [], head: null, findings: [], showsNames: false })]);
    expect(page).toContain('<dt>Last apply</dt><dd>none</dd>');
    expect(page).not.toContain('<svg');
  });

  it('names nobody, asks nothing of the network, has the same bytes again, and stays small after five years', () => {
    const last = records.at(-1) as PlanRecord;
    const years = [...records, ...Array.from({ length: 260 }, (_, week) => repeat(last, week + 1))];
    const page = renderSite([figuresOf(years)]);
    expect(renderSite([figuresOf(years)]) === page).toBe(true);
    expect(page.match(/@lindenhof|Benali|Jacobs/g)).toBeNull();
    expect(page.match(/<script|(?:href|src)="(?!#)|url\(/g)).toBeNull();
    expect(page.length).toBeLessThan(200_000);
    expect(page.match(/<rect/g)).toHaveLength(261 + 262 + 262);
  });
});
