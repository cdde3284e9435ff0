import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseFaultPlan } from '../../src/sandbox/fault-plan.ts';
import { createUser, startClient, USER } from './sandbox-fixture.ts';
import { TOKEN } from './sandbox-token.ts';

const post = (userName: string): object => ({ userName });

test.each(['lost-reply', 'reset', 'half-body'])(
  '%s: the third POST is committed and no answer arrives',
  async (kind) => {
    const client = await startClient({ faults: parseFaultPlan(`${kind}@POST#3`) });
    await createUser(client, 'a@a.org');
    await createUser(client, 'b@a.org');
    await expect(client.call('POST', '/Users', post('c@a.org'))).rejects.toThrow();
    expect(client.sandbox.accounts().map(({ address }) => address)).toEqual(['a@a.org', 'b@a.org', 'c@a.org']);
    expect((await client.call('POST', '/Users', post('c@a.org'))).status).toBe(409);
  },
);

test.each(['close-before', 'reset-before'])('%s: the connection breaks and nothing is executed', async (kind) => {
  const client = await startClient({ faults: parseFaultPlan(`${kind}@POST#1`) });
  await expect(client.call('POST', '/Users', post('a@a.org'))).rejects.toThrow();
  expect(client.sandbox.accounts()).toEqual([]);
  await createUser(client, 'a@a.org');
});

test.each([
  ['hang', 1],
  ['hang-before', 0],
])('%s: no answer ever comes, and closing the sandbox ends it', async (kind, accounts) => {
  const client = await startClient({ faults: parseFaultPlan(`${kind}@POST#1`) });
  const pending = client.call('POST', '/Users', post('a@a.org'));
  const outcome = pending.then(
    () => 'answered',
    () => 'broken',
  );
  while (client.sandbox.status().requests === 0) await new Promise((resolve) => void setImmediate(resolve));
  expect(client.sandbox.accounts()).toHaveLength(accounts);
  await client.sandbox.close();
  expect(await outcome).toBe('broken');
});

test.each([
  ['5xx@POST#1', 503, 0],
  ['5xx@POST#1:500', 500, 0],
  ['late-5xx@POST#1:502', 502, 1],
  ['401@POST#1', 401, 0],
  ['429@POST#1', 429, 0],
  ['html@POST#1', 200, 0],
  ['html@POST#1:503', 503, 0],
  ['slow@POST#1:1', 201, 1],
])('%s answers %i and leaves %i account', async (plan, status, accounts) => {
  const client = await startClient({ faults: parseFaultPlan(plan) });
  const reply = await client.call('POST', '/Users', post('a@a.org'));
  expect(reply.status).toBe(status);
  expect(client.sandbox.accounts()).toHaveLength(accounts);
  if (plan.startsWith('html')) expect(reply.type).toMatch(/^text\/html/);
});

test.each([
  ['429@GET#1', null],
  ['429@GET#1:retry-after=2', '2'],
  ['429@GET#1:retry-after=soon', 'soon'],
  ['429@GET#1:retry-after-date=60', 'Thu, 01 Jan 1970 00:01:00 GMT'],
])('%s sends the Retry-After that was asked for', async (plan, retryAfter) => {
  const { call } = await startClient({ faults: parseFaultPlan(plan), clock: () => 0 });
  expect((await call('GET', '/Users')).headers.get('retry-after')).toBe(retryAfter);
});

test('vanish: the account is gone before the second PUT', async () => {
  const client = await startClient({ faults: parseFaultPlan('vanish@PUT#2') });
  const id = await createUser(client, 'jo@a.org');
  expect((await client.call('PUT', `/Users/${id}`, { active: false })).status).toBe(200);
  expect((await client.call('PUT', `/Users/${id}`, { active: true })).text).toBe(`Unknown account with uuid: ${id}`);
});

test('appear and vanish with an address change the list between two reads', async () => {
  const client = await startClient({ faults: parseFaultPlan('appear=New@A.org@GET#2,vanish=jo@a.org@GET#3') });
  await createUser(client, 'jo@a.org');
  const addresses = async (): Promise<string[]> => {
    const list = (await client.call('GET', '/Users')).json as { Resources: { userName: string }[] };
    return list.Resources.map(({ userName }) => userName);
  };
  expect(await addresses()).toEqual(['jo@a.org']);
  expect(await addresses()).toEqual(['jo@a.org', 'new@a.org']);
  expect(await addresses()).toEqual(['new@a.org']);
});

test('the same seed gives the same faults, another seed others', async () => {
  const outcomes = async (seed: number): Promise<string> => {
    const client = await startClient({ faults: parseFaultPlan(`seed=${seed},5xx=20%,429=20%`) });
    const statuses: number[] = [];
    for (let count = 0; count < 60; count += 1) statuses.push((await client.call('GET', '/Users')).status);
    return statuses.join(' ');
  };
  const first = await outcomes(7);
  expect(await outcomes(7)).toBe(first);
  expect(await outcomes(8)).not.toBe(first);
  expect(first).toMatch(/503/);
  expect(first).toMatch(/429/);
});

test('latency delays the answer, not the execution', async () => {
  const client = await startClient({ latencyMs: { minMs: 40, maxMs: 60 } });
  const startMs = performance.now();
  const reply = client.call('POST', '/Users', post('jo@a.org'));
  while (client.sandbox.accounts().length === 0) await new Promise((resolve) => void setImmediate(resolve));
  expect(await Promise.race([reply, Promise.resolve('not yet')])).toBe('not yet');
  expect((await reply).status).toBe(201);
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(39);
});

test('the log has one line a request and neither key nor SSO key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const requestLog = join(folder, 'requests.jsonl');
  const faults = parseFaultPlan('lost-reply@POST#2,vanish@PUT#1,html@DELETE#1');
  const client = await startClient({ requestLog, faults, clock: () => 0, rateLimit: { requests: 6, windowMs: 1000 } });
  const id = await createUser(client, 'jo@a.org', { [USER]: { SsoAccountKey: 'canary-sso' } });
  await client.call('POST', '/Users', post('an@a.org')).catch(() => undefined);
  await client.call('PUT', `/Users/${id}`, { active: false });
  await client.call('POST', '/Users', post('x@elsewhere.com'));
  await client.call('GET', '/Users?count=1');
  await client.call('DELETE', `/Users/${id}`);
  await client.call('GET', '/Users');
  await client.call('GET', '/Users', undefined, { authorization: 'Bearer x' });
  const text = readFileSync(requestLog, 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const time = '1970-01-01T00:00:00.000Z';
  const path = `/api/scim/v2/Users`;
  expect(lines).toEqual([
    { time, method: 'POST', path, status: 201, executed: true },
    { time, method: 'POST', path, status: null, executed: true, fault: 'lost-reply' },
    { time, method: 'PUT', path: `${path}/${id}`, status: 400, executed: false, fault: 'vanish' },
    { time, method: 'POST', path, status: 403, executed: false },
    { time, method: 'GET', path: `${path}?count=1`, status: 200, executed: true },
    { time, method: 'DELETE', path: `${path}/${id}`, status: 200, executed: false, fault: 'html' },
    { time, method: 'GET', path, status: 429, executed: false },
    { time, method: 'GET', path, status: 401, executed: false },
  ]);
  expect(text).not.toContain(TOKEN);
  expect(text).not.toContain('canary-sso');
});
