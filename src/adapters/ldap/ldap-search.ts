import { setImmediate } from 'node:timers/promises';

import { PresenceFilter } from 'ldapts';

import { AttributeList } from '../../model/directory/attribute-list.ts';
import { ReconcileError } from '../../model/errors.ts';
import { baseName, decodeValue, parseRange } from '../../model/directory/attribute-values.ts';
import type { LdapConnection, LdapRequest, LdapResponse } from './ldap-connection.ts';
import { parseEntry } from './ldap-message.ts';
import type { Entry } from '../../model/directory/entry.ts';

export interface LdapAnswer {
  readonly entries: readonly Entry[];
  /** URLs of other servers that hold parts of the subtree. */
  readonly referrals: readonly string[];
  readonly pages: number;
}

/** A server that goes on sending pages without entries is broken. */
const MOST_EMPTY_PAGES = 100;

/** Policies let a server send fewer entries a page than it was asked for, but not less than this part of them. */
const SMALLEST_PART_OF_PAGE = 1 / 20;

export interface AnswerReading {
  readonly pageSize: number;
  /** Gets each entry as soon as its page came, while the server is at work on the next one; those that were cut off, at the end. */
  readonly take?: (entry: Entry) => void;
}

/**
 * The whole answer to a search: every page, and every value of attributes that the server cuts off (AD: 1500 values).
 * Throws `SOURCE_INCOMPLETE` if the server does not say that the end was reached, else what the connection throws.
 */
export async function readAnswer(
  connection: LdapConnection,
  request: Omit<LdapRequest, 'page'>,
  { pageSize, take }: AnswerReading,
): Promise<LdapAnswer> {
  const entries: Entry[] = [];
  const drafts: Draft[] = [];
  const referrals: string[] = [];
  let pages = 0;
  for await (const page of readAhead(readPages(connection, request, pageSize))) {
    pages += 1;
    for (const message of page.entries) {
      const draft = buildDraft(message);
      entries.push(draft.entry);
      if (draft.unfinished.size > 0) drafts.push(draft);
      else take?.(draft.entry);
    }
    referrals.push(...page.references);
  }
  for (const draft of drafts) {
    await completeRanges(connection, draft);
    take?.(draft.entry);
  }
  return { entries, referrals, pages };
}

/** The first entries of an answer, as they come: a page at a time, attributes not read beyond what the server sends at once. */
export async function visitEntries(
  connection: LdapConnection,
  request: Omit<LdapRequest, 'page'>,
  { pageSize, limit, visit }: { pageSize: number; limit: number; visit: (entry: Entry) => void },
): Promise<void> {
  let left = limit;
  for await (const { entries } of readPages(connection, request, Math.min(pageSize, limit))) {
    for (const entry of entries.slice(0, left)) visit(buildDraft(entry).entry);
    left -= entries.length;
    if (left <= 0) return;
  }
}

async function* readPages(
  connection: LdapConnection,
  request: Omit<LdapRequest, 'page'>,
  pageSize: number,
): AsyncGenerator<LdapResponse> {
  const { maxEntries } = connection;
  const mostPages = MOST_EMPTY_PAGES + Math.ceil(maxEntries / Math.max(1, pageSize * SMALLEST_PART_OF_PAGE));
  const firstOnes = new Set<string>();
  let emptyPages = 0;
  let entries = 0;
  let cookie = Buffer.alloc(0);
  for (let pages = 1; ; pages += 1) {
    const response = await connection.send({ ...request, page: { size: pageSize, cookie } });
    if (response.cookie === undefined)
      throw incomplete(connection, 'it answered without telling whether more pages follow');
    emptyPages = response.entries.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages > MOST_EMPTY_PAGES) throw incomplete(connection, 'it sends empty pages without end');
    entries += response.entries.length;
    if (entries > maxEntries || pages > mostPages)
      throw incomplete(connection, `it has sent ${entries} entries on ${pages} pages, and goes on`, TOO_MANY);
    // Samba gives the same cookie for every page, so only the entries tell that a page comes again.
    const first = firstDn(response.entries);
    if (first !== null && firstOnes.size === firstOnes.add(first).size)
      throw incomplete(connection, 'it sends the same page again');
    yield response;
    cookie = Buffer.from(response.cookie);
    if (cookie.length === 0) return;
  }
}

