import { expect, it } from 'vitest';
import type { PlanEvent } from '../../../../../src/operations/audit/plan-events.ts';
import { describeLag, formatLag, formatSteps } from '../../../../../src/operations/audit/report/leaver-lag.ts';
import { buildEvidence, buildSuspension } from '../../../../support/plan-builder.ts';

type Since = { at: string; by: 'replPropertyMetaData' | 'whenChanged' | 'accountExpires' };

function leave(since?: Since): PlanEvent {
  const evidence = buildEvidence(since === undefined ? {} : { since });
  const change = buildSuspension('a@hospital.example', { evidence });
  return { at: '2026-11-24T10:00:00.000Z', change } as Partial<PlanEvent> as PlanEvent;
}

it('the time of a leaver begins when the source says so, and is told as a lower bound where only the entry has a time', () => {
  expect(formatLag(leave({ at: '2026-11-22T09:00:00.000Z', by: 'replPropertyMetaData' }))).toBe('2 d 1 h');
  expect(formatLag(leave({ at: '2026-11-24T09:30:00.000Z', by: 'whenChanged' }))).toBe('at least 30 min');
  expect(formatLag(leave())).toBe('');
});

it('a clock that is ahead makes no time negative', () => {
  expect(formatLag(leave({ at: '2026-11-24T10:05:00.000Z', by: 'accountExpires' }))).toBe('0 min');
});

it('each step of a leaver has its time: what the source said, the plan, the approval, and Zivver', () => {
  const approved = { approval: { mergedAt: '2026-11-24T09:50:00.000Z' } as PlanEvent['approval'] };
  const told = (by: Since['by']): string =>
    formatSteps({ ...leave({ at: '2026-11-23T08:00:00.000Z', by }), ...approved }, '2026-11-24T09:00:00.000Z');
  const rest = 'planned 2026-11-24 09:00 → approved 2026-11-24 09:50 → in Zivver 2026-11-24 10:00';
  expect(told('replPropertyMetaData')).toBe(`disabled 2026-11-23 08:00 → ${rest}`);
  expect(told('whenChanged')).toBe(`disabled 2026-11-23 08:00 at the latest → ${rest}`);
  expect(told('accountExpires')).toBe(`expired 2026-11-23 08:00 → ${rest}`);
  expect(formatSteps({ ...leave(), approval: null }, undefined)).toBe('in Zivver 2026-11-24 10:00');
});

it('the sum says of how many it is known', () => {
  const since = (at: string): Since => ({ at, by: 'replPropertyMetaData' });
  const all = [leave(since('2026-11-24T09:00:00.000Z')), leave(since('2026-11-23T10:00:00.000Z')), leave()];
  expect(describeLag(all)).toBe(
    ' From the source to Zivver: median 1 h 0 min, nine of ten within 1 d 0 h, known of 2 of 3.',
  );
  expect(describeLag([leave()])).toBe('');
});
