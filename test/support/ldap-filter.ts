import { BerReader } from 'ldapts';

/** A filter as it arrived; what the tests never send is `other`. Attributes in lower case. */
export type ReceivedFilter =
  | { readonly kind: 'and' | 'or' | 'not'; readonly parts: readonly ReceivedFilter[] }
  | { readonly kind: 'equals'; readonly attribute: string; readonly value: string }
  | { readonly kind: 'present'; readonly attribute: string }
  | { readonly kind: 'other' };

const LISTS = new Map<number, 'and' | 'or' | 'not'>([
  [0xa0, 'and'],
  [0xa1, 'or'],
  [0xa2, 'not'],
]);

/** Reads one filter (RFC 4511 §4.5.1); ldapts' own reader of presence filters starts at the wrong byte. */
export function parseReceivedFilter(reader: BerReader): ReceivedFilter {
  const tag = reader.peek() ?? 0;
  if (tag === 0x87) return { kind: 'present', attribute: (reader.readString(0x87) ?? '').toLowerCase() };
  reader.readSequence();
  const end = reader.offset + reader.length;
  const list = LISTS.get(tag);
  if (list !== undefined) {
    const parts: ReceivedFilter[] = [];
    while (reader.offset < end) parts.push(parseReceivedFilter(reader));
    return { kind: list, parts };
  }
  if (tag === 0xa3) {
    return { kind: 'equals', attribute: (reader.readString() ?? '').toLowerCase(), value: reader.readString() ?? '' };
  }
  reader.offset = end;
  return { kind: 'other' };
}

/** True if the filter asks, anywhere in it, for exactly this value. */
export function asksFor(filter: ReceivedFilter, attribute: string, value: string): boolean {
  if (filter.kind === 'equals') return filter.attribute === attribute && filter.value === value;
  return 'parts' in filter && filter.parts.some((part) => asksFor(part, attribute, value));
}