/** Null: there is none, or it is damaged, which its reader will say. */
function firstDn([first]: readonly Buffer[]): string | null {
  try {
    return first === undefined ? null : parseEntry(first).dn;
  } catch {
    return null;
  }
}

const TOO_MANY =
  'Ask another domain controller; if the directory really is as large as that, set ldap.maxEntries of the source.';

/** Asks for the next page before it hands out the one that came: the server is at work while its reader is. */
async function* readAhead(pages: AsyncGenerator<LdapResponse>): AsyncGenerator<LdapResponse> {
  for (let page = await pages.next(); page.done !== true;) {
    const next = pages.next();
    // It may fail while nobody waits for it yet.
    next.catch(() => undefined);
    // The request goes out before the reader begins.
    await setImmediate();
    yield page.value;
    page = await next;
  }
}

/** One entry by its DN. Throws `NoSuchObjectError` and the like if it is not there. */
export async function readEntry(
  connection: LdapConnection,
  dn: string,
  attributes: readonly string[],
): Promise<Entry | undefined> {
  const [entry] = (await connection.send(baseRequest(dn, attributes))).entries;
  return entry === undefined ? undefined : buildDraft(entry).entry;
}

interface Draft {
  readonly entry: Entry;
  /** Of the entry. */
  readonly list: AttributeList;
  /** Attributes with more values than were sent, and where to go on. */
  readonly unfinished: Map<string, number>;
}

function buildDraft(message: Buffer): Draft {
  const { dn, attributes } = parseEntry(message);
  const list = new AttributeList();
  const unfinished = new Map<string, number>();
  for (const { type, values } of attributes) {
    if (values.length === 0) continue;
    const name = baseName(type);
    for (const bytes of values) list.add(name, decodeValue(name, bytes));
    const range = parseRange(type);
    if (range !== null && range.end !== null) unfinished.set(name, range.end + 1);
  }
  return { entry: { dn, attributes: list.trim() }, list, unfinished };
}

async function completeRanges(connection: LdapConnection, draft: Draft): Promise<void> {
  for (const [name, first] of draft.unfinished) {
    for (let next: number | null = first; next !== null;) {
      if (next > connection.maxEntries)
        throw incomplete(connection, `${name} of ${draft.entry.dn} has no end`, TOO_MANY);
      const part: RangePart = await readRange(connection, draft.entry.dn, { name, start: next });
      for (const value of part.values) draft.list.add(name, value);
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
async function readRange(
  connection: LdapConnection,
  dn: string,
  { name, start }: { readonly name: string; readonly start: number },
): Promise<RangePart> {
  const response = await connection.send(baseRequest(dn, [`${name};range=${start}-*`]));
  const [entry] = response.entries.map(parseEntry);
  for (const { type, values } of entry?.attributes ?? []) {
    const range = baseName(type) === name && values.length > 0 ? parseRange(type) : null;
    if (range?.start !== start || (range.end !== null && range.end < start)) continue;
    return {
      values: values.map((bytes) => decodeValue(name, bytes)),
      next: range.end === null ? null : range.end + 1,
    };
  }
  throw incomplete(connection, `it did not give the rest of ${name} of ${dn}`);
}

function baseRequest(dn: string, attributes: readonly string[]): LdapRequest {
  return { base: dn, scope: 'base', filter: new PresenceFilter({ attribute: 'objectClass' }), attributes };
}

function incomplete(
  connection: LdapConnection,
  what: string,
  remedy = 'Run the command again; if it happens again, ask another domain controller.',
): ReconcileError {
  return new ReconcileError('SOURCE_INCOMPLETE', `the answer of ${connection.server} is not complete: ${what}`, {
    remedy,
  });
}
