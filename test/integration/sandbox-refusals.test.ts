import { expect, test } from 'vitest';
import { TOKEN } from './sandbox-token.ts';
import { createGroup, createUser, GROUP, startClient, USER, type Client } from './sandbox-fixture.ts';

/** The business errors of zivver-api §6: the whole body is the sentence, and nothing is applied. */

const NOT_ALLOWED =
  'You are not allowed to add this address to your organization. Does the account belong to a registered domain name?';
const OUTSIDE = 'Account is outside the organization';

async function startWorld(): Promise<{ client: Client; jo: string; desk: string }> {
  const client = await startClient({ guests: ['Guest@a.org'], freeAccounts: ['free@a.org'] });
  const jo = await createUser(client, 'jo@a.org', { [USER]: { aliases: ['j@a.org'] } });
  const desk = await createGroup(client, 'desk@a.org', { [GROUP]: { aliases: ['help@a.org'] } });
  return { client, jo, desk };
}

test.each([
  ['an unclaimed domain', 'x@elsewhere.com'],
  ['a subdomain of a claimed one', 'x@sub.a.org'],
  ['a free account older than the claim', 'free@a.org'],
  ['something that is no address', 'jo'],
])('a user with %s is 403', async (_name, userName) => {
  const { client } = await startWorld();
  const reply = await client.call('POST', '/Users', { userName });
  expect([reply.status, reply.text]).toEqual([403, NOT_ALLOWED]);
  expect(reply.type).toMatch(/^text\/plain/);
  expect(client.sandbox.status().users).toBe(1);
});

test.each([
  ['an existing user', 'JO@a.org'],
  ['an alias of a user', 'j@a.org'],
])('a new user with the address of %s is 409', async (_name, userName) => {
  const { client } = await startWorld();
  expect((await client.call('POST', '/Users', { userName })).status).toBe(409);
});

test('a new user with the address of a functional account is outside the organization', async () => {
  const { client } = await startWorld();
  const reply = await client.call('POST', '/Users', { userName: 'desk@a.org' });
  expect([reply.status, reply.text]).toEqual([400, OUTSIDE]);
});

test.each([
  ['an unclaimed domain', 'x@elsewhere.com'],
  ['the address of a user', 'jo@a.org'],
  ['the address of a functional account', 'desk@a.org'],
  ['an alias', 'j@a.org'],
  ['a free account', 'free@a.org'],
])('a new functional account with %s is outside the organization', async (_name, externalId) => {
  const { client } = await startWorld();
  const reply = await client.call('POST', '/Groups', { externalId });
  expect([reply.status, reply.text]).toEqual([400, OUTSIDE]);
  expect(client.sandbox.status().functional).toBe(1);
});

test('a user addressed as a functional account, or the reverse, is outside the organization', async () => {
  const { client, jo, desk } = await startWorld();
  for (const reply of [
    await client.call('GET', `/Groups/${jo}`),
    await client.call('PUT', `/Groups/${jo}`, { displayName: 'X' }),
    await client.call('PATCH', `/Groups/${jo}`, { Operations: [{ op: 'remove', path: 'members' }] }),
    await client.call('DELETE', `/Groups/${jo}`),
    await client.call('PUT', `/Users/${desk}`, { active: false }),
    await client.call('DELETE', `/Users/${desk}`),
  ]) {
    expect([reply.status, reply.text]).toEqual([400, OUTSIDE]);
  }
  expect(client.sandbox.accounts()).toHaveLength(2);
});

const REFUSED_ALIASES: [string, string, string][] = [
  ['in an unclaimed domain', 'x@elsewhere.com', 'Error creating alias: Domain Not Owned'],
  ['that is a user', 'jo@a.org', 'Error creating alias: Alias is already taken for jo@a.org'],
  ['that is an alias of a user', 'J@a.org', 'Error creating alias: Alias is already taken for j@a.org'],
  ['that is a functional account', 'desk@a.org', 'Error creating alias: Alias is already taken for desk@a.org'],
  ['that is an alias of one', 'help@a.org', 'Error creating alias: Alias is already taken for help@a.org'],
  ['that is a free account', 'free@a.org', 'Error creating alias: Alias is already taken for free@a.org'],
  ['that is a guest', 'guest@a.org', 'Error creating alias: Alias is a guest: guest@a.org'],
];

