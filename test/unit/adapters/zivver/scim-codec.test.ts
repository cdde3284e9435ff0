import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExistingFunctional, ExistingUser } from '../../../../src/model/account/account.ts';
import type { UserWrite } from '../../../../src/model/account/target.ts';
import {
  buildFunctionalPost,
  buildFunctionalPut,
  buildUserPost,
  buildUserPut,
  emptyMembersPatch,
  mapFunctional,
  mapUser,
} from '../../../../src/adapters/zivver/scim-codec.ts';

const ZIVVER_USER = 'urn:ietf:params:scim:schemas:zivver:0.1:User';
const ZIVVER_GROUP = 'urn:ietf:params:scim:schemas:zivver:0.1:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ID = 'b2e7f6a0-3a53-4f0e-9d3e-0a4d1c5b7e01';
const OTHER_ID = 'b2e7f6a0-3a53-4f0e-9d3e-0a4d1c5b7e02';

const anna: ExistingUser = {
  kind: 'user',
  zivverId: ID,
  address: 'anna@company.org',
  fullName: 'Anna Berg',
  active: true,
  aliases: ['a.berg@company.org'],
  delegates: ['desk@company.org', 'gone@company.org'],
  mobile: '+31612345678',
  division: 'care',
  externalAccountId: 'key-of-anna',
  created: '2024-06-01',
};

const desk: ExistingFunctional = {
  kind: 'functional',
  zivverId: OTHER_ID,
  address: 'desk@company.org',
  fullName: 'Desk',
  aliases: ['front@company.org'],
  memberIds: [ID],
  division: null,
  externalAccountId: 'key-of-desk',
  created: null,
};

describe('mapUser', () => {
  const wire = {
    id: ID,
    userName: 'Anna@Company.org',
    name: { formatted: 'Anna Berg' },
    active: false,
    phoneNumbers: [{ value: '+31612345678' }],
    meta: { created: '2024-06-01' },
    [ENTERPRISE]: { division: '/' },
    [ZIVVER_USER]: { aliases: ['A.Berg@company.org'], delegates: ['Desk@company.org'], ExternalAccountId: 'k' },
  } as const;

  it('lower-cases every address and keeps the rest', () => {
    expect(mapUser(structuredClone(wire) as never)).toEqual({
      kind: 'user',
      zivverId: ID,
      address: 'anna@company.org',
      fullName: 'Anna Berg',
      active: false,
      aliases: ['a.berg@company.org'],
      delegates: ['desk@company.org'],
      mobile: '+31612345678',
      division: '/',
      externalAccountId: 'k',
      created: '2024-06-01',
    });
  });

  it('says null for a division, phone number, ExternalAccountId or date that Zivver does not tell', () => {
    const { [ENTERPRISE]: _, phoneNumbers: __, meta: ___, ...rest } = wire;
    const bare = { ...rest, [ZIVVER_USER]: { aliases: [], delegates: [], ExternalAccountId: null } };
    expect(mapUser(bare)).toMatchObject({ mobile: null, division: null, externalAccountId: null, created: null });
    const empty = {
      ...bare,
      phoneNumbers: [],
      meta: {},
      [ENTERPRISE]: {},
      [ZIVVER_USER]: { aliases: [], delegates: [] },
    };
    expect(mapUser(empty)).toMatchObject({ mobile: null, division: null, externalAccountId: null, created: null });
  });
});

describe('mapFunctional', () => {
  it('lower-cases addresses and keeps member ids, also those of nobody', () => {
    const wire = {
      id: OTHER_ID,
      externalId: 'Desk@Company.org',
      displayName: 'Desk',
      members: [{ value: ID }, { value: OTHER_ID }],
      meta: { created: '2024-06-01T10:00:00Z' },
      [ZIVVER_GROUP]: { aliases: ['Front@company.org'] },
    } as const;
    expect(mapFunctional(structuredClone(wire) as never)).toEqual({
      kind: 'functional',
      zivverId: OTHER_ID,
      address: 'desk@company.org',
      fullName: 'Desk',
      aliases: ['front@company.org'],
      memberIds: [ID, OTHER_ID],
      division: null,
      externalAccountId: null,
      created: '2024-06-01',
    });
  });
});

