import { expect, it } from 'vitest';
import { listTaken } from '../../../../src/model/ledger/taken.ts';
import type { LedgerRecord } from '../../../../src/model/schema/generated/ledger.ts';

const BEGIN = '2026-11-30T10:00:00.000Z';
const STARTED = '2026-11-30T10:01:00.000Z';
const FINISHED = '2026-11-30T10:02:00.000Z';
const END = '2026-11-30T10:03:00.000Z';

const suspends = (change: string) => ({ change, zivverId: `of ${change}`, counts: { suspend: 1 } });
const begin = (...changes: string[]) => ({ type: 'begin', at: BEGIN, takes: changes.map(suspends) });
const started = (change: string) => ({ type: 'started', at: STARTED, change });
const finished = (change: string, status: string) => ({ type: 'finished', at: FINISHED, change, status });
const end = (verdict: string) => ({ type: 'end', at: END, verdict });

/** Change → when it was done. */
function read(...records: object[]): Record<string, string> {
  const taken = listTaken([{ records: records as LedgerRecord[] }]);
  return Object.fromEntries(taken.map(({ zivverId, at }) => [zivverId, new Date(at).toISOString()]));
}

it.each(['applied', 'adopted', 'already-applied'])('what finished as %s was taken then', (status) => {
  expect(read(begin('a'), started('a'), finished('a', status), end('complete'))).toEqual({ 'of a': FINISHED });
});

it.each(['failed', 'conflicted', 'skipped'])('what finished as %s was not taken', (status) => {
  expect(read(begin('a'), started('a'), finished('a', status), end('incomplete'))).toEqual({});
});

it('what was started and never finished counts as done', () => {
  expect(read(begin('a', 'b'), started('a'))).toEqual({ 'of a': STARTED });
  expect(read(begin('a', 'b'), started('a'), end('interrupted'))).toEqual({ 'of a': STARTED });
});

it('of an abandoned plan everything counts that is not known to have failed', () => {
  const records = [begin('a', 'b', 'c'), started('a'), finished('a', 'failed'), started('b'), end('abandoned')];
  expect(read(...records)).toEqual({ 'of b': STARTED, 'of c': END });
});

it('the last word on a change counts, and what takes nothing away does not', () => {
  expect(read(begin('a'), started('a'), finished('a', 'failed'), started('a'), finished('a', 'applied'))).toEqual({
    'of a': FINISHED,
  });
  expect(read(begin(), started('x'), finished('x', 'applied'), end('abandoned'))).toEqual({});
});
