/** Between the program and a stub of a forge: hands everything on, and keeps it. */
import { createServer, type IncomingMessage } from 'node:http';
import { close, listen } from '../loopback-server.ts';
import type { Exchange } from './api-description.ts';

export interface Recording {
  readonly url: string;
  readonly exchanges: Exchange[];
  close(): Promise<void>;
}

/** `base` is the path below which the API lies, in `url` and in what is recorded. */
export async function recordExchanges(url: string, base: string): Promise<Recording> {
  const exchanges: Exchange[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const sent = await readText(request);
      const { pathname, search, searchParams } = new URL(request.url ?? '', url);
      const type = request.headers['content-type'];
      const answer = await fetch(`${url}${pathname}${search}`, {
        method: request.method ?? '',
        headers: {
          'private-token': 'x',
          authorization: 'x',
          accept: 'application/json',
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        ...(sent === '' ? {} : { body: sent }),
      });
      const text = await answer.text();
      exchanges.push({
        method: request.method ?? '',
        path: decodeURIComponent(pathname).slice(base.length),
        query: [...searchParams.keys()],
        body: sent === '' ? undefined : (JSON.parse(sent) as unknown),
        status: answer.status,
        answer: text === '' ? undefined : (JSON.parse(text) as unknown),
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
    })();
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, exchanges, close: () => close(server) };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
