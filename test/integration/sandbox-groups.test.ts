import { expect, test } from 'vitest';
import { createGroup, createUser, ENTERPRISE, GROUP, startClient, type Client } from './sandbox-fixture.ts';

/** zivver-api §4, and the traps of §5 that concern functional accounts. */

const NOBODY = '0b9c7f4e-6a0e-4b52-9d3e-0d8f1d3f5a11';

async function startDesk(): Promise<{ client: Client; id: string; jo: string; an: string }> {
  const client = await startClient({ divisions: ['care'], clock: () => Date.UTC(2026, 10, 23) });
  const jo = await createUser(client, 'jo@a.org');
  const an = await createUser(client, 'an@a.org');
  const id = await createGroup(client, 'desk@a.org', {
    members: [{ value: jo }],
    [GROUP]: { aliases: ['help@a.org'], ExternalAccountId: 'k1' },
  });
  return { client, id, jo, an };
}

const valuesOf = async (client: Client, id: string): Promise<unknown> =>
  (await client.call('GET', `/Groups/${id}`)).json['members'];

test('a new functional account has the documented attributes and no active', async () => {
  const { client, jo } = await startDesk();
  const reply = await client.call('POST', '/Groups', {
    externalId: 'Front.Desk@A.org',
    displayName: 'Front desk',
    members: [{ value: jo, display: 'Jo', type: 'User' }],
    [GROUP]: { aliases: ['Front@a.org'] },
    [ENTERPRISE]: { division: 'care' },
  });
  const id = String(reply.json['id']);
  expect(reply.status).toBe(201);
  expect(reply.json).toEqual({
    id,
    externalId: 'front.desk@a.org',
    displayName: 'Front desk',
    members: [{ value: jo }],
    meta: { created: '2026-11-23', location: `/scim/v2/Groups/${id}`, resourceType: 'Group' },
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', GROUP, ENTERPRISE],
    [ENTERPRISE]: { division: 'care' },
    [GROUP]: { aliases: ['front@a.org'] },
  });
});

test('a functional account cannot be suspended', async () => {
  const { client, id } = await startDesk();
  const before = await client.call('GET', `/Groups/${id}`);
  expect((await client.call('PUT', `/Groups/${id}`, { active: false })).text).toBe(before.text);
});

test('PUT with an empty member list answers 200 and changes no member', async () => {
  const { client, id, jo } = await startDesk();
  const reply = await client.call('PUT', `/Groups/${id}`, { members: [] });
  expect([reply.status, reply.json['members']]).toEqual([200, [{ value: jo }]]);
  expect(await valuesOf(client, id)).toEqual([{ value: jo }]);
});

test('PUT with members replaces the list', async () => {
  const { client, id, an } = await startDesk();
  await client.call('PUT', `/Groups/${id}`, { members: [{ value: an }, { value: an }, { value: id }] });
  expect(await valuesOf(client, id)).toEqual([{ value: an }, { value: id }]);
});

test('PATCH remove without a value empties the account', async () => {
  const { client, id } = await startDesk();
  const reply = await client.call('PATCH', `/Groups/${id}`, { Operations: [{ op: 'remove', path: 'members' }] });
  expect([reply.status, reply.json['members']]).toEqual([200, []]);
  expect(await valuesOf(client, id)).toEqual([]);
});

test('PATCH replace takes the full list, as an array even for one member', async () => {
  const { client, id, jo, an } = await startDesk();
  const replace = (value: unknown) =>
    client.call('PATCH', `/Groups/${id}`, { Operations: [{ op: 'replace', path: 'members', value }] });
  expect((await replace([{ value: an }])).json['members']).toEqual([{ value: an }]);
  expect((await replace({ value: jo })).status).toBe(400);
  expect(await valuesOf(client, id)).toEqual([{ value: an }]);
});

test('PATCH add takes an array too, and refuses an unknown member', async () => {
  const { client, id, jo, an } = await startDesk();
  const add = (value: unknown) =>
    client.call('PATCH', `/Groups/${id}`, { Operations: [{ op: 'Add', path: 'members', value }] });
  expect((await add([{ value: an }, { value: jo }])).json['members']).toEqual([{ value: jo }, { value: an }]);
  expect((await add([{ value: NOBODY }])).text).toBe('Error creating member: Member Not Found');
  expect(await valuesOf(client, id)).toEqual([{ value: jo }, { value: an }]);
});

test('PATCH changes members only, and all operations or none', async () => {
  const { client, id, jo } = await startDesk();
  const emptying = { op: 'remove', path: 'members' };
  for (const operation of [{ op: 'replace', path: 'displayName', value: ['X'] }, { op: 'move', path: 'members' }, {}]) {
    expect((await client.call('PATCH', `/Groups/${id}`, { Operations: [emptying, operation] })).status).toBe(400);
  }
  expect((await client.call('PATCH', `/Groups/${id}`, {})).status).toBe(400);
  expect(await valuesOf(client, id)).toEqual([{ value: jo }]);
});

test('an unknown member is refused in the words of each method', async () => {
  const { client, id, jo } = await startDesk();
  const members = [{ value: jo }, { value: NOBODY }];
  const created = await client.call('POST', '/Groups', { externalId: 'x@a.org', members });
  expect([created.status, created.text]).toEqual([400, 'Unknown in set']);
  const changed = await client.call('PUT', `/Groups/${id}`, { displayName: 'X', members });
  expect([changed.status, changed.text]).toEqual([400, 'Error creating member: Member Not Found']);
  expect((await client.call('GET', `/Groups/${id}`)).json['displayName']).toBe('desk@a.org');
  expect(client.sandbox.status().functional).toBe(1);
});

test('a member that was deleted since may stay in the list', async () => {
  const { client, id, jo, an } = await startDesk();
  await client.call('DELETE', `/Users/${jo}`);
  expect(await valuesOf(client, id)).toEqual([{ value: jo }]);
  const reply = await client.call('PUT', `/Groups/${id}`, { members: [{ value: jo }, { value: an }] });
  expect([reply.status, reply.json['members']]).toEqual([200, [{ value: jo }, { value: an }]]);
});

test('the extension replaces aliases and ExternalAccountId together; without it both stay', async () => {
  const { client, id } = await startDesk();
  const put = async (body: object) => (await client.call('PUT', `/Groups/${id}`, body)).json[GROUP];
  expect(await put({ displayName: 'Desk' })).toEqual({ aliases: ['help@a.org'], ExternalAccountId: 'k1' });
  expect(await put({ [GROUP]: { ExternalAccountId: 'k2' } })).toEqual({ aliases: [], ExternalAccountId: 'k2' });
  expect(await put({ [GROUP]: { aliases: ['h@a.org'] } })).toEqual({ aliases: ['h@a.org'] });
});

test('a rename keeps the id and frees the old address', async () => {
  const { client, id } = await startDesk();
  const reply = await client.call('PUT', `/Groups/${id}`, { externalId: 'Help@a.org' });
  expect([reply.json['id'], reply.json['externalId']]).toEqual([id, 'help@a.org']);
  expect(reply.json[GROUP]).toEqual({ aliases: [], ExternalAccountId: 'k1' });
  await createGroup(client, 'desk@a.org');
});

test('DELETE of a functional account answers 204', async () => {
  const { client, id } = await startDesk();
  expect((await client.call('DELETE', `/Groups/${id}`)).status).toBe(204);
  expect((await client.call('GET', `/Groups/${id}`)).text).toBe(`Unknown account with uuid: ${id}`);
});
