import { describe, expect, it } from 'vitest';
import type { OpenAccount } from '../../../../src/model/schema/generated/plan.ts';
import { accountFor, type AccountingInput } from '../../../../src/model/plan/accounting.ts';
import { desiredUser, dnOf, existingUser, keyFor, mappedUser } from '../../../support/account-builder.ts';
import { buildOpen } from '../../../support/plan-builder.ts';
import { settle, type Given } from '../../../support/settle-builder.ts';

function account(given: Given, open: readonly OpenAccount[] = []): ReturnType<typeof accountFor> {
  const { mapped = [], excluded = [], baseline = [] } = given;
  const input: AccountingInput = {
    mapped: { accounts: mapped, excluded, exclusions: [], notes: [], emptyAttributes: [] },
    settlement: settle(given),
    baseline,
    changes: [],
    open,
    kept: new Set(),
  };
  return accountFor(input);
}

const one = (found: 'equal' | 'open' | 'excluded') => ({ equal: 0, changed: 0, open: 0, excluded: 0, [found]: 1 });

describe('every entry read and every managed account', () => {
  const anna = { mapped: [mappedUser('anna')], existing: [existingUser('anna')], baseline: [desiredUser('anna')] };

  it('is equal if nothing is to be done', () => {
    expect(account(anna)).toEqual({ entries: one('equal'), managed: one('equal') });
  });

  // Zivver has lost the account of anna, and another that is still managed has the address she gets.
  const held = {
    mapped: [mappedUser('anna', { address: 'held@company.org' })],
    existing: [existingUser('holder', { address: 'held@company.org' })],
    baseline: [desiredUser('anna'), desiredUser('holder', { address: 'held@company.org' })],
  };

  it('is open if it is told, also only as the entry that claims the address of another', () => {
    const claimant = { key: keyFor('anna'), address: 'held@company.org', source: 'office', entry: dnOf('anna') };
    const told = buildOpen({ reason: 'remade', address: 'held@company.org', key: keyFor('holder'), claimant });
    expect(account(held, [told])).toEqual({ entries: one('open'), managed: { ...one('open'), open: 2 } });
  });

  it('is never passed over: whoever is in no class ends the plan', () => {
    expect(() => account(held)).toThrow('is in no class of the accounting');
  });
});
