import type { AccountRecord } from './account-record.ts';
import { JSON_TYPE } from './media-types.ts';
import { formatFrameworkError, type Refusal } from './refusal.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Pieces are sent one after the other; together they are the body. */
  readonly body: string | Iterable<string>;
}

/** Longer lists are sent piece by piece; small pieces are the fastest. */
const WHOLE_ACCOUNTS = 500;
const PIECE_ACCOUNTS = 50;

export function buildAnswer(status: number, contentType: string, body: string): Answer {
  return { status, headers: { 'content-type': contentType }, body };
}

/** Exactly `{"Resources":[…],"totalResults":N}`; a snapshot, however long the sending takes. */
export function buildListAnswer(contentType: string, records: readonly AccountRecord[]): Answer {
  if (records.length <= WHOLE_ACCOUNTS) return buildAnswer(200, contentType, [...pieces(records)].join(''));
  return { status: 200, headers: { 'content-type': contentType }, body: pieces(records) };
}

export function buildRefusalAnswer(refusal: Refusal): Answer {
  const { status, sentence, headers } = refusal;
  const contentType = sentence === undefined ? JSON_TYPE : 'text/plain;charset=utf-8';
  const body = sentence ?? formatFrameworkError(status);
  return { status, headers: { ...headers, 'content-type': contentType }, body };
}

function* pieces(records: readonly AccountRecord[]): Generator<string> {
  yield '{"Resources":[';
  for (let start = 0; start < records.length; start += PIECE_ACCOUNTS) {
    const piece = records.slice(start, start + PIECE_ACCOUNTS).map((record) => record.json);
    yield (start === 0 ? '' : ',') + piece.join(',');
  }
  yield `],"totalResults":${records.length}}`;
}
