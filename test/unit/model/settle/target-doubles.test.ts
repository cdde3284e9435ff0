import type { Fact } from '../../../../src/model/schema/generated/plan.ts';
import { factText } from '../../../../src/model/facts/fact.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import type { MappedAccount } from '../../../../src/model/mapping/mapped.ts';
import { settleAccounts } from '../../../../src/model/settle/settle.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import {
  configure,
  desiredUser,
  DISABLED,
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
  keyFor,
  mappedUser,
} from '../../../support/account-builder.ts';

interface Given {
  readonly mapped?: MappedAccount[];
  readonly existing: ExistingAccount[];
  readonly baseline?: DesiredAccount[];
}

const configuration = configure();

function settle({ mapped = [], existing, baseline = [] }: Given) {
  return settleAccounts({
    configuration,
    mapped: { accounts: mapped, excluded: [], exclusions: [], notes: [], emptyAttributes: [] },
    index: indexOf(...existing),
    baseline,
    bootstrap: false,
  });
}

const DISABLED_ANNA = mappedUser('anna', {}, DISABLED);
const withoutId = { externalAccountId: null };
const twin = existingUser('twin', { address: 'anna@company.org', ...withoutId });

describe('two accounts of Zivver with one address', () => {
  const told = expect.objectContaining({
    reason: 'ambiguous',
    address: 'anna@company.org',
    detail: expect.objectContaining({ says: 'doubles' }) as Fact,
  });

  it('are told with their ids, whatever the source says', () => {
    expect(settle({ existing: [existingUser('anna'), twin] }).open).toEqual([told]);
    expect(settle({ mapped: [mappedUser('anna')], existing: [existingUser('anna'), twin] }).open).toContainEqual(told);
  });

  it.each([
    ['before', [existingUser('anna'), twin]],
    ['after', [twin, existingUser('anna')]],
  ])('let the leaver be suspended by id if her key says which is hers (%s the other)', (_order, existing) => {
    const { settled } = settle({ mapped: [DISABLED_ANNA], existing, baseline: [desiredUser('anna')] });
    expect(settled).toMatchObject([{ existing: { zivverId: idFor('anna') }, desired: { active: false } }]);
    const gone = settle({ existing, baseline: [desiredUser('anna')] });
    expect(gone.missing).toMatchObject([{ existing: { zivverId: idFor('anna') } }]);
  });

  it('are both left alone if no key says which is whose, and the file of the leaver stays', () => {
    const existing = [existingUser('anna', withoutId), twin];
    const disabled = settle({ mapped: [DISABLED_ANNA], existing, baseline: [desiredUser('anna')] });
    expect(disabled).toMatchObject({ settled: [], missing: [], held: [{ key: keyFor('anna') }] });
    expect(disabled.open).toContainEqual(told);
    const gone = settle({ existing, baseline: [desiredUser('anna')] });
    expect(gone).toMatchObject({ settled: [], missing: [], gone: [], held: [{ key: keyFor('anna') }] });
    expect(gone.open).toContainEqual(told);
  });

  it('are never adopted by their address', () => {
    const { settled, open } = settle({
      mapped: [mappedUser('anna')],
      existing: [existingUser('anna', withoutId), twin],
    });
    expect(settled).toEqual([]);
    expect(open.map(({ reason }) => reason)).toEqual(['ambiguous', 'ambiguous']);
  });
});

describe('two accounts of Zivver with one ExternalAccountId', () => {
  it('are told, and neither is guessed', () => {
    const existing = [existingUser('anna'), existingUser('twin', { externalAccountId: keyFor('anna') })];
    const { settled, open } = settle({ mapped: [DISABLED_ANNA], existing, baseline: [desiredUser('anna')] });
    expect(settled).toEqual([]);
    expect(open.map(({ detail }) => factText(detail))).toContainEqual(
      expect.stringMatching(/^Zivver has 2 accounts with the same ExternalAccountId: anna@.*twin@/),
    );
  });
});

describe('claims of addresses', () => {
  it('are settled where a functional account has the address of a disabled person', () => {
    const { settled } = settle({
      mapped: [DISABLED_ANNA],
      existing: [existingUser('anna'), existingFunctional('box', { address: 'anna@company.org' })],
      baseline: [desiredUser('anna')],
    });
    expect(settled).toMatchObject([{ existing: { zivverId: idFor('anna') }, desired: { active: false } }]);
  });

  it('are settled whatever names who has and who wants', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const person = fc.record({ name, wants: name, has: name, alias: name, disabled: fc.boolean(), key: fc.boolean() });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 6 }), fc.array(name, { maxLength: 2 }), (people, boxes) => {
        const mapped = people.map(({ name: own, wants, alias, disabled }) =>
          mappedUser(
            own,
            { address: `${wants}@company.org`, aliases: [`x${alias}@company.org`] },
            disabled ? DISABLED : null,
          ),
        );
        const existing = [
          ...people.map(({ name: own, has, alias, key }, place) =>
            existingUser(`${own}${place}`, {
              address: `${has}@company.org`,
              aliases: [`x${alias}@company.org`],
              externalAccountId: key ? keyFor(own) : null,
            }),
          ),
          ...boxes.map((box, place) => existingFunctional(`box${place}`, { address: `${box}@company.org` })),
        ];
        const { settled } = settle({ mapped, existing });
        expect(new Set(settled.map(({ desired }) => desired.address)).size).toBeLessThanOrEqual(settled.length);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
