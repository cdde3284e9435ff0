import { fact } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../src/model/change/change.ts';
import { listFailures } from '../../../../src/model/ledger/failures.ts';
import { listFailedBefore } from '../../../../src/model/plan/failed-before.ts';
import { leaveOutFailed } from '../../../../src/model/plan/leave-out-failed.ts';
import { renderMarkdown } from '../../../../src/model/review/markdown.ts';
import type { LedgerRecord } from '../../../../src/model/schema/generated/ledger.ts';
import { buildChange, buildCreation, buildPlan, buildSuspension } from '../../../support/plan-builder.ts';

const joiner = buildCreation('new@company.org');
const leaver = buildSuspension('old@company.org');
const narrowed = buildChange({
  address: 'box@company.org',
  before: { delegates: ['a@company.org'] },
  after: { delegates: [] },
});

const DETAIL = 'its domain is not claimed';

function finished(change: Change, status: string, cause?: string): LedgerRecord {
  const { id, address, zivverId } = change;
  return {
    type: 'finished',
    change: id,
    address,
    zivverId,
    status,
    detail: DETAIL,
    ...(cause === undefined ? {} : { cause }),
  } as LedgerRecord;
}

const plans = (...records: LedgerRecord[][]) =>
  records.map((one, place) => ({ name: `000${place + 7}-0123abcd`, records: one }));

const refused = (change: Change) => finished(change, 'failed', 'address-not-allowed');

describe('what an earlier plan did not do', () => {
  it.each<[string, LedgerRecord[][], number, string | null]>([
    ['once is told', [[refused(joiner)]], 1, 'failed'],
    ['twice is told with its number', [[refused(joiner)], [refused(joiner)]], 2, 'failed'],
    ['is told by the plan, however often it was resumed', [[refused(joiner), refused(joiner)]], 1, 'failed'],
    ['and then did is not told', [[refused(joiner)], [finished(joiner, 'applied')]], 0, null],
    ['in a run that was resumed with success is not told', [[refused(joiner), finished(joiner, 'applied')]], 0, null],
    ['because Zivver had changed is told', [[finished(joiner, 'conflicted')]], 1, 'conflicted'],
    ['because it was not tried is told', [[finished(joiner, 'skipped')]], 1, 'skipped'],
  ])('%s', (_case, records, times, status) => {
    const [told] = listFailedBefore([joiner], listFailures(plans(...records)));
    expect([told?.times ?? 0, told?.status ?? null]).toEqual([times, status]);
    if (told)
      expect(told).toMatchObject({ change: joiner.id, plan: `000${6 + records.length}-0123abcd`, detail: DETAIL });
  });

  it('of the same account in the last plan is told of its other change', () => {
    const other = buildChange({ address: narrowed.address, before: { fullName: 'A' }, after: { fullName: 'B' } });
    const conflict = finished(narrowed, 'conflicted');
    expect(listFailedBefore([other], listFailures(plans([conflict])))).toMatchObject([{ change: other.id, times: 1 }]);
    expect(listFailedBefore([other], listFailures(plans([conflict], [])))).toEqual([]);
  });
});

describe('a change that failed twice', () => {
  const isOpen = (change: Change, ...records: LedgerRecord[][]): boolean =>
    leaveOutFailed([change], listFailures(plans(...records))).open.length === 1;

  it.each<[string, boolean, Change, LedgerRecord[][]]>([
    ['for the same lasting cause stays open', true, joiner, [[refused(joiner)], [refused(joiner)]]],
    ['once only is tried again', false, joiner, [[refused(joiner)]]],
    [
      'for two causes is tried again',
      false,
      joiner,
      [[refused(joiner)], [finished(joiner, 'failed', 'invalid-division')]],
    ],
    [
      'for a cause that passes is tried again',
      false,
      joiner,
      [[finished(joiner, 'failed', 'unavailable')], [finished(joiner, 'failed', 'unavailable')]],
    ],
    ['without a cause is tried again', false, joiner, [[finished(joiner, 'failed')], [finished(joiner, 'failed')]]],
    [
      'with a plan in between that did not try it stays open',
      true,
      joiner,
      [[refused(joiner)], [finished(joiner, 'skipped')], [refused(joiner)]],
    ],
    [
      'and then worked is tried again',
      false,
      joiner,
      [[refused(joiner)], [refused(joiner)], [finished(joiner, 'applied')]],
    ],
    ['is tried again if it is a suspension', false, leaver, [[refused(leaver)], [refused(leaver)]]],
    ['is tried again if somebody loses access by it', false, narrowed, [[refused(narrowed)], [refused(narrowed)]]],
  ])('%s', (_case, open, change, records) => {
    expect(isOpen(change, ...records)).toBe(open);
  });

  it('is open with its reason and its plans, and leaves the others in', () => {
    const failures = listFailures(plans([refused(joiner)], [refused(joiner)]));
    const { changes, open } = leaveOutFailed([leaver, joiner], failures);
    expect(changes).toEqual([leaver]);
    expect(open).toMatchObject([
      {
        reason: 'refused-twice',
        address: joiner.address,
        detail: fact('refused-twice', { plans: ['0007-0123abcd', '0008-0123abcd'], why: DETAIL }),
      },
    ]);
  });
});

it('a review never says a plain yes to what failed before, and names the plan and the cause', () => {
  const failedBefore = listFailedBefore([joiner], listFailures(plans([refused(joiner)])));
  const text = renderMarkdown(buildPlan({ changes: [joiner], failedBefore }));
  expect(text).toContain('Only if what did not work before works now.');
  expect(text).toContain('1 change did not work in an earlier plan');
  expect(text).toMatch(/## Did not work before \(1\)\n\n- .*failed in plan `0007-0123abcd`: its domain is not claimed/);
  expect(renderMarkdown(buildPlan({ changes: [joiner] }))).toContain('Yes, if it is what you expect');
});
