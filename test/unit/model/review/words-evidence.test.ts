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
  ['msExchRecipientTypeDetails', '4', 'has the shared mailbox'],
  ['userAccountControl', '514', 'has the shared mailbox'],
  [null, null, 'has the group'],
])('a functional account whose evidence is %s = %s %s', (attribute, value, words) => {
  const evidence = buildEvidence({ attribute, value });
  const address = 'a@hospital.example';
  const change = buildChange({
    address,
    reason: 'adopted',
    kind: 'functional',
    evidence,
    after: { externalAccountId: 'k' },
  });
  expect(renderMarkdown(buildPlan({ changes: [change] }))).toContain(words);
});
