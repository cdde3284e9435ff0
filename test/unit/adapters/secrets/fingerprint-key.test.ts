import { describe, expect, it } from 'vitest';
import { ReconcileError } from '../../../../src/model/errors.ts';
import {
  FINGERPRINT_VARIABLE,
  fingerprintOf,
  generateFingerprintKey,
  parseFingerprintKey,
  readFingerprintKey,
  requireFingerprintKey,
} from '../../../../src/adapters/secrets/fingerprint-key.ts';

const KEY = parseFingerprintKey('ab'.repeat(32));

function refusalOf(call: () => unknown): ReconcileError {
  try {
    call();
  } catch (error) {
    if (error instanceof ReconcileError) return error;
  }
  throw new Error('was not refused');
}

describe('a fingerprint', () => {
  it('is the same for the same number and key, and for nothing else', () => {
    expect(fingerprintOf('+31612345699', KEY)).toBe(fingerprintOf('+31612345699', KEY));
    expect(fingerprintOf('+31612345699', KEY)).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprintOf('+31612345698', KEY)).not.toBe(fingerprintOf('+31612345699', KEY));
    expect(fingerprintOf('+31612345699', generateFingerprintKey())).not.toBe(fingerprintOf('+31612345699', KEY));
  });
});

describe('a fingerprint key', () => {
  it('is read from the file that is written for it', () => {
    expect(parseFingerprintKey(`# id: ${KEY.id}\r\n${KEY.text}\r\n`)).toEqual(KEY);
    expect(KEY.id).toMatch(/^[0-9a-f]{6}$/);
    expect(KEY.text).not.toContain(KEY.id);
  });

  it.each(['', 'ab', 'AB'.repeat(32), 'ab'.repeat(33), `${'ab'.repeat(32)}\n${'cd'.repeat(32)}`])(
    'is refused if it is %j, without a word of it',
    (text) => {
      const refusal = refusalOf(() => parseFingerprintKey(text));
      expect(refusal.code).toBe('CONFIGURATION_SECRET_MISSING');
      if (text.length > 2) expect(refusal.message + refusal.remedy).not.toContain(text.slice(0, 8));
    },
  );

  it('must be the one that organisation.yaml names', () => {
    const environment = { [FINGERPRINT_VARIABLE]: KEY.text };
    expect(requireFingerprintKey(KEY.id, environment)).toEqual(KEY);
    expect(readFingerprintKey(KEY.id, environment)).toEqual(KEY);
    for (const read of [requireFingerprintKey, readFingerprintKey]) {
      const refusal = refusalOf(() => read('000000', environment));
      expect(refusal).toMatchObject({ code: 'CONFIGURATION_SECRET_MISSING' });
      expect(refusal.message).toContain(`${KEY.id}, organisation.yaml names the key 000000`);
      expect(JSON.stringify([refusal.message, refusal.remedy])).not.toContain(KEY.text);
    }
  });

  it('is required of the planner, and may be absent elsewhere', () => {
    expect(refusalOf(() => requireFingerprintKey(KEY.id, {})).code).toBe('CONFIGURATION_SECRET_MISSING');
    expect(readFingerprintKey(KEY.id, {})).toBeNull();
    expect(readFingerprintKey(KEY.id, { [FINGERPRINT_VARIABLE]: '' })).toBeNull();
  });
});
