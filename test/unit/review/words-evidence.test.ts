import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../src/review/markdown.ts';
import { buildEvidence, buildPlan, buildSuspension } from '../../support/plan-builder.ts';

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
