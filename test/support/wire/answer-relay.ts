import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { close, listen } from '../loopback-server.ts';

export interface RelayedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface RelayedRequest {
  readonly method: string;
  /** Below the base path, with query. */
  readonly path: string;
}

/** Another answer, or null to pass it on as it is. */
export type AnswerChange = (request: RelayedRequest, answer: RelayedAnswer) => RelayedAnswer | null;

export interface AnswerRelay {
  readonly url: string;
  close(): Promise<void>;
}

/** Stands before a Zivver and changes what it answers, as a proxy with a page of its own or a broken service would. */
export async function startAnswerRelay(target: string, change: AnswerChange, wanted = 0): Promise<AnswerRelay> {
  const { origin, pathname } = new URL(target);
  const server = createServer((request, response) => {
    relay({ request, response, origin, base: pathname }, change).catch(() => void response.destroy());
  });
  const port = await listen(server, wanted);
  return { url: `http://127.0.0.1:${port}${pathname}`, close: () => close(server) };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly origin: string;
  readonly base: string;
}

async function relay({ request, response, origin, base }: Exchange, change: AnswerChange): Promise<void> {
  const { method = '', url = '' } = request;
  const answer = await forward(request, `${origin}${url}`);
  const { status, headers, body } = change({ method, path: url.slice(base.length) }, answer) ?? answer;
  response.writeHead(status, { ...headers, ...(status === 204 ? {} : { 'content-length': body.length }) });
  response.end(status === 204 ? undefined : body);
}

function forward(request: IncomingMessage, url: string): Promise<RelayedAnswer> {
  return new Promise((resolve, reject) => {
    const { method, headers } = request;
    const sent = sendRequest(url, { method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject);
      answer.on('end', () => {
        const type = answer.headers['content-type'] ?? '';
        resolve({ status: answer.statusCode ?? 0, headers: { 'content-type': type }, body: Buffer.concat(parts) });
      });
    });
    sent.on('error', reject);
    request.pipe(sent);
  });
}
