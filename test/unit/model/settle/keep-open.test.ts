import { factAbout } from '../../../support/plan-builder.ts';
import { describe, expect, it } from 'vitest';
import { buildRenames } from '../../../../src/model/change/renames.ts';
import { keepOpen } from '../../../../src/model/settle/keep-open.ts';
import { openAccount } from '../../../../src/model/settle/open-draft.ts';
import type { OpenDraft } from '../../../../src/model/settle/open-list.ts';
import {
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
  mappedFunctional,
  mappedUser,
  settle,
} from '../../../support/account-builder.ts';

const bas = existingUser('bas');
const anna = existingUser('anna', { delegates: ['bas@company.org', 'dirk@company.org'] });
const team = existingFunctional('team', { memberIds: [idFor('bas'), idFor('anna')] });
const index = indexOf(anna, bas, team);

function openOf(given: Partial<OpenDraft> = {}): OpenDraft {
  const account = { key: 'k', kind: 'user', address: bas.address, fullName: null } as const;
  const draft = openAccount({ account, existing: bas }, { reason: 'claimed', detail: factAbout('x'), evidence: null });
  return { ...draft, ...given };
}

function keep(open: readonly OpenDraft[]) {
  const settled = [
    settle(mappedUser('anna', { delegates: [] }), anna),
    settle(mappedFunctional('team', { members: ['anna@company.org'] }), team),
    settle(mappedUser('dirk'), null),
  ];
  return keepOpen(settled, open, { index, renames: buildRenames([]) }).map(({ desired }) =>
    desired.kind === 'user' ? desired.delegates : desired.members,
  );
}

describe('whose account is open', () => {
  it('keeps the places in other accounts, and brings nobody else along', () => {
    expect(keep([openOf()])).toEqual([['bas@company.org'], ['anna@company.org', 'bas@company.org'], undefined]);
  });

  it.each([
    ['only an alias of it is open', openOf({ value: 'b@company.org' })],
    ['nobody knows which account it is', openOf({ zivverId: null })],
  ])('keeps none if %s', (_why, open) => {
    expect(keep([open])).toEqual([[], ['anna@company.org'], undefined]);
  });
});
