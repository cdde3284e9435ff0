import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountKeyOf } from '../../../../src/model/account/key.ts';

const NAMESPACE = '6f1e3f0b8a5d4c529d0e2f7c4a1b9e63';

/** RFC 9562 §5.5, written down a second time. */
function uuidV5(name: string): string {
  const bytes = createHash('sha1').update(Buffer.from(NAMESPACE, 'hex')).update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

describe('accountKeyOf', () => {
  it('never changes: a changed namespace would give every account a new identity', () => {
    expect(accountKeyOf('0246da7a-d5f5-4bdd-8be6-9e3d5da27c93')).toBe('fce71218-f434-53c3-8335-2d5f8c5edc9a');
  });

  it('agrees with RFC 9562 for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(accountKeyOf(value)).toBe(uuidV5(value));
      }),
    );
  });
});
