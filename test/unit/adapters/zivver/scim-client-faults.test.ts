import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../../support/loopback-server.ts';
import { ALL, drop, fine, halfBody, json, send, serve, textOf } from '../../../support/scim-exchange.ts';

describe('a refused connection', () => {
  it.each(ALL)('lets %s be sent again and proves that nothing was sent', async (method) => {
    const port = await freePort();
    const { outcome, time, sent } = await send(method, `http://127.0.0.1:${port}/scim/v2`);
    expect(outcome).toEqual({ delivery: 'not-sent', fault: 'ECONNREFUSED', status: null });
    expect(sent).toBe(0);
    expect(time.sleeps).toEqual([375, 750, 1_500, 3_000]);
  });
});

describe('a connection that is accepted, then closed', () => {
  it.each(ALL)('leaves %s in doubt once undici has written it, and never sends a write twice', async (method) => {
    const server = createServer((socket) => void socket.destroy());
    onTestFinished(() => void server.close());
    const { outcome, sent } = await send(method, `http://127.0.0.1:${await listen(server)}/scim/v2`);
    expect(outcome.delivery).toBe(sent === 0 ? 'not-sent' : 'unknown');
    if (method !== 'GET') expect(sent).toBeLessThanOrEqual(1);
  });
});

describe('a reply that is lost after the request was read', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('sends %s once and says that it is unknown', async (method) => {
    const server = await serve(drop);
    const { outcome, sent } = await send(method, server.url);
    expect(outcome).toMatchObject({ delivery: 'unknown', status: null });
    expect([server.seen.length, sent]).toEqual([1, 1]);
  });

  it('sends GET again, five times at most', async () => {
    const server = await serve(drop);
    const { outcome } = await send('GET', server.url);
    expect(outcome.delivery).toBe('unknown');
    expect(server.seen).toHaveLength(5);
  });

  it('reads on when GET is answered at last', async () => {
    const server = await serve(drop, halfBody, json(503, {}), fine);
    const { outcome } = await send('GET', server.url);
    expect(textOf(outcome)).toBe('{"fine":true}');
    expect(server.seen).toHaveLength(4);
  });
});

describe('half an answer', () => {
  it('is unknown with its status when the connection ends', async () => {
    const server = await serve(halfBody);
    const { outcome } = await send('PUT', server.url);
    expect(outcome).toMatchObject({ delivery: 'unknown', status: 200 });
    expect(server.seen).toHaveLength(1);
  });

  it('is unknown with its status when the body stalls', async () => {
    const server = await serve((response) => void response.writeHead(200, { 'content-length': '100' }).write('{'));
    const { outcome } = await send('PUT', server.url, { bodyTimeoutMs: 50 });
    expect(outcome).toEqual({ delivery: 'unknown', fault: 'BODY_TIMEOUT', status: 200 });
  });

  it('is unknown when the connection ends in the middle of a chunked body', async () => {
    const server = await serve((response, _, socket) => {
      response.writeHead(200).write('{"id":');
      setImmediate(() => socket.destroy());
    });
    expect((await send('POST', server.url)).outcome).toMatchObject({ delivery: 'unknown', status: 200 });
  });
});

describe('slowness', () => {
  it('without an answer ends in time and is unknown', async () => {
    const server = await serve(() => undefined);
    const { outcome } = await send('POST', server.url, { headersTimeoutMs: 50 });
    expect(outcome).toEqual({ delivery: 'unknown', fault: 'HEADERS_TIMEOUT', status: null });
    expect(server.seen).toHaveLength(1);
  });

  it('with a body that keeps coming is no failure', async () => {
    const server = await serve((response) => {
      response.writeHead(200);
      const pieces = ['{"fi', 'ne"', ':', 'tr', 'ue', '}'];
      const timer = setInterval(() => {
        const piece = pieces.shift();
        if (piece !== undefined) return void response.write(piece);
        clearInterval(timer);
        response.end();
      }, 40);
    });
    expect(textOf((await send('PUT', server.url, { bodyTimeoutMs: 200 })).outcome)).toBe('{"fine":true}');
  });

  it('is bounded as a whole by the total time', async () => {
    const server = await serve((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 40);
      response.on('close', () => clearInterval(timer));
    });
    const { outcome } = await send('PUT', server.url, { totalTimeoutMs: 250 });
    expect(outcome).toEqual({ delivery: 'unknown', fault: 'TOTAL_TIMEOUT', status: 200 });
  });

  it('an answer beyond the size limit is given up', async () => {
    const server = await serve((response) => void response.writeHead(200).end('x'.repeat(20_000)));
    const { outcome } = await send('PUT', server.url);
    expect(outcome).toEqual({ delivery: 'unknown', fault: 'ANSWER_TOO_LARGE', status: 200 });
  });
});

/** Nobody listens on it: it was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
