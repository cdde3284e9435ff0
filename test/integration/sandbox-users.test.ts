import { expect, test } from 'vitest';
import { createGroup, createUser, ENTERPRISE, startClient, USER } from './sandbox-fixture.ts';

/** zivver-api §3, and the traps of §5 that concern users. */

const NOW = Date.UTC(2026, 10, 23, 23, 59);

test('a new user has the documented attributes, in lower case, with a date and a location without host', async () => {
  const { call } = await startClient({ clock: () => NOW });
  const body = {
    userName: 'Jo.Smit@A.org',
    name: { formatted: 'Jo Smit' },
    nickName: 'Jo',
    phoneNumbers: [{ value: '+31612345678', type: 'mobile' }],
    [USER]: { aliases: ['Z@a.org', 'b@B.org'], delegates: [], SsoAccountKey: 'secret-key' },
  };
  const reply = await call('POST', '/Users', body);
  expect(reply.status).toBe(201);
  const id = String(reply.json['id']);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(reply.json).toEqual({
    id,
    userName: 'jo.smit@a.org',
    name: { formatted: 'Jo Smit' },
    nickName: 'Jo',
    active: true,
    phoneNumbers: [{ value: '+31612345678' }],
    meta: { created: '2026-11-23', location: `/scim/v2/Users/${id}`, resourceType: 'User' },
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE, USER],
    [ENTERPRISE]: { division: '/' },
    [USER]: { aliases: ['z@a.org', 'b@b.org'], delegates: [] },
  });
  expect((await call('GET', `/Users/${id}`)).text).toBe(reply.text);
});

test('id, meta and attributes that users do not have are ignored when written', async () => {
  const client = await startClient();
  const body = {
    id: 'mine',
    meta: { created: '1999-01-01' },
    emails: [{ value: 'x@a.org' }],
    displayName: 'X',
    roles: ['admin'],
  };
  const id = await createUser(client, 'jo@a.org', body);
  const before = await client.call('GET', `/Users/${id}`);
  const after = await client.call('PUT', `/Users/${id}`, body);
  expect(id).not.toBe('mine');
  expect(Object.keys(before.json)).not.toContain('emails');
  expect(after.text).toBe(before.text);
});

test('POST ignores active: a new account is always active', async () => {
  const client = await startClient();
  for (const active of [false, 'False']) {
    const id = await createUser(client, `${typeof active}@a.org`, { active });
    expect((await client.call('GET', `/Users/${id}`)).json['active']).toBe(true);
  }
});

test('the full name is never empty', async () => {
  const client = await startClient();
  const reply = await client.call('POST', '/Users', { userName: 'jo@a.org' });
  expect(reply.json['name']).toEqual({ formatted: 'jo@a.org' });
  const changed = await client.call('PUT', `/Users/${String(reply.json['id'])}`, { name: { formatted: ' ' } });
  expect(changed.json['name']).toEqual({ formatted: 'jo@a.org' });
});

test('active may be a boolean or the text True or False in any case', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org');
  const cases: [unknown, boolean][] = [
    [false, false],
    ['True', true],
    ['FALSE', false],
    ['true', true],
    ['False', false],
  ];
  for (const [active, stored] of cases) {
    const reply = await client.call('PUT', `/Users/${id}`, { active });
    expect([reply.status, reply.json['active']]).toEqual([200, stored]);
  }
  expect((await client.call('PUT', `/Users/${id}`, { active: 'maybe' })).status).toBe(400);
});

test('{"active":false} alone is a suspension that leaves everything else, the SSO key too', async () => {
  const client = await startClient();
  await createUser(client, 'an@a.org');
  const id = await createUser(client, 'jo@a.org', {
    nickName: 'Jo',
    phoneNumbers: [{ value: '+31612345678' }],
    [USER]: { aliases: ['j@a.org'], delegates: ['an@a.org'], ExternalAccountId: 'k1', SsoAccountKey: 's1' },
  });
  const before = await client.call('GET', `/Users/${id}`);
  const after = await client.call('PUT', `/Users/${id}`, { active: false });
  expect(after.json).toEqual({ ...before.json, active: false });
  expect(client.sandbox.ssoKeyOf(id)).toBe('s1');
});

