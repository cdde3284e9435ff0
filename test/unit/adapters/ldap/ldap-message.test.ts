import { describe, expect, it } from 'vitest';

import { entryRequestId, messageLength, parseEntry } from '../../../../src/adapters/ldap/ldap-message.ts';
import { encodeEntry, encodeReference, encodeSearchDone } from '../../../support/ldap-messages.ts';

const dn = 'CN=Aïcha,DC=company,DC=org';
const attributes = { objectGUID: [Buffer.from([0xff, 0, 0xfe])], proxyAddresses: ['SMTP:a@x', ''], mail: [] };
const entry = encodeEntry(300, { dn, attributes });

describe('the messages of a server', () => {
  it('end where they say', () => {
    const large = encodeEntry(7, { dn, attributes: { info: ['x'.repeat(70_000)] } });
    for (const message of [entry, large, encodeSearchDone(1, 0, 'more')])
      expect(messageLength(Buffer.concat([message, entry.subarray(0, 9)]))).toBe(message.length);
  });

  it('are waited for until the last byte', () => {
    for (let length = 0; length < entry.length; length += 1)
      expect(messageLength(entry.subarray(0, length))).toBeNull();
  });

  it.each(['3080', '3085ffffffffff', '3084ffffffff'])('are never complete if their length is %s', (head) => {
    expect(messageLength(Buffer.concat([Buffer.from(head, 'hex'), entry]))).toBeNull();
  });

  it('tell which request an entry answers', () => {
    expect(entryRequestId(entry)).toBe(300);
    expect(entryRequestId(encodeReference(300, 'ldap://x'))).toBeNull();
    expect(entryRequestId(encodeSearchDone(300, 0, null))).toBeNull();
    expect(entryRequestId(Buffer.from('3003010101', 'hex'))).toBeNull();
  });
});

describe('an entry', () => {
  it('keeps its bytes, its empty values and its empty attributes', () => {
    const values = Object.entries(attributes).map(([type, list]) => ({
      type,
      values: list.map((one) => Buffer.from(one)),
    }));
    expect(parseEntry(entry)).toEqual({ dn, attributes: values });
  });

  it('is refused if any of its lengths is too great', () => {
    const lengths = [...entry.keys()].filter((at) => at > 6 && [0x30, 0x31, 0x04].includes(entry[at - 1] ?? 0));
    const structural = lengths.filter((at) => (entry[at] ?? 0) < 0x60);
    expect(structural.length).toBeGreaterThan(8);
    for (const at of structural) {
      const damaged = Buffer.from(entry);
      damaged[at] = 0x7f;
      expect(() => parseEntry(damaged)).toThrow();
    }
  });
});
