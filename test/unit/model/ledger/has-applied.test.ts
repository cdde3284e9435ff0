import { expect, it } from 'vitest';
import { hasApplied } from '../../../../src/model/ledger/has-applied.ts';

type Ends = Parameters<typeof hasApplied>[0];

it.each<[string, Ends, boolean]>([
  ['nothing', [], false],
  ['one that has not ended', [{ end: null }], false],
  ['one that was refused', [{ end: { verdict: 'refused' } }], false],
  ['one that was abandoned', [{ end: { verdict: 'abandoned' } }], false],
  ['one that was applied', [{ end: { verdict: 'complete' } }], true],
  ['one that was applied in part', [{ end: { verdict: 'incomplete' } }], true],
  ['one that was interrupted', [{ end: { verdict: 'interrupted' } }], true],
  ['one of several', [{ end: { verdict: 'refused' } }, { end: { verdict: 'complete' } }, { end: null }], true],
])('of %s a plan was applied: %j', (_case, entries, isApplied) => {
  expect(hasApplied(entries)).toBe(isApplied);
});
