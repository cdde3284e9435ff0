import type { LdapFault } from './faults.ts';
import { isFault } from './faults.ts';
import type { LdapMessage, PagedControl } from './ldap-message.ts';
import {
  SEARCH_DONE,
  SEARCH_ENTRY,
  SEARCH_REQUEST,
  buildSearchDone,
  buildSearchReference,
  findPagedControl,
  readEntryDn,
  readSizeLimit,
  replacePagedControl,
  parseMessage,
} from './ldap-message.ts';
import { readTlv } from './ber.ts';
import type { WindowsLimits } from './windows-limits.ts';
import { capPageSize, capValues } from './windows-limits.ts';

/** What went through the relay since it started. */
export interface RelayCounters {
  connections: number;
  searches: number;
  /** Searches that asked for paging. */
  pages: number;
  /** Messages and bytes (decrypted) sent to clients. */
  messages: number;
  bytes: number;
  /** Entries the server sent. */
  entries: number;
  dropped: number;
}

export interface RelayRules {
  readonly limits: WindowsLimits | undefined;
  readonly faults: readonly LdapFault[];
  readonly counters: RelayCounters;
}

/** A message for the client and where in its page it stands; page 0 = in none. */
export interface Outgoing {
  readonly bytes: Buffer;
  readonly page: number;
  readonly entriesBefore: number;
}

/** One connection: `request` says what goes to the server or straight back, `answer` what goes to the client. */
export interface Conversation {
  request(message: LdapMessage): { readonly toServer?: Buffer; readonly toClient?: Buffer };
  answer(message: LdapMessage): readonly Outgoing[];
}

interface Search {
  readonly page: number;
  readonly limit: number;
  entries: number;
  isLimitReached: boolean;
  hasEnded: boolean;
}

const SIZE_LIMIT_EXCEEDED = 4;
const COOKIE_MARK = Buffer.from('relay:');

export function createConversation(rules: RelayRules): Conversation {
  const searches = new Map<number, Search>();
  return {
    request: (message) =>
      message.operation.tag === SEARCH_REQUEST ? requestSearch(message, rules, searches) : { toServer: message.whole },
    answer: (message) => {
      const search = searches.get(message.id);
      if (search === undefined) return [{ bytes: message.whole, page: 0, entriesBefore: 0 }];
      const entriesBefore = search.entries;
      return answerSearch(message, search, rules).map((bytes) => ({ bytes, page: search.page, entriesBefore }));
    },
  };
}

function requestSearch(message: LdapMessage, { counters, faults, limits }: RelayRules, searches: Map<number, Search>) {
  const paged = findPagedControl(message);
  counters.searches += 1;
  if (paged !== undefined) counters.pages += 1;
  const page = paged === undefined ? 0 : counters.pages;
  if (paged !== undefined && faults.filter(isFault('empty-page')).some((fault) => fault.page === page)) {
    const cookie = Buffer.concat([COOKIE_MARK, stripMark(paged).cookie]);
    return { toClient: buildSearchDone(message.id, 0, '', { size: 0, cookie }) };
  }
  const limit = limits === undefined ? Infinity : readSizeLimit(message) || Infinity;
  const unpagedLimit = limits !== undefined && paged === undefined ? limits.pageSize : Infinity;
  searches.set(message.id, {
    page,
    limit: Math.min(limit, unpagedLimit),
    entries: 0,
    isLimitReached: false,
    hasEnded: false,
  });
  const original = paged === undefined || stripMark(paged) === paged ? message : unmark(message, paged);
  return { toServer: limits === undefined ? original.whole : capPageSize(original, limits) };
}

function answerSearch(message: LdapMessage, search: Search, rules: RelayRules): Buffer[] {
  if (search.hasEnded) return [];
  switch (message.operation.tag) {
    case SEARCH_ENTRY:
      return answerEntry(message, search, rules);
    case SEARCH_DONE:
      search.hasEnded = true;
      return answerDone(message, search, rules);
    default:
      return [message.whole];
  }
}

function answerEntry(message: LdapMessage, search: Search, { counters, faults, limits }: RelayRules): Buffer[] {
  counters.entries += 1;
  const refusal = faults.filter(isFault('result')).find((fault) => fault.page === search.page);
  if (refusal !== undefined && search.entries >= (refusal.afterEntries ?? 0)) {
    search.hasEnded = true;
    return [buildSearchDone(message.id, refusal.code, 'injected by the relay')];
  }
  const drops = faults.filter(isFault('drop-entry'));
  if (drops.some((fault) => fault.matches(readEntryDn(message), counters.entries))) {
    counters.dropped += 1;
    return [];
  }
  if (search.entries >= search.limit) {
    search.isLimitReached = true;
    return [];
  }
  search.entries += 1;
  return [limits === undefined ? message.whole : capValues(message, limits)];
}

function answerDone(message: LdapMessage, search: Search, { faults }: RelayRules): Buffer[] {
  const here = <Fault extends { readonly page: number }>(found: readonly Fault[]): Fault | undefined =>
    found.find((fault) => fault.page === search.page);
  const refusal = here(faults.filter(isFault('result')));
  if (refusal !== undefined) return [buildSearchDone(message.id, refusal.code, 'injected by the relay')];
  if (search.isLimitReached) return [buildSearchDone(message.id, SIZE_LIMIT_EXCEEDED, '')];
  const reference = here(faults.filter(isFault('reference')));
  const references = reference === undefined ? [] : [buildSearchReference(message.id, reference.url)];
  const losesCookie = here(faults.filter(isFault('lost-cookie'))) !== undefined;
  return [...references, losesCookie ? replacePagedControl(message, undefined) : message.whole];
}

function unmark(message: LdapMessage, paged: PagedControl): LdapMessage {
  const tlv = readTlv(replacePagedControl(message, stripMark(paged)));
  if (tlv === undefined) throw new Error('the relay built half a message');
  return parseMessage(tlv);
}

function stripMark(paged: PagedControl): PagedControl {
  const isMarked = paged.cookie.subarray(0, COOKIE_MARK.length).equals(COOKIE_MARK);
  return isMarked ? { ...paged, cookie: paged.cookie.subarray(COOKIE_MARK.length) } : paged;
}
