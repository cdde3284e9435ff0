import { describe, expect, it } from 'vitest';
import { parseWire, parseWireList, type Parsed } from '../../../../src/adapters/zivver/scim-schema.ts';
import { groupResource, listOf, userResource } from '../../../support/scim-resources.ts';

type Name = 'User' | 'Group' | 'UserList' | 'GroupList';

interface Listed {
  readonly zivverId: string;
  readonly wire: unknown;
}

/** Of a list the resources as they came. */
function parseText(name: Name, text: string | Uint8Array): Parsed<unknown> {
  const body = Buffer.from(text);
  if (name === 'User' || name === 'Group') return parseWire(name, body);
  const element = name === 'UserList' ? 'User' : 'Group';
  return parseWireList<typeof element, Listed>(element, body, {
    map: (wire) => ({ zivverId: wire.id, wire }),
    salvage: () => null,
  });
}

function parseValue(name: Name, value: unknown): Parsed<unknown> {
  return parseText(name, JSON.stringify(value));
}

describe('parseWire', () => {
  it('accepts what Zivver sends, with attributes it does not know', () => {
    const user = { ...userResource(1), nickName: 'An', somethingNew: { a: 1 } };
    const users = [user, userResource(2)].map((wire) => ({ zivverId: wire.id, wire }));
    expect(parseValue('UserList', listOf(user, userResource(2)))).toEqual({ ok: true, wire: users });
    expect(parseValue('GroupList', listOf(groupResource(1), groupResource(2))).ok).toBe(true);
    expect(parseValue('User', userResource(1)).ok).toBe(true);
    expect(parseValue('Group', groupResource(1)).ok).toBe(true);
    expect(parseValue('UserList', listOf()).ok).toBe(true);
  });

  it.each<[string, object]>([
    ['an id that is no UUID', { id: '1' }],
    ['a missing id', { id: undefined }],
    ['an empty userName', { userName: '' }],
    ['a userName that is no text', { userName: 7 }],
    ['a missing name', { name: undefined }],
    ['an empty name', { name: { formatted: '' } }],
    ['active as text', { active: 'True' }],
    ['a missing active', { active: undefined }],
    ['a missing extension', { 'urn:ietf:params:scim:schemas:zivver:0.1:User': undefined }],
    ['an extension without delegates', { 'urn:ietf:params:scim:schemas:zivver:0.1:User': { aliases: [] } }],
    ['aliases as text', { 'urn:ietf:params:scim:schemas:zivver:0.1:User': { aliases: 'a', delegates: [] } }],
    ['a division that is no text', { 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { division: 3 } }],
    ['a phone number without a value', { phoneNumbers: [{}] }],
  ])('refuses a user with %s, alone and in a list', (_, wrong) => {
    expect(parseValue('User', { ...userResource(1), ...wrong }).ok).toBe(false);
    expect(parseValue('UserList', listOf(userResource(2), { ...userResource(1), ...wrong })).ok).toBe(false);
  });

  it.each<[string, object]>([
    ['missing members', { members: undefined }],
    ['a member that is no UUID', { members: [{ value: 'anna@company.org' }] }],
    ['a member without a value', { members: [{}] }],
    ['an empty address', { externalId: '' }],
    ['a missing displayName', { displayName: undefined }],
    ['a missing extension', { 'urn:ietf:params:scim:schemas:zivver:0.1:Group': undefined }],
  ])('refuses a functional account with %s', (_, wrong) => {
    expect(parseValue('Group', { ...groupResource(1), ...wrong }).ok).toBe(false);
  });

  it.each<[string, object]>([
    ['too high', { totalResults: 3 }],
    ['too low', { totalResults: 1 }],
    ['missing', { totalResults: undefined }],
    ['a fraction', { totalResults: 1.5 }],
    ['text', { totalResults: '2' }],
  ])('refuses a list whose total is %s', (_, wrong) => {
    expect(parseValue('UserList', { ...listOf(userResource(1), userResource(2)), ...wrong }).ok).toBe(false);
  });

  it('refuses a list that names one id twice, also in another case', () => {
    const twin = userResource(1);
    expect(parseValue('UserList', listOf(twin, { ...userResource(2), id: twin.id.toUpperCase() })).ok).toBe(false);
    expect(parseValue('GroupList', listOf(groupResource(1), groupResource(1))).ok).toBe(false);
  });

  it.each(['', '<html></html>', '[]', 'null', '"x"', '{"Resources":[', '{"totalResults":0}'])('refuses %j', (text) => {
    expect(parseText('UserList', text).ok).toBe(false);
  });

  it('refuses bytes that are not UTF-8', () => {
    const bytes = Buffer.from(JSON.stringify(userResource(1)).replace('Person', 'Pers\u00f6n'), 'latin1');
    expect(parseText('User', bytes).ok).toBe(false);
  });

  it('names the place and never the value', () => {
    const parsed = parseValue('UserList', listOf({ ...userResource(1), id: 'canary-value' }));
    expect(parsed).toMatchObject({ ok: false, what: expect.stringContaining('/Resources/0/id') as string });
    expect(JSON.stringify(parsed)).not.toContain('canary-value');
  });

  it('names the account that is malformed by its address', () => {
    const users = [userResource(0), { ...userResource(1), active: 'yes' }];
    const address = userResource(1).userName;
    const what = expect.stringMatching(/^of the account \S+@\S+, \/Resources\/1\/active /) as string;
    const parsed = parseValue('UserList', listOf(...users));
    expect(parsed).toMatchObject({ ok: false, what });
    expect(JSON.stringify(parsed)).toContain(address.toLowerCase());
  });

  it('counts the place in a list that is read in slices from its beginning', () => {
    const users = Array.from({ length: 4_000 }, (_, n) => userResource(n));
    const whole = parseValue('UserList', listOf(...users));
    expect(whole.ok && (whole.wire as unknown[]).length).toBe(4_000);
    for (const place of [0, 1_999, 3_999]) {
      const wrong = listOf(...users.with(place, { ...userResource(place), userName: '' }));
      const what = expect.stringContaining(`/Resources/${place}/userName `) as string;
      expect(parseValue('UserList', wrong)).toMatchObject({ ok: false, what });
    }
    const twice = listOf(...users.with(3_999, userResource(0)));
    expect(parseValue('UserList', twice)).toMatchObject({
      ok: false,
      what: expect.stringContaining('repeat') as string,
    });
  });
});
