import { expect, test } from 'vitest';
import { createGroup, createUser, SCIM, startClient } from './sandbox-fixture.ts';

/** zivver-api §1 and §2. */

test('a wrong, missing or differently shaped key is 401 with the JSON of the framework', async () => {
  const { call } = await startClient();
  for (const authorization of ['Bearer wrong', 'Basic abc', '']) {
    const reply = await call('GET', '/Users', undefined, { authorization });
    expect(reply.status).toBe(401);
    expect(reply.json).toEqual({ code: 401, message: 'HTTP 401 Unauthorized' });
  }
});

test('a refused key changes nothing', async () => {
  const { call, sandbox } = await startClient();
  const reply = await call('POST', '/Users', { userName: 'jo@a.org' }, { authorization: 'Bearer wrong' });
  expect(reply.status).toBe(401);
  expect(sandbox.accounts()).toEqual([]);
});

test('a trailing slash makes no difference', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org');
  expect((await client.call('GET', '/Users/')).text).toBe((await client.call('GET', '/Users')).text);
  expect((await client.call('GET', `/Users/${id}/`)).status).toBe(200);
  expect((await client.call('POST', '/Groups/', { externalId: 'desk@a.org' })).status).toBe(201);
});

test('paths are case-sensitive and unknown ones are 404', async () => {
  const { call, sandbox } = await startClient();
  for (const path of ['/users', '/groups', '/ServiceProviderConfig', '/Schemas', '/Bulk', '/Me', '/Users/a/b', '']) {
    expect((await call('GET', path)).status).toBe(404);
  }
  const outside = new URL('/API/SCIM/v2/Users', sandbox.url);
  expect((await fetch(outside, { headers: { authorization: 'Bearer x' } })).status).toBe(404);
});

test('methods that a resource does not have are 405', async () => {
  const client = await startClient();
  const id = await createUser(client, 'jo@a.org');
  expect((await client.call('PATCH', `/Users/${id}`, {})).status).toBe(405);
  expect((await client.call('PUT', '/Users', {})).status).toBe(405);
  expect((await client.call('DELETE', '/Groups')).status).toBe(405);
});

test('GET, POST and PUT take and give application/json and application/scim+json', async () => {
  const { call } = await startClient();
  for (const type of ['application/json', SCIM]) {
    const headers = { 'content-type': `${type}; charset=utf-8`, accept: type };
    const created = await call('POST', '/Users', { userName: `${type.length}@a.org` }, headers);
    expect([created.status, created.type]).toEqual([201, type]);
    const changed = await call('PUT', `/Users/${String(created.json['id'])}`, { active: false }, headers);
    expect([changed.status, changed.type]).toEqual([200, type]);
    expect((await call('GET', '/Users', undefined, { accept: type })).type).toBe(type);
  }
});

test('a body of another type is 415 and an answer of another type 406', async () => {
  const { call, sandbox } = await startClient();
  const body = { userName: 'jo@a.org' };
  const wrongBody = await call('POST', '/Users', body, { 'content-type': 'text/plain' });
  expect(wrongBody.json).toEqual({ code: 415, message: 'HTTP 415 Unsupported Media Type' });
  const wrongAnswer = await call('POST', '/Users', body, { accept: 'text/html' });
  expect(wrongAnswer.json).toEqual({ code: 406, message: 'HTTP 406 Not Acceptable' });
  expect(sandbox.accounts()).toEqual([]);
});

test('PATCH demands scim+json for the body (415) and for the answer (406)', async () => {
  const client = await startClient();
  const id = await createGroup(client, 'desk@a.org', { members: [{ value: await createUser(client, 'jo@a.org') }] });
  const body = { Operations: [{ op: 'remove', path: 'members' }] };
  const send = (headers: Record<string, string>) => client.call('PATCH', `/Groups/${id}`, body, headers);
  const wrongBody = await send({ 'content-type': 'application/json', accept: SCIM });
  expect(wrongBody.text).toBe('{"code":415,"message":"HTTP 415 Unsupported Media Type"}');
  expect((await send({ 'content-type': SCIM, accept: 'application/json' })).status).toBe(406);
  expect((await client.call('GET', `/Groups/${id}`)).json['members']).toHaveLength(1);
  expect((await send({ 'content-type': SCIM, accept: SCIM })).status).toBe(200);
});

