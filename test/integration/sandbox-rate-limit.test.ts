import { expect, test } from 'vitest';
import { createUser, startClient } from './sandbox-fixture.ts';

/** The 429 of zivver-api §6. */

const BODY =
  '{"code":429,"message":"Too Many Requests","emptiedBucketDetails":{"limiterId":"cab","budget":50,"windowSeconds":10},' +
  '"reference":"https://tools.ietf.org/html/draft-polli-ratelimit-headers-02"}';

test('the 51st request within 10 s is 429 and is not executed; reads count', async () => {
  let nowMs = 1_000_000;
  const client = await startClient({ rateLimit: { requests: 50, windowMs: 10_000 }, clock: () => nowMs });
  const id = await createUser(client, 'jo@a.org');
  for (let count = 2; count <= 50; count += 1) expect((await client.call('GET', `/Users/${id}`)).status).toBe(200);
  nowMs += 9_999;
  const refused = await client.call('DELETE', `/Users/${id}`);
  expect([refused.status, refused.type, refused.text]).toEqual([429, 'application/json', BODY]);
  expect(refused.headers.get('retry-after')).toBeNull();
  expect(client.sandbox.accounts()).toHaveLength(1);
  nowMs += 1;
  expect((await client.call('DELETE', `/Users/${id}`)).status).toBe(204);
});

test('the window slides: it does not start anew every 10 s', async () => {
  let nowMs = 0;
  const { call } = await startClient({ rateLimit: { requests: 2, windowMs: 10_000 }, clock: () => nowMs });
  const statusAt = async (atMs: number): Promise<number> => {
    nowMs = atMs;
    return (await call('GET', '/Users')).status;
  };
  expect(await statusAt(1_000)).toBe(200);
  expect(await statusAt(9_000)).toBe(200);
  expect(await statusAt(10_500)).toBe(429);
  expect(await statusAt(11_000)).toBe(200);
  expect(await statusAt(18_999)).toBe(429);
  expect(await statusAt(19_000)).toBe(200);
});

test('the limit is 50 in 10 s unless told otherwise', async () => {
  const client = await startClient({ clock: () => 0 });
  const limited = await startClient({ clock: () => 0, rateLimit: { requests: 50, windowMs: 10_000 } });
  for (let count = 0; count < 51; count += 1)
    await Promise.all([client.call('GET', '/Users'), limited.call('GET', '/Users')]);
  expect((await client.call('GET', '/Users')).status).toBe(200);
  expect((await limited.call('GET', '/Users')).status).toBe(429);
});

test('Retry-After tells the whole seconds until a place is free, if asked for', async () => {
  let nowMs = 0;
  const rateLimit = { requests: 1, windowMs: 10_000, retryAfter: true };
  const { call } = await startClient({ rateLimit, clock: () => nowMs });
  await call('GET', '/Users');
  nowMs = 2_500;
  expect((await call('GET', '/Users')).headers.get('retry-after')).toBe('8');
});

test('requests with a wrong key do not use up the budget', async () => {
  const { call } = await startClient({ rateLimit: { requests: 1, windowMs: 10_000 }, clock: () => 0 });
  expect((await call('GET', '/Users', undefined, { authorization: 'Bearer x' })).status).toBe(401);
  expect((await call('GET', '/Users')).status).toBe(200);
});