test('a PUT merges at the top level: absent and null attributes stay', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org', { nickName: 'Jo', phoneNumbers: [{ value: '+31612345678' }] });
  const before = await client.call('GET', `/Users/${id}`);
  const body = { name: { formatted: 'Jo Jansen' }, userName: null, nickName: null, active: null, [USER]: null };
  expect((await client.call('PUT', `/Users/${id}`, body)).json).toEqual({
    ...before.json,
    name: { formatted: 'Jo Jansen' },
  });
});

test.each([
  ['only delegates', { delegates: ['an@a.org'] }, { aliases: [], delegates: ['an@a.org'] }, null],
  ['only aliases', { aliases: ['x@a.org'] }, { aliases: ['x@a.org'], delegates: [] }, null],
  ['only the SSO key', { SsoAccountKey: 's2' }, { aliases: [], delegates: [] }, 's2'],
  [
    'only ExternalAccountId',
    { ExternalAccountId: 'k2' },
    { aliases: [], delegates: [], ExternalAccountId: 'k2' },
    null,
  ],
  ['nothing', {}, { aliases: [], delegates: [] }, null],
])('an extension with %s clears the keys it leaves out', async (_name, extension, stored, ssoKey) => {
  const client = await startClient();
  await createUser(client, 'an@a.org');
  const id = await createUser(client, 'jo@a.org', {
    [USER]: { aliases: ['j@a.org'], delegates: ['an@a.org'], ExternalAccountId: 'k1', SsoAccountKey: 's1' },
  });
  const reply = await client.call('PUT', `/Users/${id}`, { [USER]: extension });
  expect(reply.json[USER]).toEqual(stored);
  expect(client.sandbox.ssoKeyOf(id)).toBe(ssoKey);
});

test('an alias that was cleared is free again', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org', { [USER]: { aliases: ['j@a.org'] } });
  await client.call('PUT', `/Users/${id}`, { [USER]: { delegates: [] } });
  await createUser(client, 'j@a.org');
  expect(client.sandbox.status().users).toBe(2);
});

test('no answer ever contains the SSO key', async () => {
  const client = await startClient();
  const extension = { [USER]: { aliases: [], delegates: [], SsoAccountKey: 'canary-sso' } };
  const id = await createUser(client, 'jo@a.org', extension);
  const replies = [
    await client.call('PUT', `/Users/${id}`, extension),
    await client.call('GET', `/Users/${id}`),
    await client.call('GET', '/Users'),
    await client.call('POST', '/Users', { userName: 'jo@a.org', ...extension }),
  ];
  expect(replies.map(({ text }) => text).join('')).not.toContain('canary-sso');
  expect(client.sandbox.ssoKeyOf(id)).toBe('canary-sso');
});

test('delegates are users and functional accounts; unknown ones and aliases are dropped without an error', async () => {
  const client = await startClient();
  await createUser(client, 'an@a.org', { [USER]: { aliases: ['a@a.org'] } });
  await createGroup(client, 'desk@a.org');
  const delegates = ['AN@a.org', 'desk@a.org', 'a@a.org', 'nobody@a.org', 'x@elsewhere.com', 'jo@a.org'];
  const id = await createUser(client, 'jo@a.org', { [USER]: { delegates } });
  const known = ['an@a.org', 'desk@a.org', 'jo@a.org'];
  expect((await client.call('GET', `/Users/${id}`)).json[USER]).toEqual({ aliases: [], delegates: known });
  const reply = await client.call('PUT', `/Users/${id}`, { [USER]: { aliases: [], delegates: ['nobody@a.org'] } });
  expect([reply.status, reply.json[USER]]).toEqual([200, { aliases: [], delegates: [] }]);
});