test('a list is exactly Resources and totalResults, in this order, suspended accounts included', async () => {
  const client = await startClient();
  expect((await client.call('GET', '/Users')).text).toBe('{"Resources":[],"totalResults":0}');
  const id = await createUser(client, 'jo@a.org');
  await createUser(client, 'an@a.org');
  await client.call('PUT', `/Users/${id}`, { active: false });
  const reply = await client.call('GET', '/Users');
  expect(Object.keys(reply.json)).toEqual(['Resources', 'totalResults']);
  expect(reply.json['totalResults']).toBe(2);
  expect(reply.text.startsWith('{"Resources":[{')).toBe(true);
});

test('there is no paging: count and startIndex change nothing', async () => {
  const client = await startClient();
  await createUser(client, 'jo@a.org');
  await createUser(client, 'an@a.org');
  const reply = await client.call('GET', '/Users?count=1&startIndex=2');
  expect(reply.json['totalResults']).toBe(2);
});

test('a list of thousands of accounts is complete and valid JSON', async () => {
  const client = await startClient();
  for (let number = 0; number < 1201; number += 1) await createUser(client, `p${number}@a.org`);
  const list = (await client.call('GET', '/Users')).json as {
    Resources: { id: string }[];
    totalResults: number;
  };
  expect(list.totalResults).toBe(1201);
  expect(new Set(list.Resources.map(({ id }) => id)).size).toBe(1201);
});

test('the two filters find by primary address in any case, and nothing else', async () => {
  const client = await startClient();
  const jo = await createUser(client, 'jo@a.org', {
    [`urn:ietf:params:scim:schemas:zivver:0.1:User`]: { aliases: ['j@a.org'] },
  });
  const desk = await createGroup(client, 'desk@a.org');
  const idsOf = async (path: string): Promise<string[]> => {
    const { json } = await client.call('GET', path);
    return (json as { Resources: { id: string }[] }).Resources.map(({ id }) => id);
  };
  const filter = (text: string): string => `?filter=${encodeURIComponent(text)}`;
  expect(await idsOf(`/Users${filter('userName eq "JO@a.org"')}`)).toEqual([jo]);
  expect(await idsOf(`/Groups${filter('externalId eq "desk@a.org"')}&count=1`)).toEqual([desk]);
  for (const path of [
    `/Users${filter('userName eq "j@a.org"')}`,
    `/Users${filter('userName eq "desk@a.org"')}`,
    `/Users${filter('externalId eq "jo@a.org"')}`,
    `/Groups${filter('externalId eq "jo@a.org"')}`,
    `/Users${filter('userName eq "x\\" or \\"1"')}`,
  ]) {
    expect((await client.call('GET', path)).text).toBe('{"Resources":[],"totalResults":0}');
  }
});

test('a filter beyond the known ones is refused, not ignored', async () => {
  const { call } = await startClient();
  expect((await call('GET', '/Users?filter=active%20eq%20true')).status).toBe(400);
});

test('an unknown id is 400 in plain text, for every method and for anything that is no UUID', async () => {
  const { call } = await startClient();
  const id = '0b9c7f4e-6a0e-4b52-9d3e-0d8f1d3f5a11';
  for (const reply of [
    await call('GET', `/Users/${id}`),
    await call('PUT', `/Users/${id}`, { active: false }),
    await call('DELETE', `/Users/${id}`),
    await call('GET', `/Groups/${id}`),
    await call('PATCH', `/Groups/${id}`, { Operations: [{ op: 'remove', path: 'members' }] }),
  ]) {
    expect(reply.status).toBe(400);
    expect(reply.type).toMatch(/^text\/plain/);
    expect(reply.text).toBe(`Unknown account with uuid: ${id}`);
  }
  expect((await call('GET', '/Users/nobody')).text).toBe('Unknown account with uuid: nobody');
});

test('a body that is not a JSON object is the 400 of the framework', async () => {
  const { call } = await startClient();
  for (const body of ['{"userName":', '[]', '"jo@a.org"', '']) {
    const reply = await call('POST', '/Users', body);
    expect(reply.status).toBe(400);
    expect(reply.json['code']).toBe(400);
  }
});

test('the status page needs no key and tells counts only', async () => {
  const client = await startClient({ guests: ['g@a.org'], freeAccounts: ['f@a.org'] });
  const id = await createUser(client, 'jo@a.org');
  await client.call('PUT', `/Users/${id}`, { active: false });
  const response = await fetch(new URL('/sandbox/status', client.sandbox.url));
  expect(await response.json()).toEqual({
    users: 1,
    suspended: 1,
    functional: 0,
    guests: 1,
    freeAccounts: 1,
    requests: 2,
    writes: 2,
  });
});