describe('buildUserPut', () => {
  it('suspends with active alone', () => {
    expect(buildUserPut(anna, { active: false })).toEqual({ active: false });
  });

  it('sends only the top-level attributes that are touched', () => {
    expect(buildUserPut(anna, { fullName: 'Anna Dal' })).toEqual({ name: { formatted: 'Anna Dal' } });
    expect(buildUserPut(anna, { address: 'anna.dal@company.org' })).toEqual({ userName: 'anna.dal@company.org' });
    expect(buildUserPut(anna, { division: '/' })).toEqual({ [ENTERPRISE]: { division: '/' } });
    expect(buildUserPut(anna, { mobile: '+31687654321' })).toEqual({ phoneNumbers: [{ value: '+31687654321' }] });
    expect(buildUserPut(anna, { mobile: null })).toEqual({ phoneNumbers: [] });
  });

  it.each<[string, UserWrite, object]>([
    ['aliases', { aliases: [] }, { aliases: [] }],
    ['delegates', { delegates: ['desk@company.org'] }, { delegates: ['desk@company.org'] }],
    ['externalAccountId', { externalAccountId: 'new' }, { ExternalAccountId: 'new' }],
    ['ssoAccountKey', { ssoAccountKey: 'secret' }, { SsoAccountKey: 'secret' }],
  ])('sends the whole extension, laid over the existing one, when %s is touched', (_, write, touched) => {
    const whole = { aliases: anna.aliases, delegates: anna.delegates, ExternalAccountId: 'key-of-anna' };
    expect(buildUserPut(anna, write)).toEqual({ [ZIVVER_USER]: { ...whole, ...touched } });
  });

  it('sends no ExternalAccountId if there is none and none is set', () => {
    const body = buildUserPut({ ...anna, externalAccountId: null }, { aliases: [] });
    expect(body[ZIVVER_USER]).toEqual({ aliases: [], delegates: anna.delegates });
  });

  it('never sends an extension without aliases and delegates, whatever is touched', () => {
    const write = fc.record(
      {
        address: fc.emailAddress(),
        fullName: fc.string({ minLength: 1 }),
        active: fc.boolean(),
        aliases: fc.array(fc.emailAddress()),
        delegates: fc.array(fc.emailAddress()),
        mobile: fc.constantFrom(null, '+31612345678'),
        division: fc.string(),
        externalAccountId: fc.uuid(),
        ssoAccountKey: fc.string({ minLength: 1 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(write, (touched) => {
        const extension = buildUserPut(anna, touched)[ZIVVER_USER];
        const parts = ['aliases', 'delegates', 'externalAccountId', 'ssoAccountKey'];
        expect(extension !== undefined).toBe(parts.some((part) => part in touched));
        if (extension === undefined) return;
        expect(extension.aliases).toEqual(touched.aliases ?? anna.aliases);
        expect(extension.delegates).toEqual(touched.delegates ?? anna.delegates);
        expect(extension.ExternalAccountId).toBe(touched.externalAccountId ?? anna.externalAccountId);
        expect(extension.SsoAccountKey).toBe(touched.ssoAccountKey);
      }),
    );
  });
});

describe('buildUserPost', () => {
  it('sends what is given, with the schemas of a user', () => {
    const write = {
      address: 'bo@company.org',
      fullName: 'Bo Aas',
      externalAccountId: 'k',
      ssoAccountKey: 's',
      mobile: null,
    };
    expect(buildUserPost(write)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE, ZIVVER_USER],
      userName: 'bo@company.org',
      name: { formatted: 'Bo Aas' },
      [ZIVVER_USER]: { ExternalAccountId: 'k', SsoAccountKey: 's' },
    });
  });

  it('sends aliases, delegates, division and phone number if they are given', () => {
    const body = buildUserPost({
      address: 'bo@company.org',
      aliases: ['b@company.org'],
      delegates: [],
      division: 'care',
      mobile: '+31612345678',
    });
    expect(body).toMatchObject({
      phoneNumbers: [{ value: '+31612345678' }],
      [ENTERPRISE]: { division: 'care' },
      [ZIVVER_USER]: { aliases: ['b@company.org'], delegates: [] },
    });
  });
});

describe('buildFunctionalPut', () => {
  it('never sends empty members, which Zivver would answer with 200 and ignore', () => {
    expect(buildFunctionalPut(desk, { memberIds: [] })).toEqual({});
    expect(buildFunctionalPut(desk, { memberIds: [], fullName: 'Front desk' })).toEqual({ displayName: 'Front desk' });
    expect(emptyMembersPatch).toEqual({ Operations: [{ op: 'remove', path: 'members' }] });
  });

  it('sends the full list of members as ids', () => {
    expect(buildFunctionalPut(desk, { memberIds: [ID, OTHER_ID] })).toEqual({
      members: [{ value: ID }, { value: OTHER_ID }],
    });
  });

  it('sends aliases and ExternalAccountId together', () => {
    expect(buildFunctionalPut(desk, { aliases: [] })).toEqual({
      [ZIVVER_GROUP]: { aliases: [], ExternalAccountId: 'key-of-desk' },
    });
    expect(buildFunctionalPut(desk, { externalAccountId: 'new' })).toEqual({
      [ZIVVER_GROUP]: { aliases: ['front@company.org'], ExternalAccountId: 'new' },
    });
  });

  it('renames and moves with the attribute alone', () => {
    expect(buildFunctionalPut(desk, { address: 'front@company.org' })).toEqual({ externalId: 'front@company.org' });
    expect(buildFunctionalPut(desk, { division: 'care' })).toEqual({ [ENTERPRISE]: { division: 'care' } });
  });
});

describe('buildFunctionalPost', () => {
  it('leaves empty members out and sends the rest', () => {
    const write = { address: 'desk@company.org', fullName: 'Desk', memberIds: [], aliases: [], externalAccountId: 'k' };
    expect(buildFunctionalPost(write)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', ZIVVER_GROUP, ENTERPRISE],
      externalId: 'desk@company.org',
      displayName: 'Desk',
      [ZIVVER_GROUP]: { aliases: [], ExternalAccountId: 'k' },
    });
  });
});
