import type { Answer } from '../../src/adapters/zivver/exchange.ts';

/** An answer that came whole; content that is not text is sent as JSON. */
export function answered(status: number, content: unknown, contentType = 'application/json'): Answer {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { delivery: 'answered', status, headers: new Map([['content-type', contentType]]), body: Buffer.from(text) };
}
