/**
 * When a fault strikes. All counts start at 1 and run over the relay's whole life, over all its connections:
 * pages = answers to searches that ask for paging, messages and bytes = what the server sent (decrypted).
 */
export type FaultMoment =
  /** Before the page's first entry, or after `afterEntries` of them. */
  | { readonly page: number; readonly afterEntries?: number }
  /** Instead of this message. */
  | { readonly message: number }
  /** After exactly this many bytes. */
  | { readonly bytes: number };

export type LdapFault =
  /** Ends the connection: orderly (`fin`) or by reset (`rst`). */
  | { readonly kind: 'cut'; readonly how: 'fin' | 'rst'; readonly at: FaultMoment }
  /** Sends nothing more, keeps the connection open. */
  | { readonly kind: 'stall'; readonly at: FaultMoment }
  /** Ends the page with this LDAP result code, after those of its entries that come before `afterEntries` (default 0). */
  | { readonly kind: 'result'; readonly page: number; readonly code: number; readonly afterEntries?: number }
  /** Answers the request for the page with no entries and a cookie; asking on with that cookie gives the page. */
  | { readonly kind: 'empty-page'; readonly page: number }
  /** Takes the paged-results control from the end of the page, so the cookie is lost. */
  | { readonly kind: 'lost-cookie'; readonly page: number }
  /** Adds a reference to another server to the page. */
  | { readonly kind: 'reference'; readonly page: number; readonly url: string }
  /** Leaves out the entries for which this holds; ordinal = position of the entry in all that the relay has seen, from 1. */
  | { readonly kind: 'drop-entry'; readonly matches: (dn: string, ordinal: number) => boolean };

export type FaultKind = LdapFault['kind'];

export function isFault<Kind extends FaultKind>(kind: Kind) {
  return (fault: LdapFault): fault is Extract<LdapFault, { kind: Kind }> => fault.kind === kind;
}

/** The fault that ends or stalls the connection, if it strikes at this place of the server's stream. */
export function findBreak(faults: readonly LdapFault[], place: StreamPlace): LdapBreak | undefined {
  for (const fault of faults) {
    if (fault.kind !== 'cut' && fault.kind !== 'stall') continue;
    const { at } = fault;
    const how = fault.kind === 'cut' ? fault.how : 'stall';
    if ('bytes' in at && at.bytes >= place.bytesBefore && at.bytes < place.bytesBefore + place.length) {
      return { how, afterBytes: at.bytes - place.bytesBefore };
    }
    if ('message' in at && at.message === place.message) return { how, afterBytes: 0 };
    if ('page' in at && at.page === place.page && (at.afterEntries ?? 0) === place.entriesBefore)
      return { how, afterBytes: 0 };
  }
  return undefined;
}

export interface StreamPlace {
  readonly bytesBefore: number;
  readonly length: number;
  readonly message: number;
  /** 0 = the message is not part of a page. */
  readonly page: number;
  readonly entriesBefore: number;
}

export interface LdapBreak {
  readonly how: 'fin' | 'rst' | 'stall';
  /** Bytes of the message that still go out. */
  readonly afterBytes: number;
}
