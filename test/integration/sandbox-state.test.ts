import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, startClient, USER, type Client } from './sandbox-fixture.ts';

const JO = '6f1f2f7e-51a5-4f0e-9d0a-0a3b7f3a1c01';
const DESK = '6f1f2f7e-51a5-4f0e-9d0a-0a3b7f3a1c02';
const NOBODY = '6f1f2f7e-51a5-4f0e-9d0a-0a3b7f3a1c03';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const contentOf = async (client: Client): Promise<string> =>
  (await client.call('GET', '/Users')).text + (await client.call('GET', '/Groups')).text;

test('everything survives a restart: accounts, SSO keys, deletions and guests', async () => {
  const stateFile = join(makeFolder(), 'state.jsonl');
  const client = await startClient({ stateFile, guests: ['g@a.org', 'h@a.org'], freeAccounts: ['f@a.org'] });
  const jo = await createUser(client, 'jo@a.org', { [USER]: { aliases: ['j@a.org'], SsoAccountKey: 's1' } });
  const an = await createUser(client, 'an@a.org');
  await createUser(client, 'g@a.org');
  await createGroup(client, 'desk@a.org', { members: [{ value: jo }] });
  await client.call('PUT', `/Users/${jo}`, { active: false });
  await client.call('DELETE', `/Users/${an}`);
  const before = await contentOf(client);
  await client.sandbox.close();
  for (let restart = 0; restart < 2; restart += 1) {
    const again = await startClient({ stateFile });
    expect(await contentOf(again)).toBe(before);
    expect(again.sandbox.ssoKeyOf(jo)).toBe('s1');
    expect(again.sandbox.status()).toMatchObject({ users: 2, guests: 1, freeAccounts: 1 });
    await again.sandbox.close();
  }
});

test('a committed write is in the file before it is answered', async () => {
  const stateFile = join(makeFolder(), 'state.jsonl');
  const client = await startClient({ stateFile });
  const id = await createUser(client, 'jo@a.org', { [USER]: { SsoAccountKey: 's1' } });
  const copy = join(makeFolder(), 'copy.jsonl');
  writeFileSync(copy, readFileSync(stateFile));
  const other = await startClient({ stateFile: copy });
  expect(await contentOf(other)).toBe(await contentOf(client));
  expect(other.sandbox.ssoKeyOf(id)).toBe('s1');
});

test('a last line cut by a kill is dropped, a broken one before it is an error naming the line', async () => {
  const stateFile = join(makeFolder(), 'state.jsonl');
  const client = await startClient({ stateFile });
  await createUser(client, 'jo@a.org');
  const before = await contentOf(client);
  await client.sandbox.close();
  appendFileSync(stateFile, '{"user":{"id":"x","userN');
  const again = await startClient({ stateFile });
  expect(await contentOf(again)).toBe(before);
  await again.sandbox.close();
  appendFileSync(stateFile, '{"user":{"id":"x"\n{"removed":"x"}\n');
  const failure = startSandbox({ port: 0, token: 't', domains: [], stateFile });
  await expect(failure).rejects.toMatchObject({ code: 'SANDBOX_OPTIONS', message: expect.stringContaining(':3') });
});

