import { expect, test } from 'vitest';
import type { Outcome } from '../../../../src/operations/apply/outcome.ts';
import { renderTroubles } from '../../../../src/operations/apply/report-apply.ts';
import { buildCreation } from '../../../support/plan-builder.ts';

const outcome = (name: string, given: Partial<Outcome>): Outcome => ({
  change: buildCreation(`${name}@company.eu`),
  status: 'failed',
  zivverId: null,
  detail: 'The domain is not claimed.',
  cure: 'Claim the domain in Zivver.',
  ...given,
});

test('accounts with one cause are told together, with one cure; what succeeded is not told', () => {
  const lines = renderTroubles([
    outcome('anna', {}),
    outcome('bas', { status: 'applied', detail: null }),
    outcome('carla', { detail: 'The name is \u001b[31mred.', cure: null }),
    outcome('els', {}),
  ]);
  expect(lines).toEqual([
    '  2 accounts failed: The domain is not claimed.',
    '    create anna@company.eu, create els@company.eu',
    '    fix: Claim the domain in Zivver.',
    '  create carla@company.eu failed: The name is ⟦U+001B⟧[31mred.',
    '    fix: Make a new plan.',
  ]);
});
