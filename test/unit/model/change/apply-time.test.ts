import { expect, it } from 'vitest';
import { estimateApplyMs, formatAbout, formatPace } from '../../../../src/model/change/apply-time.ts';

it.each([
  [14, 'under a minute'],
  [315, 'about 1 minute'],
  [5011, 'about 17 minutes'],
  [18_000, 'about 1 hour'],
  [40_000, 'about 2 hours 13 minutes'],
])('%i changes take %s at the limit of Zivver', (changes, words) => {
  expect(formatAbout(estimateApplyMs(changes))).toBe(words);
});

it('says how much is done and how long it still takes, by the pace so far', () => {
  expect(formatPace({ done: 60, all: 5011, spentMs: 12_000 })).toBe('60 of 5,011 (1 %), about 17 minutes left');
  expect(formatPace({ done: 60, all: 5011, spentMs: 60_000 })).toBe('60 of 5,011 (1 %), about 1 hour 23 minutes left');
  expect(formatPace({ done: 5010, all: 5011, spentMs: 1_000_000 })).toBe('5,010 of 5,011 (99 %), under a minute left');
  expect(formatPace({ done: 5011, all: 5011, spentMs: 1_000_000 })).toBe('5,011 of 5,011 (100 %)');
});