test('delegates may name suspended accounts, and stay when the account is gone', async () => {
  const client = await startClient();
  const an = await createUser(client, 'an@a.org');
  await client.call('PUT', `/Users/${an}`, { active: false });
  const id = await createUser(client, 'jo@a.org', { [USER]: { delegates: ['an@a.org'] } });
  await client.call('DELETE', `/Users/${an}`);
  expect((await client.call('GET', `/Users/${id}`)).json[USER]).toEqual({ aliases: [], delegates: ['an@a.org'] });
});

test('a PUT renames, keeps the id and frees the old address', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org', { [USER]: { aliases: ['j@a.org'], ExternalAccountId: 'k1' } });
  const reply = await client.call('PUT', `/Users/${id}`, { userName: 'Jo.Jansen@b.org' });
  expect(reply.json['id']).toBe(id);
  expect(reply.json['userName']).toBe('jo.jansen@b.org');
  expect(reply.json[USER]).toEqual({ aliases: ['j@a.org'], delegates: [], ExternalAccountId: 'k1' });
  await createUser(client, 'jo@a.org');
});

test('a rename can swap the old address and an alias in one request', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org', { [USER]: { aliases: ['j@a.org'] } });
  const body = { userName: 'j@a.org', [USER]: { aliases: ['jo@a.org'], delegates: [] } };
  const reply = await client.call('PUT', `/Users/${id}`, body);
  expect([reply.json['userName'], reply.json[USER]]).toEqual(['j@a.org', { aliases: ['jo@a.org'], delegates: [] }]);
});

test('a rename to the own alias takes it out of the aliases', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org', { [USER]: { aliases: ['j@a.org', 'x@a.org'] } });
  const reply = await client.call('PUT', `/Users/${id}`, { userName: 'j@a.org' });
  expect(reply.json[USER]).toEqual({ aliases: ['x@a.org'], delegates: [] });
});

test('phone numbers are at most one, E.164, and an empty list clears them', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org');
  const write = async (phoneNumbers: unknown) => client.call('PUT', `/Users/${id}`, { phoneNumbers });
  expect((await write([{ value: '+31 6 1234-5678' }])).json['phoneNumbers']).toEqual([{ value: '+31612345678' }]);
  expect((await write([{ value: '0612345678' }])).status).toBe(400);
  expect((await write({ value: '+31612345678' })).status).toBe(400);
  expect((await client.call('GET', `/Users/${id}`)).json['phoneNumbers']).toEqual([{ value: '+31612345678' }]);
  expect((await write([])).json['phoneNumbers']).toEqual([]);
});

test('nickName is there only when set', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org');
  expect(Object.keys((await client.call('GET', `/Users/${id}`)).json)).not.toContain('nickName');
  expect((await client.call('PUT', `/Users/${id}`, { nickName: 'Jo' })).json['nickName']).toBe('Jo');
  expect(Object.keys((await client.call('PUT', `/Users/${id}`, { nickName: '' })).json)).not.toContain('nickName');
});

test('DELETE answers 204 without a body, and afterwards the id is unknown and the addresses are free', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org', { [USER]: { aliases: ['j@a.org'] } });
  const reply = await client.call('DELETE', `/Users/${id}`);
  expect([reply.status, reply.text]).toEqual([204, '']);
  expect((await client.call('DELETE', `/Users/${id}`)).text).toBe(`Unknown account with uuid: ${id}`);
  await createUser(client, 'j@a.org');
  await createUser(client, 'jo@a.org');
});

test('a division must exist; / always does', async () => {
  const client = await startClient({ divisions: ['care'] });
  const id = await createUser(client, 'jo@a.org', { [ENTERPRISE]: { division: 'care' } });
  expect((await client.call('GET', `/Users/${id}`)).json[ENTERPRISE]).toEqual({ division: 'care' });
  const refused = await client.call('PUT', `/Users/${id}`, { active: false, [ENTERPRISE]: { division: 'x y' } });
  expect([refused.status, refused.text]).toEqual([400, 'Invalid division: x y']);
  const reply = await client.call('PUT', `/Users/${id}`, { [ENTERPRISE]: { division: '/' } });
  expect([reply.json['active'], reply.json[ENTERPRISE]]).toEqual([true, { division: '/' }]);
});
