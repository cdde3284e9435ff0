import { expect, test } from 'vitest';
import { listLosingAccess } from '../../../../src/model/review/losing-access.ts';
import { renderMarkdown } from '../../../../src/model/review/markdown.ts';
import { buildReview } from '../../../../src/model/review/review.ts';
import { renderTerminal } from '../../../../src/model/review/terminal.ts';
import type { Reason } from '../../../../src/model/schema/generated/plan.ts';
import { buildCreation, buildPlan, buildSuspension } from '../../../support/plan-builder.ts';

const suspensions = (reason: Reason, count: number) =>
  Array.from({ length: count }, (_, index) => buildSuspension(`${reason}${index}@a.example`, { reason }));

const plan = buildPlan({
  changes: [
    ...suspensions('deleted', 2),
    ...suspensions('disabled', 6),
    ...suspensions('moved', 3),
    ...suspensions('unexplained', 2),
    buildCreation('new@a.example'),
  ],
});

test('ten are shown by name, weakest evidence first, the others by reason', () => {
  const { count, shown, rest } = listLosingAccess(buildReview(plan));
  expect(count).toBe(13);
  const reasons = ['unexplained', 'unexplained', 'moved', 'moved', 'moved', ...Array(5).fill('disabled')];
  expect(shown.map(({ change }) => change.reason)).toEqual(reasons);
  expect(rest).toEqual([
    { reason: 'disabled', count: 1 },
    { reason: 'deleted', count: 2 },
  ]);
});

test('exactly ten are all shown, and nothing is counted', () => {
  const ten = listLosingAccess(buildReview(buildPlan({ changes: suspensions('disabled', 10) })));
  expect([ten.shown.length, ten.rest]).toEqual([10, []]);
});

test('who loses access stands right under the verdict, before limits and changes, in plan.md and in the terminal', () => {
  for (const text of [renderMarkdown(plan), renderTerminal(plan, { width: 100, color: false })]) {
    const order = ['May I approve?', 'Who loses access (13)', 'What changes?', 'Unexplained absence: nobody'];
    const places = order.map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
    expect(text.slice(0, places.at(-1)).split('\n').length).toBeLessThan(36);
    expect(text).toContain('1 disabled in the source, 2 deleted in the source; of them 3 in ');
  }
});

test('a plan in which nobody loses access has no such part', () => {
  expect(renderMarkdown(buildPlan({ changes: [buildCreation('new@a.example')] }))).not.toContain('Who loses access');
});
