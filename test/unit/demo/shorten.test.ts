import { expect, test } from 'vitest';
import { fewerSteps, firstLines } from '../../../src/demo/shorten.ts';

const STEPS = Array.from({ length: 10 }, (_, index) => `[${index + 1}/10] update a: applied`);

test('a long text is cut where something new begins, and the rest is counted', () => {
  const text = ['Title', '  - one', '    more', '  - two', '    more', 'End'].join('\n');
  expect(firstLines(4, 'look there')(text)).toBe('Title\n  - one\n    more\n  … 3 more lines: look there');
  expect(firstLines(6, 'look there')(text)).toBe(text);
});

test('of many steps the first three and the last two are shown, and the rest is counted', () => {
  const told = fewerSteps(['Reading', ...STEPS, 'Done'].join('\n')).split('\n');
  expect(told).toEqual(['Reading', ...STEPS.slice(0, 3), '  … 5 more lines like these', ...STEPS.slice(8), 'Done']);
});

test('a few steps are all shown', () => {
  const text = STEPS.slice(0, 8).join('\n');
  expect(fewerSteps(text)).toBe(text);
});
