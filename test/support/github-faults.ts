import { sendJson, type StubFault } from './github-stub.ts';

/** Ways in which GitHub, or something between, does not give a whole, valid answer. */
export const GITHUB_FAULTS: Readonly<Record<string, StubFault>> = {
  'status 500': status(500),
  'status 502 with a page of HTML': (response) => sendHtml(response, 502),
  'status 503': status(503),
  'status 401': status(401),
  'status 403': status(403),
  'status 403, rate limit used up': status(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795428000' }),
  'status 403, secondary rate limit': status(403, { 'retry-after': '60' }),
  'status 404': status(404),
  'status 410': status(410),
  'status 429': status(429, { 'retry-after': '60' }),
  'status 204 without a body': (response) => {
    response.writeHead(204).end();
    return true;
  },
  'a redirect to an answer that approves': status(301, { location: '/elsewhere' }),
  'a temporary redirect': status(307, { location: 'https://api.github.com/' }),
  'a log-in page with status 200': (response) => sendHtml(response, 200),
  'JSON with the wrong content type': (response, { body }) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(body);
    return true;
  },
  'truncated JSON': (response, { body }) => send(response, body.slice(0, -1)),
  'a body cut by the network': (response, { body }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length + 10 });
    response.write(body);
    setTimeout(() => response.destroy(), 5);
    return true;
  },
  'no JSON at all': (response) => send(response, 'null and void'),
  null: (response) => send(response, 'null'),
  'an object of another kind': (response) => send(response, '{"total_count":1,"items":[]}'),
  'a list of another kind': (response) => send(response, '[{"id":1}]'),
  'no UTF-8': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]));
    return true;
  },
  'no answer': () => true,
  'a connection that is reset': (response) => {
    response.destroy();
    return true;
  },
  'an answer that stops in the middle': (response, { body }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(body.slice(0, 5));
    return true;
  },
};

type Response = Parameters<StubFault>[0];

function status(code: number, headers: Record<string, string> = {}): StubFault {
  return (response, { body }) => {
    sendJson(response, code, body, headers);
    return true;
  };
}

function send(response: Response, text: string): boolean {
  sendJson(response, 200, text);
  return true;
}

function sendHtml(response: Response, code: number): boolean {
  response.writeHead(code, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>Log in</title>');
  return true;
}
