import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import type { Exchange, ScimMethod } from '../../../../src/adapters/zivver/exchange.ts';
import type { Reply } from '../../../support/loopback-server.ts';
import { ALL, BODY, connect, fine, json, KEY, send, serve, textOf } from '../../../support/scim-exchange.ts';

describe('what is sent', () => {
  it.each<[ScimMethod, string, string | undefined]>([
    ['GET', 'application/json', undefined],
    ['POST', 'application/json', 'application/json'],
    ['PUT', 'application/json', 'application/json'],
    ['PATCH', 'application/scim+json', 'application/scim+json'],
    ['DELETE', 'application/json', undefined],
  ])('%s accepts %s and carries %s', async (method, accept, contentType) => {
    const server = await serve(fine);
    const { outcome } = await send(method, `${server.url}/`);
    expect(textOf(outcome)).toBe('{"fine":true}');
    expect(server.seen).toHaveLength(1);
    const { headers, url, body } = server.seen[0]!;
    expect(headers).toMatchObject({ accept, authorization: `Bearer ${KEY}`, 'user-agent': 'zivver-gitops/0.0.0' });
    expect(headers['content-type']).toBe(contentType);
    expect(url).toBe(method === 'GET' ? '/scim/v2/Users' : '/scim/v2/Users/1');
    expect(body).toBe(contentType === undefined ? '' : '{"active":false}');
  });

  it('a client made for reading refuses to write before anything reaches the network', async () => {
    const server = await serve(fine);
    const { client } = connect(server.url, ['GET']);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      await expect(client.write(method, '/Users', BODY)).rejects.toThrow(method);
    }
    expect(server.seen).toHaveLength(0);
  });

  it('the key is not shown when a client is printed', () => {
    const { client } = connect('http://127.0.0.1:1/scim/v2');
    expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain(KEY);
  });

  it('an answer that repeats the key is emptied', async () => {
    const server = await serve(json(400, { headers: { authorization: `Bearer ${KEY}` } }));
    const { outcome } = await send('PUT', server.url);
    expect(outcome).toMatchObject({ delivery: 'answered', status: 400 });
    expect(textOf(outcome)).toBe('');
  });
});

describe('429', () => {
  it.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['an HTTP date', { 'retry-after': 'Mon, 23 Nov 2026 00:00:12 GMT' }, 12_000],
    ['a past date', { 'retry-after': 'Mon, 23 Nov 2020 00:00:00 GMT' }, 1_000],
    ['an absurd number', { 'retry-after': '99999999' }, 60_000],
    ['nonsense', { 'retry-after': 'soon' }, 10_000],
    ['nothing', {}, 10_000],
  ])('with %s as Retry-After makes every method wait as told and try again', async (_, headers, waitMs) => {
    for (const method of ALL) {
      const server = await serve(json(429, { code: 429 }, headers), fine);
      const { outcome, time } = await send(method, server.url);
      expect(textOf(outcome)).toBe('{"fine":true}');
      expect(server.seen).toHaveLength(2);
      expect(time.now()).toBe(waitMs);
    }
  });

  it('makes other requests of the same client wait too', async () => {
    const arrivals: number[] = [];
    const note =
      (reply: Reply): Reply =>
      (...exchange) => {
        arrivals.push(time.now());
        reply(...exchange);
      };
    const server = await serve(note(json(429, {}, { 'retry-after': '30' })), note(fine));
    const { time, client } = connect(server.url);
    const first = client.read('/Users');
    await vi.waitFor(() => expect(time.sleeps).toEqual([30_000]));
    await time.pass(Promise.all([first, client.read('/Groups')]));
    expect(arrivals).toEqual([0, 30_000, 30_000]);
  });

  it('ends as 429 if it never stops', async () => {
    const server = await serve(json(429, {}, { 'retry-after': '1' }));
    const { outcome } = await send('PUT', server.url);
    expect(outcome).toMatchObject({ delivery: 'answered', status: 429 });
    expect(server.seen).toHaveLength(21);
  });
});

describe('other answers', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('a 5xx to %s is not repeated', async (method) => {
    const server = await serve(json(503, {}), fine);
    const { outcome } = await send(method, server.url);
    expect(outcome).toMatchObject({ delivery: 'answered', status: 503 });
    expect(server.seen).toHaveLength(1);
  });

  it.each([301, 400, 401, 403, 404, 409, 415])('%i is reported at once', async (status) => {
    const server = await serve(json(status, {}, { location: '/elsewhere' }), fine);
    const { outcome } = await send('GET', server.url);
    expect(outcome).toMatchObject({ delivery: 'answered', status });
    expect(server.seen).toHaveLength(1);
  });

  it('a web page with 200 is handed on with its type', async () => {
    const server = await serve((response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>'));
    const { outcome } = await send('GET', server.url);
    expect(outcome.delivery === 'answered' && outcome.headers.get('content-type')).toBe('text/html');
  });

  it('1xx before the answer is skipped', async () => {
    const server = await serve((response, request, socket) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' });
      fine(response, request, socket);
    });
    expect((await send('GET', server.url)).outcome).toMatchObject({ delivery: 'answered', status: 200 });
  });
});

describe('the rate limit', () => {
  it('holds for all requests of one client, reads and writes', async () => {
    const server = await serve(fine);
    const { time, client } = connect(server.url);
    const call = (n: number): Promise<Exchange> =>
      n % 2 === 0 ? client.read('/Users') : client.write('PUT', '/Users/1', BODY);
    await Promise.all(Array.from({ length: 50 }, (_, n) => call(n)));
    expect(time.sleeps).toEqual([]);
    await time.pass(call(50));
    expect(time.now()).toBe(10_000);
  });
});
