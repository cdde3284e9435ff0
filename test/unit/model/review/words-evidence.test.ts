import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../../src/model/review/markdown.ts';
import { buildChange, buildEvidence, buildPlan, buildSuspension } from '../../../support/plan-builder.ts';

function renderExpiry(value: string): string {
  const evidence = buildEvidence({ attribute: 'accountExpires', value });
  const change = buildSuspension('a@hospital.example', { reason: 'expired', evidence });
  return renderMarkdown(buildPlan({ changes: [change] }));
}

test('an expiry is told as a date as well', () => {
  expect(renderExpiry('134116992000000000')).toContain('`134116992000000000` (Thursday 2026-01-01 00:00 UTC)');
});

test('an expiry that is not a number is told as it is', () => {
  expect(renderExpiry('soon')).toMatch(/`accountExpires` = `soon`,/);
});

test('a plan says which domain controllers were asked about an absence', () => {
  const render = (lookup: 'nowhere' | 'domain', servers: string[]): string => {
    const reason = lookup === 'nowhere' ? 'unexplained' : 'moved';
    const evidence = buildEvidence({ lookup, servers, attribute: null, value: null });
    return renderMarkdown(buildPlan({ changes: [buildSuspension('a@hospital.example', { reason, evidence })] }));
  };
  const both = ['dc1.hospital.example:636', 'dc2.hospital.example:636'];
  expect(render('nowhere', both)).toContain(`neither on \`${both[0]}\` nor on \`${both[1]}\``);
  expect(render('domain', both)).toContain(`selected neither on \`${both[0]}\` nor on \`${both[1]}\``);
  expect(render('nowhere', both.slice(0, 1))).toContain(`asked: \`${both[0]}\``);
});

test.each([
  ['msExchRecipientTypeDetails', '4', 'the key of the shared mailbox'],
  ['userAccountControl', '514', 'the key of the shared mailbox'],
  [null, null, 'the key of the group'],
])('a functional account whose evidence is %s = %s: %s', (attribute, value, words) => {
  const evidence = buildEvidence({ attribute, value });
  const address = 'a@hospital.example';
  const change = buildChange({
    address,
    reason: 'handed-over',
    kind: 'functional',
    evidence,
    after: { externalAccountId: 'k' },
  });
  expect(renderMarkdown(buildPlan({ changes: [change] }))).toContain(words);
});

test.each([
  ['query', '(memberOf=CN=A,DC=x)', 'it is not, or no longer, a member of `CN=A,DC=x`, as the query asks'],
  [
    'query',
    '(|(memberOf:1.2.840.113556.1.4.1941:=CN=A,DC=x) (memberOf=CN=B & C,DC=x))',
    'a member of `CN=A,DC=x` or `CN=B & C,DC=x`, as the query asks',
  ],
  ['query', '(!(memberOf=CN=A,DC=x))', 'but this part of the query does not hold: `query` = '],
  ['query', '(&(memberOf=CN=A,DC=x)(sn=B))', 'this part of the query does not hold'],
  [
    'filters',
    'not in the include filter on title: Cook, wanted is Nurse',
    'a filter leaves it out: `filters` = `not in',
  ],
  [null, null, 'but the query or a filter leaves it out at'],
])('whom %s = %s leaves out is told so', (attribute, value, words) => {
  const evidence = buildEvidence({ lookup: 'domain', entry: 'CN=Jan,DC=x', attribute, value });
  const change = buildSuspension('a@hospital.example', { reason: 'filtered', evidence });
  expect(renderMarkdown(buildPlan({ changes: [change] }))).toContain(words);
});

test.each([
  [
    'neither',
    'Found nowhere in the domain by its key; deleted objects could not be read, nor in the files of the other',
  ],
  ['no-file', 'No longer in the files of the sources, and a file does not tell who left'],
  ['unasked', 'Selected by no source any more; the rest of the domain was not asked'],
] as const)('whoever is missing (%s) is told by where somebody looked', (lookup, words) => {
  const evidence = buildEvidence({ lookup, entry: null, attribute: null, value: null });
  const change = buildSuspension('a@hospital.example', { reason: 'unexplained', evidence });
  expect(renderMarkdown(buildPlan({ changes: [change] }))).toContain(words);
});
