import { fact } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import type { SignOnMaking } from '../../../../src/model/ledger/sign-on-making.ts';
import type { MappedUser } from '../../../../src/model/mapping/mapped.ts';
import { buildSignOnDiff, noteUnreadableKeys } from '../../../../src/model/settle/sign-on-keys.ts';
import { configure, DISABLED, existingUser, idFor, mappedUser, settle } from '../../../support/account-builder.ts';
import { guidOf } from '../../../support/mapping-builder.ts';

const BASE64 = { keyFormat: 'base64', attributes: { office: 'objectGUID' } } as const;
const ANNA: MappedUser = { ...mappedUser('anna'), ssoKey: guidOf('anna') };

interface Given {
  readonly sso?: string;
  readonly set?: SignOnMaking | null;
  readonly adopted?: SignOnMaking | null;
  readonly isWithout?: boolean;
  readonly settings?: string;
  readonly isSending?: boolean;
}

function question(given: Given) {
  const {
    sso = 'enabled: true, keyFormat: guid',
    set = null,
    adopted = null,
    isWithout = false,
    settings = '',
  } = given;
  const secrets = `secrets: { recipients: [age1${'q'.repeat(58)}] }`;
  const of = (making: SignOnMaking | null) => new Map(making === null ? [] : [[idFor('anna'), making]]);
  return {
    configuration: configure(`sso: { ${sso} }\n${secrets}\n${settings}`),
    signOnBefore: {
      set: of(set),
      without: new Set(isWithout ? [idFor('anna')] : []),
      adopted: of(adopted),
      unreadable: new Set<string>(),
      makings: new Map(),
    },
  };
}

function diff(given: Given, mapped = ANNA) {
  return buildSignOnDiff(question(given))(settle(mapped, existingUser('anna')), given.isSending ?? false);
}

describe('a single sign-on key', () => {
  it.each([
    ['another format', {}, 'objectGUID as base64', 'objectGUID as guid'],
    [
      'another attribute',
      { sso: 'enabled: true, key: userPrincipalName' },
      'objectGUID as base64',
      'userPrincipalName',
    ],
  ])('that an apply has set is replaced by one in %s', (_what, given, before, after) => {
    expect(diff({ ...given, set: BASE64 })).toEqual({ before: { signOnKey: before }, after: { signOnKey: after } });
  });

  it('that an adopted account had is replaced, and nobody claims to know it', () => {
    expect(diff({ adopted: BASE64 })).toEqual({
      before: { signOnKey: 'unknown' },
      after: { signOnKey: 'objectGUID as guid' },
    });
  });

  it('that no apply has sent to an account it made is sent once single sign-on is on', () => {
    const sent = { before: { signOnKey: 'none sent' }, after: { signOnKey: 'objectGUID as guid' } };
    expect(diff({ isWithout: true })).toEqual(sent);
    expect(diff({ isWithout: true, sso: 'enabled: false' })).toBeNull();
    expect(diff({ isWithout: true, settings: 'users: { update: false }\n' })).toBeNull();
  });

  it('that an apply has set is told as erased where single sign-on is off and the extension is sent', () => {
    const off = { sso: 'enabled: false', set: BASE64 };
    expect(diff({ ...off, isSending: true })).toEqual({
      before: { signOnKey: 'objectGUID as base64' },
      after: { signOnKey: null },
    });
    expect(diff(off)).toBeNull();
    expect(diff({ ...off, set: null, adopted: BASE64, isSending: true })).toBeNull();
  });

  it('that an apply has set is told as erased for somebody who has none any more', () => {
    const keyless = { ...ANNA, ssoKey: null };
    expect(diff({ set: BASE64, isSending: true }, keyless)).toEqual({
      before: { signOnKey: 'objectGUID' },
      after: { signOnKey: null },
    });
    expect(diff({ isSending: true }, keyless)).toBeNull();
  });

  it.each([
    ['it is made as before', { sso: 'enabled: true', set: BASE64 }],
    ['the attribute is only spelt otherwise', { sso: 'enabled: true, key: ObjectGuid', set: BASE64 }],
    ['it was set again since, as now', { set: { ...BASE64, keyFormat: 'guid' }, adopted: BASE64 } as const],
    ['users.update is false', { set: BASE64, settings: 'users: { update: false }\n' }],
    ['no apply knows it', {}],
  ])('is not replaced if %s', (_why, given) => expect(diff(given)).toBeNull());

  it.each([
    ['has one form only', mappedUser('anna')],
    ['is of somebody who is out', mappedUser('anna', {}, DISABLED)],
  ])('is not replaced if it %s', (_why, mapped) => expect(diff({ set: BASE64 }, mapped)).toBeNull());
});

it('what nobody can say any more is told', () => {
  const asked = question({});
  const signOnBefore = { ...asked.signOnBefore, unreadable: new Set([idFor('anna')]) };
  const notes = noteUnreadableKeys([settle(ANNA, existingUser('anna'))], { ...asked, signOnBefore });
  expect(notes).toEqual([fact('keys-untold', { count: 1 })]);
  expect(noteUnreadableKeys([settle(ANNA, existingUser('anna'))], asked)).toEqual([]);
});
