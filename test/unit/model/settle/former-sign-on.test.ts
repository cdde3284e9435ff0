import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../src/model/change/change.ts';
import type { MappedUser } from '../../../../src/model/mapping/mapped.ts';
import { isSameMaking } from '../../../../src/model/ledger/sign-on-making.ts';
import { isFormerSignOn, noteFormerSignOn, tellFormerSignOn } from '../../../../src/model/settle/former-sign-on.ts';
import { configure, DISABLED, existingUser, idFor, mappedUser, settle } from '../../../support/account-builder.ts';
import { guidOf } from '../../../support/mapping-builder.ts';
import { buildChange } from '../../../support/plan-builder.ts';

const SET = { plan: '0001-00000000', keyFormat: 'base64', attributes: { office: 'objectGUID' } } as const;

interface Given {
  readonly sso?: string;
  readonly changes?: readonly Change[];
  readonly set?: readonly string[];
}

function given(sso: string, set: readonly string[]) {
  const secrets = `secrets: { recipients: [age1${'q'.repeat(58)}] }`;
  const configuration = configure(`sso: { enabled: true, ${sso} }\n${secrets}\n`);
  return {
    configuration,
    signOnBefore: { last: SET, set: new Map(set.map((name) => [idFor(name), SET])) },
  };
}

const ANNA: MappedUser = { ...mappedUser('anna'), ssoKey: guidOf('anna') };

function tell({ sso = 'keyFormat: guid', changes = [] }: Given = {}, mapped = ANNA) {
  return tellFormerSignOn([settle(mapped, existingUser('anna'))], given(sso, ['anna']), changes);
}

function note({ sso = 'keyFormat: guid', set = [] }: Given = {}): string[] {
  return noteFormerSignOn([settle(ANNA, existingUser('anna'))], given(sso, set));
}

describe('a single sign-on key that an earlier plan made otherwise', () => {
  it('is open, with what was set and what is asked for', () => {
    const [open, ...more] = tell();
    expect(more).toEqual([]);
    expect(open).toMatchObject({ reason: 'former-sign-on', value: 'single sign-on key', keepsAccess: false });
    expect(open?.detail).toContain(
      'plan 0001-00000000 set its single sign-on key with objectGUID and keyFormat base64; organisation.yaml now says objectGUID and keyFormat guid',
    );
  });

  it('is open if it comes from another attribute', () => {
    expect(tell({ sso: 'key: userPrincipalName' })[0]?.detail).toContain('userPrincipalName and keyFormat base64');
  });

  it.each([
    ['it is made as before', tell({ sso: 'keyFormat: base64' })],
    ['the value is no GUID, which has one form', tell({}, mappedUser('anna'))],
    ['nobody uses the account', tell({}, mappedUser('anna', {}, DISABLED))],
    [
      'a change of the plan replaces it',
      tell({ changes: [buildChange({ address: 'anna@company.org', zivverId: idFor('anna'), sealed: true })] }),
    ],
  ])('is not told if %s', (_why, open) => expect(open).toEqual([]));
});

describe('a single sign-on key that no plan has set', () => {
  it('is told as unknown once keys are made otherwise', () => {
    const [told = ''] = note();
    expect(told).toContain(
      'not as when plan 0001-00000000 was applied. 1 account has a single sign-on key that no plan',
    );
    expect(isFormerSignOn(told)).toBe(true);
  });

  it.each([
    ['keys are made as before', note({ sso: 'keyFormat: base64' })],
    ['a plan has set it', note({ set: ['anna'] })],
  ])('is not told if %s', (_why, told) => expect(told).toEqual([]));
});

it.each([
  [{}, true],
  [{ attributes: {} }, true],
  [{ attributes: { office: 'objectGUID', other: 'number' } }, true],
  [{ attributes: { office: 'mail' } }, false],
  [{ keyFormat: 'guid' as const }, false],
])('with %j keys are made as before: %s', (given, isSame) => {
  expect(isSameMaking({ ...SET, ...given }, SET)).toBe(isSame);
});
