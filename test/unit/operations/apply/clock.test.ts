import { expect, it } from 'vitest';
import { refuseWrongClock } from '../../../../src/operations/apply/clock.ts';

const MINUTE = 60_000;
const now = new Date('2026-11-30T10:00:00.000Z');
const REFUSED = expect.objectContaining({ code: 'LEDGER_NOT_WRITABLE' });

it.each([-5, 0, 5])('a clock of Zivver %i minutes ahead is near enough', (minutes) => {
  expect(() => refuseWrongClock({ now, latest: null, skewMs: minutes * MINUTE })).not.toThrow();
});

it.each([-5, 5])('one millisecond beyond %i minutes nothing is written', (minutes) => {
  const skewMs = minutes * MINUTE + Math.sign(minutes);
  expect(() => refuseWrongClock({ now, latest: null, skewMs })).toThrow(REFUSED);
});

it('a clock behind the last record is told only beyond five minutes; ahead of it is as it should be', () => {
  const at = (offsetMs: number): Date => new Date(now.getTime() + offsetMs);
  for (const offset of [-10 * MINUTE, 0, 5 * MINUTE])
    expect(() => refuseWrongClock({ now, latest: at(offset), skewMs: null })).not.toThrow();
  expect(() => refuseWrongClock({ now, latest: at(5 * MINUTE + 1), skewMs: null })).toThrow(REFUSED);
});

it.each([
  [{ latest: null, skewMs: 6 * MINUTE }, '6 minutes behind the clock of Zivver'],
  [{ latest: null, skewMs: -7 * MINUTE }, '7 minutes ahead of the clock of Zivver'],
  [{ latest: new Date(now.getTime() + 8 * MINUTE), skewMs: null }, '8 minutes behind the last record of the ledger'],
])('%j is said to be %s, with the cure', (clocks, what) => {
  expect(() => refuseWrongClock({ now, ...clocks })).toThrow(
    expect.objectContaining({
      message: `The clock of this machine is ${what}; nothing was written`,
      remedy: expect.stringContaining('Set the clock'),
    }),
  );
});
