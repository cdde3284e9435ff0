import { PresenceFilter } from 'ldapts';
import type { SearchEntry } from 'ldapts';

import { ReconcileError } from '../errors.ts';
import { baseName, decodeValue, parseRange } from './attribute-values.ts';
import type { LdapConnection, LdapRequest } from './ldap-connection.ts';
import { cookieOf } from './ldap-page-control.ts';
import type { Entry } from '../directory/entry.ts';

export interface LdapAnswer {
  readonly entries: readonly Entry[];
  /** URLs of other servers that hold parts of the subtree. */
  readonly referrals: readonly string[];
  readonly pages: number;
}

/** A server that goes on sending pages without entries is broken. */
const MOST_EMPTY_PAGES = 100;

/**
 * The whole answer to a search: every page, and every value of attributes that the server cuts off (AD: 1500 values).
 * Throws `SOURCE_INCOMPLETE` if the server does not say that the end was reached, else what the connection throws.
 */
export async function readAnswer(
  connection: LdapConnection,
  request: Omit<LdapRequest, 'page'>,
  pageSize: number,
): Promise<LdapAnswer> {
  const drafts: Draft[] = [];
  const referrals: string[] = [];
  let pages = 0;
  for await (const page of readPages(connection, request, pageSize)) {
    pages += 1;
    drafts.push(...page.entries);
    referrals.push(...page.referrals);
  }
  for (const draft of drafts) await completeRanges(connection, draft);
  return { entries: drafts.map(finishDraft), referrals, pages };
}

/** The first entries of an answer, as they come: a page at a time, attributes not read beyond what the server sends at once. */
export async function visitEntries(
  connection: LdapConnection,
  request: Omit<LdapRequest, 'page'>,
  { pageSize, limit, visit }: { pageSize: number; limit: number; visit: (entry: Entry) => void },
): Promise<void> {
  let left = limit;
  for await (const { entries } of readPages(connection, request, Math.min(pageSize, limit))) {
    for (const draft of entries.slice(0, left)) visit(finishDraft(draft));
    left -= entries.length;
    if (left <= 0) return;
  }
}

interface Page {
  readonly entries: readonly Draft[];
  readonly referrals: readonly string[];
}

async function* readPages(
  connection: LdapConnection,
  request: Omit<LdapRequest, 'page'>,
  pageSize: number,
): AsyncGenerator<Page> {
  let emptyPages = 0;
  let cookie = Buffer.alloc(0);
  do {
    const response = await connection.send({ ...request, page: { size: pageSize, cookie } });
    const next = cookieOf(response);
    if (next === undefined) throw incomplete(connection, 'it answered without telling whether more pages follow');
    emptyPages = response.searchEntries.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages > MOST_EMPTY_PAGES) throw incomplete(connection, 'it sends empty pages without end');
    yield {
      entries: response.searchEntries.map(buildDraft),
      referrals: response.searchReferences.flatMap(({ uris }) => uris),
    };
    cookie = Buffer.from(next);
  } while (cookie.length > 0);
}

/** One entry by its DN. Throws `NoSuchObjectError` and the like if it is not there. */
export async function readEntry(
  connection: LdapConnection,
  dn: string,
  attributes: readonly string[],
): Promise<Entry | undefined> {
  const [entry] = (await connection.send(baseRequest(dn, attributes))).searchEntries;
  return entry === undefined ? undefined : finishDraft(buildDraft(entry));
}

interface Draft extends Entry {
  readonly attributes: Map<string, string[]>;
  /** Attributes with more values than were sent, and where to go on. */
  readonly unfinished: Map<string, number>;
}

function buildDraft(entry: SearchEntry): Draft {
  const draft: Draft = { dn: entry.name, attributes: new Map(), unfinished: new Map() };
  for (const { type, parsedBuffers } of entry.attributes) {
    if (parsedBuffers.length === 0) continue;
    const name = baseName(type);
    const values = parsedBuffers.map((bytes) => decodeValue(name, bytes));
    draft.attributes.set(name, [...(draft.attributes.get(name) ?? []), ...values]);
    const range = parseRange(type);
    if (range !== null && range.end !== null) draft.unfinished.set(name, range.end + 1);
  }
  return draft;
}

function finishDraft({ dn, attributes }: Draft): Entry {
  return { dn, attributes };
}

async function completeRanges(connection: LdapConnection, draft: Draft): Promise<void> {
  for (const [name, first] of draft.unfinished) {
    const values = draft.attributes.get(name) ?? [];
    for (let next: number | null = first; next !== null;) {
      const part: RangePart = await readRange(connection, draft.dn, name, next);
      for (const value of part.values) values.push(value);
      next = part.next;
    }
  }
}

interface RangePart {
  readonly values: readonly string[];
  /** Null after the last value. */
  readonly next: number | null;
}

/** MS-ADTS §3.1.1.3.1.3.3: the server answers with `member;range=1500-2999`, and `…-*` for the last part. */
async function readRange(connection: LdapConnection, dn: string, name: string, start: number): Promise<RangePart> {
  const response = await connection.send(baseRequest(dn, [`${name};range=${start}-*`]));
  for (const { type, parsedBuffers } of response.searchEntries[0]?.attributes ?? []) {
    const range = baseName(type) === name && parsedBuffers.length > 0 ? parseRange(type) : null;
    if (range?.start !== start || (range.end !== null && range.end < start)) continue;
    return {
      values: parsedBuffers.map((bytes) => decodeValue(name, bytes)),
      next: range.end === null ? null : range.end + 1,
    };
  }
  throw incomplete(connection, `it did not give the rest of ${name} of ${dn}`);
}

function baseRequest(dn: string, attributes: readonly string[]): LdapRequest {
  return { base: dn, scope: 'base', filter: new PresenceFilter({ attribute: 'objectClass' }), attributes };
}

function incomplete(connection: LdapConnection, what: string): ReconcileError {
  return new ReconcileError('SOURCE_INCOMPLETE', `the answer of ${connection.server} is not complete: ${what}`, {
    remedy: 'Run the command again; if it happens again, ask another domain controller.',
  });
}
