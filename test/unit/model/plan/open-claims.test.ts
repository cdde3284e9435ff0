import { expect, it } from 'vitest';
import { blobIdOf } from '../../../../src/model/desired/desired-file.ts';
import { formatOpenLines, openLineOf, type OpenLine } from '../../../../src/model/desired/open-file.ts';
import { findOpenAgeClaims, findOpenFileClaims } from '../../../../src/model/plan/open-claims.ts';
import type { OpenAccount } from '../../../../src/model/schema/generated/plan.ts';
import { buildOpen, buildSource } from '../../../support/plan-builder.ts';

const createdAt = '2026-11-23T10:15:00.000Z';
const today = '2026-11-23';
const one = buildOpen({ address: 'a@company.org', key: 'k', reason: 'claimed', keepsAccess: true, since: today });
const source = [buildSource()];

function filesOf(...open: readonly OpenAccount[]): ReadonlyMap<string, string> {
  const lines = open.flatMap((each) => openLineOf(each) ?? []);
  return new Map([['open.yaml', blobIdOf(formatOpenLines(lines))]]);
}

function lineOf(given: Partial<OpenLine>): OpenLine {
  const line = openLineOf(one);
  if (line === null) throw new Error('it stands in the file');
  return { ...line, ...given };
}

it.each<[string, OpenAccount[], ReadonlyMap<string, string>, number]>([
  ['as the file has them', [one], filesOf(one), 0],
  ['none, and no file', [], new Map(), 0],
  ['one that the file does not have', [one], new Map(), 1],
  ['none, and a file with one', [], filesOf(one), 1],
  ['as of another day', [{ ...one, since: '2026-01-01' }], filesOf(one), 1],
  ['one that waits for this plan only, and no file', [{ ...one, reason: 'waiting' }], new Map(), 0],
])('open accounts that are told %s', (_case, open, desired, faults) => {
  expect(findOpenFileClaims({ open, source }, desired)).toHaveLength(faults);
});

it('a rollback does not tell all of the file', () => {
  expect(findOpenFileClaims({ open: [], source: [] }, filesOf(one))).toEqual([]);
});

it('one that is told wrongly is not made right by another', () => {
  const open = [one, { ...one, key: 'other', since: '2026-01-01' }];
  expect(findOpenAgeClaims({ open, createdAt }, [])).toHaveLength(1);
});

it.each<[string, Partial<OpenAccount>, readonly OpenLine[], number]>([
  ['new, and the branch has none', { isNew: true }, [], 0],
  ['old, and the branch has none', { isNew: false }, [], 1],
  ['new, and the branch has it', { isNew: true, since: '2026-11-01' }, [lineOf({ since: '2026-11-01' })], 1],
  ['old, as the branch has it', { isNew: false, since: '2026-11-01' }, [lineOf({ since: '2026-11-01' })], 0],
  ['of another day than the branch says', { isNew: false, since: today }, [lineOf({ since: '2026-11-01' })], 1],
  ['new, where the branch had it without access', { isNew: true }, [lineOf({ keepsAccess: false, since: today })], 0],
  ['waiting, and new whatever the branch has', { reason: 'waiting', isNew: true }, [lineOf({})], 0],
])('an open account that is told as %s', (_case, given, branch, faults) => {
  expect(findOpenAgeClaims({ open: [{ ...one, ...given }], createdAt }, branch)).toHaveLength(faults);
});
