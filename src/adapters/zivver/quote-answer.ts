import type { Answer } from './exchange.ts';

const MAX_LENGTH = 400;

/**
 * The sentence in a refusal, as one short line: the whole text, or `message` or `detail` of a JSON object.
 * Empty for a web page and for anything else that says nothing.
 */
export function quoteAnswer({ headers, body }: Answer): string {
  const text = new TextDecoder().decode(body.subarray(0, 65_536)).trim();
  if (/\bhtml\b/i.test(headers.get('content-type') ?? '') || text.startsWith('<')) return '';
  const sentence = text.startsWith('{') ? readMessage(text) : text;
  return sentence.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, MAX_LENGTH);
}

function readMessage(text: string): string {
  try {
    const { message, detail } = JSON.parse(text) as { message?: unknown; detail?: unknown };
    return [message, detail].find((words) => typeof words === 'string') ?? '';
  } catch {
    return '';
  }
}