test('the state is compacted at the start and leaves no temporary file', async () => {
  const folder = makeFolder();
  const stateFile = join(folder, 'state.jsonl');
  const client = await startClient({ stateFile });
  const id = await createUser(client, 'jo@a.org');
  for (let count = 0; count < 20; count += 1) await client.call('PUT', `/Users/${id}`, { nickName: `J${count}` });
  await client.sandbox.close();
  expect(readFileSync(stateFile, 'utf8').trimEnd().split('\n')).toHaveLength(22);
  await (await startClient({ stateFile })).sandbox.close();
  expect(readFileSync(stateFile, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  expect(readdirSync(folder)).toEqual(['state.jsonl']);
});

test('only the owner may read the state, since it holds SSO keys', async () => {
  const stateFile = join(makeFolder(), 'state.jsonl');
  writeFileSync(stateFile, '', { mode: 0o644 });
  await startClient({ stateFile });
  // Windows has no such bits; there the folder's rights decide.
  expect(statSync(stateFile).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
});

test('a state written by hand may list guests and free accounts over several lines', async () => {
  const stateFile = join(makeFolder(), 'state.json');
  writeFileSync(stateFile, JSON.stringify({ guests: ['g@a.org'], freeAccounts: ['f@a.org'] }, null, 2));
  const client = await startClient({ stateFile });
  const reply = await client.call('POST', '/Users', { userName: 'jo@a.org', [USER]: { aliases: ['g@a.org'] } });
  expect(reply.text).toBe('Error creating alias: Alias is a guest: g@a.org');
  expect((await client.call('POST', '/Users', { userName: 'f@a.org' })).status).toBe(403);
});

const STORED_USER = {
  userName: 'Jo@A.org',
  id: JO,
  [USER]: { delegates: ['gone@a.org', 'jo@a.org'], aliases: ['z@old.org', 'B@a.org'], unknownKey: 1 },
  schemas: [USER, 'urn:ietf:params:scim:schemas:core:2.0:User'],
  name: { formatted: 'Jo "van" Smit ü' },
  active: false,
  meta: { resourceType: 'User', created: '2019-01-02', location: `/scim/v2/Users/${JO}` },
  [ENTERPRISE]: {},
};
const STORED_GROUP = {
  id: DESK,
  externalId: 'desk@a.org',
  displayName: 'Desk',
  members: [{ value: NOBODY }, { value: DESK }, { value: JO }],
  [ENTERPRISE]: { division: 'care' },
  [GROUP]: { aliases: [], ExternalAccountId: null },
};

function writeImports(folder: string): { importUsers: string; importGroups: string } {
  const imports = { importUsers: join(folder, 'users.json'), importGroups: join(folder, 'groups.json') };
  writeFileSync(imports.importUsers, `\uFEFF${JSON.stringify({ Resources: [STORED_USER], totalResults: 1 })}`);
  const groups = JSON.stringify({ totalResults: 1, Resources: [STORED_GROUP] }, null, 2);
  writeFileSync(imports.importGroups, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(groups, 'utf16le')]));
  return imports;
}

test('stored real answers come back with the same content, quirks and all', async () => {
  const { call } = await startClient(writeImports(makeFolder()));
  expect((await call('GET', '/Users')).text).toBe(JSON.stringify({ Resources: [STORED_USER], totalResults: 1 }));
  expect((await call('GET', `/Groups/${DESK}`)).text).toBe(JSON.stringify(STORED_GROUP));
  const found = await call('GET', '/Users?filter=userName%20eq%20%22jo@a.org%22');
  expect(found.json['totalResults']).toBe(1);
});

test('an imported account changes only in what is written', async () => {
  const { call } = await startClient(writeImports(makeFolder()));
  expect((await call('PUT', `/Users/${JO}`, { active: true })).json).toEqual({
    ...STORED_USER,
    active: true,
    userName: 'Jo@A.org',
  });
  const kept = { aliases: ['z@old.org'], delegates: [] };
  expect((await call('PUT', `/Users/${JO}`, { [USER]: kept })).json[USER]).toEqual(kept);
  const group = await call('PUT', `/Groups/${DESK}`, { members: STORED_GROUP.members, displayName: 'Balie' });
  expect(group.json).toEqual({ ...STORED_GROUP, displayName: 'Balie' });
});

test('claimed domains and divisions come from the accounts if none are given', async () => {
  const { call, sandbox } = await startClient({ ...writeImports(makeFolder()), domains: [] });
  expect([...sandbox.domains].sort()).toEqual(['a.org', 'old.org']);
  expect((await call('PUT', `/Users/${JO}`, { [ENTERPRISE]: { division: 'care' } })).status).toBe(200);
  expect((await call('PUT', `/Users/${JO}`, { [ENTERPRISE]: { division: 'cure' } })).status).toBe(400);
  expect((await startClient({ domains: [] })).sandbox.domains).toEqual(['example.org']);
});

test('imports are taken in once: a deleted account does not come back with a restart', async () => {
  const folder = makeFolder();
  const options = { ...writeImports(folder), stateFile: join(folder, 'state.jsonl') };
  const client = await startClient(options);
  await client.call('DELETE', `/Users/${JO}`);
  await client.call('DELETE', `/Groups/${DESK}`);
  await client.sandbox.close();
  expect((await startClient(options)).sandbox.accounts()).toEqual([]);
});

test('an SSO key in an import is kept as a secret and not answered', async () => {
  const importUsers = join(makeFolder(), 'users.json');
  const user = { id: JO, userName: 'jo@a.org', [USER]: { aliases: [], SsoAccountKey: 's1' } };
  writeFileSync(importUsers, JSON.stringify([user]));
  const { call, sandbox } = await startClient({ importUsers });
  expect((await call('GET', '/Users')).text).not.toContain('SsoAccountKey');
  expect(sandbox.ssoKeyOf(JO)).toBe('s1');
});

test.each([
  ['is no JSON', '{"Resources":['],
  ['has no list', '{"totalResults":0}'],
  ['is not text', Buffer.from([0x5b, 0xff, 0x5d])],
])('an import that %s is an error naming the file', async (_name, content) => {
  const importUsers = join(makeFolder(), 'users.json');
  writeFileSync(importUsers, content);
  const failure = startSandbox({ port: 0, token: 't', domains: [], importUsers });
  await expect(failure).rejects.toMatchObject({
    code: 'SANDBOX_OPTIONS',
    message: expect.stringContaining(importUsers),
  });
});

test('an import names every account that cannot be used, with the cause', async () => {
  const importUsers = join(makeFolder(), 'users.json');
  const stored = [{ id: JO, userName: 'jo@a.org' }, { id: JO, userName: 'an@a.org' }, STORED_GROUP, 7];
  writeFileSync(importUsers, JSON.stringify({ Resources: stored }));
  await expect(startSandbox({ port: 0, token: 't', domains: [], importUsers })).rejects.toMatchObject({
    code: 'SANDBOX_OPTIONS',
    problems: [
      { where: `${importUsers} Resources[1]`, what: 'its id occurs twice' },
      { where: `${importUsers} Resources[2]`, what: 'attribute userName is missing or not a text' },
      { where: `${importUsers} Resources[3]`, what: 'is not an account' },
    ],
  });
});

test('a missing import, an unusable log folder and a taken port are told as options errors with a cause', async () => {
  const { sandbox } = await startClient();
  const nowhere = join(makeFolder(), 'no', 'such.json');
  const base = { port: 0, token: 't', domains: [] };
  for (const options of [
    { importGroups: nowhere },
    { requestLog: nowhere },
    { stateFile: nowhere },
    { port: sandbox.port },
  ]) {
    await expect(startSandbox({ ...base, ...options })).rejects.toMatchObject({
      code: 'SANDBOX_OPTIONS',
      cause: expect.anything(),
    });
  }
});
