import { expect, it } from 'vitest';
import { postWebhook } from '../../../../src/adapters/notify/post-webhook.ts';
import { startLoopbackServer } from '../../../support/loopback-server.ts';

it('posts JSON, and tells what does not arrive without the address', async () => {
  const server = await startLoopbackServer(
    (response) => response.end('ok'),
    (response) => response.writeHead(403).end('no'),
    (response) => response.writeHead(302, { location: 'https://evil.example/' }).end(),
    (_response, _request, socket) => socket.destroy(),
  );
  const address = `${server.url}/secret-part`;
  expect(await postWebhook(address, { title: 'Plan 7' })).toBeNull();
  expect(await postWebhook(address, {})).toBe('answers with status 403');
  expect(await postWebhook(address, {})).toBe('answers with status 302');
  const lost = await postWebhook(address, {});
  expect(lost).toMatch(/^no answer came/);
  expect(lost).not.toContain('secret-part');
  expect(server.seen.map(({ method, body }) => `${method} ${body}`)[0]).toBe('POST {"title":"Plan 7"}');
  expect(server.seen[0]?.headers['content-type']).toBe('application/json');
  await server.close();
});
