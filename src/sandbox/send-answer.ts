import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.ts';

/** Sends the whole answer; long bodies piece by piece, as fast as the client reads. Ends early if the client goes. */
export async function sendAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  if (response.destroyed) return;
  if (typeof answer.body === 'string') {
    const length = answer.status === 204 ? {} : { 'content-length': Buffer.byteLength(answer.body) };
    response.writeHead(answer.status, { ...answer.headers, ...length });
    response.end(answer.body);
    return;
  }
  response.writeHead(answer.status, answer.headers);
  // Fails only if the client goes: nobody is left to tell.
  await pipeline(Readable.from(answer.body), response).catch(() => void response.destroy());
}

/** Announces the full length, sends half of the body and cuts the connection. Without a body it only cuts. */
export function sendHalf(response: ServerResponse, answer: Answer): void {
  const text = typeof answer.body === 'string' ? answer.body : [...answer.body].join('');
  const bytes = Buffer.from(text);
  if (bytes.length === 0) {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => void response.destroy());
}