test.each(REFUSED_ALIASES)('of a POST with an alias %s nothing is applied', async (_name, alias, sentence) => {
  const { client } = await startWorld();
  const aliases = ['fine@a.org', alias];
  const user = await client.call('POST', '/Users', { userName: 'an@a.org', [USER]: { aliases } });
  expect([user.status, user.text]).toEqual([400, sentence]);
  const group = await client.call('POST', '/Groups', { externalId: 'an@a.org', [GROUP]: { aliases } });
  expect([group.status, group.text]).toEqual([400, sentence]);
  expect(client.sandbox.accounts()).toHaveLength(2);
  await createUser(client, 'fine@a.org');
});

test.each(REFUSED_ALIASES)('of a PUT with an alias %s nothing is applied', async (_name, alias, sentence) => {
  const { client } = await startWorld();
  const an = await createUser(client, 'an@a.org', { [USER]: { aliases: ['a@a.org'], SsoAccountKey: 's1' } });
  const box = await createGroup(client, 'box@a.org', { [GROUP]: { aliases: ['b@a.org'] } });
  const before = JSON.stringify(client.sandbox.accounts());
  const user = await client.call('PUT', `/Users/${an}`, {
    userName: 'new@a.org',
    active: false,
    [USER]: { aliases: ['fine@a.org', alias] },
  });
  expect([user.status, user.text]).toEqual([400, sentence]);
  const group = await client.call('PUT', `/Groups/${box}`, { displayName: 'X', [GROUP]: { aliases: [alias] } });
  expect([group.status, group.text]).toEqual([400, sentence]);
  expect(JSON.stringify(client.sandbox.accounts())).toBe(before);
  expect(client.sandbox.ssoKeyOf(an)).toBe('s1');
});

test('a rename is held to the claimed domains and to the one address space', async () => {
  const { client, jo, desk } = await startWorld();
  await createUser(client, 'an@a.org');
  const rename = async (userName: string) => {
    const { status, text } = await client.call('PUT', `/Users/${jo}`, { userName });
    return status === 400 ? text : status;
  };
  const taken = (address: string): string => `Error creating alias: Alias is already taken for ${address}`;
  expect(await rename('jo@elsewhere.com')).toBe(403);
  expect(await rename('free@a.org')).toBe(403);
  expect(await rename('an@a.org')).toBe(taken('an@a.org'));
  expect(await rename('help@a.org')).toBe(taken('help@a.org'));
  const move = async (externalId: string) => (await client.call('PUT', `/Groups/${desk}`, { externalId })).text;
  expect(await move('jo@a.org')).toBe(taken('jo@a.org'));
  expect(await move('x@elsewhere.com')).toBe(OUTSIDE);
  expect(client.sandbox.accounts().map(({ address }) => address)).toEqual(['jo@a.org', 'an@a.org', 'desk@a.org']);
});

test('a guest may become an account of its own and is a guest no more', async () => {
  const { client } = await startWorld();
  const id = await createUser(client, 'guest@a.org');
  expect(client.sandbox.status().guests).toBe(0);
  await client.call('DELETE', `/Users/${id}`);
  await createUser(client, 'an@a.org', { [USER]: { aliases: ['guest@a.org'] } });
});

test('attributes of the wrong type are refused whole', async () => {
  const { client, jo } = await startWorld();
  const before = JSON.stringify(client.sandbox.accounts());
  const bodies = [
    { userName: 5 },
    { name: 'Jo' },
    { nickName: 'X', [USER]: { aliases: 'x@a.org' } },
    { active: false, [USER]: { aliases: [{ value: 'x@a.org' }] } },
    { active: false, [USER]: [] },
    { active: false, [USER]: { SsoAccountKey: 5 } },
  ];
  for (const body of bodies) expect((await client.call('PUT', `/Users/${jo}`, body)).status).toBe(400);
  expect(JSON.stringify(client.sandbox.accounts())).toBe(before);
  expect((await client.call('POST', '/Users', { name: { formatted: 'X' } })).status).toBe(400);
});

test('a free account that was adopted is an account of the organisation', async () => {
  const { client } = await startWorld();
  expect((await client.call('POST', '/Users', { userName: 'free@a.org' })).status).toBe(403);
  const adopt = async (address: string) =>
    fetch(new URL(`/sandbox/adopt/${address}`, client.sandbox.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
  expect((await adopt('nobody@a.org')).status).toBe(404);
  expect((await adopt('free@a.org')).status).toBe(204);
  expect(client.sandbox.status().freeAccounts).toBe(0);
  const listed = client.sandbox.accounts().find(({ address }) => address === 'free@a.org');
  expect(listed?.resource).toMatchObject({ userName: 'free@a.org', active: true });
  expect((await client.call('POST', '/Users', { userName: 'free@a.org' })).status).toBe(409);
});
