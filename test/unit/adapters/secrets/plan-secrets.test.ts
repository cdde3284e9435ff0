import { accountKeyOf } from '../../../../src/model/account/key.ts';
import { parseGuid } from '../../../../src/model/directory/guid.ts';
import { describe, expect, it } from 'vitest';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { sealedForms } from '../../../../src/model/change/sealed-forms.ts';
import { collectSecrets, verifySecrets } from '../../../../src/adapters/secrets/plan-secrets.ts';
import { parseFingerprintKey } from '../../../../src/adapters/secrets/fingerprint-key.ts';
import { MobileSeal, reopenMobileSeal } from '../../../../src/adapters/secrets/mobile-seal.ts';
import { buildChange, buildCreation } from '../../../support/plan-builder.ts';

const OLD = '+31612345601';
const NEW = '+31612345699';
const NONE = keysOf();

function keysOf(ssoKeys: Record<string, string> = {}, accountKeys: Record<string, string> = {}) {
  return { ssoKeys: new Map(Object.entries(ssoKeys)), accountKeys: new Map(Object.entries(accountKeys)) };
}

const seal = new MobileSeal(parseFingerprintKey('ab'.repeat(32)));
const renumbered = buildChange({
  address: 'anna@company.org',
  before: { mobile: seal.seal(OLD) },
  after: { mobile: seal.seal(NEW) },
});
const removed = buildChange({
  address: 'bas@company.org',
  before: { mobile: seal.seal(OLD) },
  after: { mobile: null },
});
const creation = buildCreation('els@company.org', {}, { key: accountKeyOf('key') });

function refusalOf(call: () => unknown): ReconcileError {
  try {
    call();
  } catch (error) {
    if (error instanceof ReconcileError) return error;
  }
  throw new Error('was not refused');
}

describe('what is sealed with a plan', () => {
  it('is every number that a change touches, the earlier ones too, and the key of their fingerprints', () => {
    const secrets = collectSecrets([renumbered, removed], NONE, seal);
    expect([...(secrets?.mobiles?.numbers.values() ?? [])].sort()).toEqual([OLD, NEW]);
    expect(secrets?.mobiles?.fingerprintKey).toBe(seal.key.text);
  });

  it('is nothing where there is no secret, and no fingerprint key where there is no number', () => {
    const plain = buildChange({ address: 'anna@company.org', before: { mobile: OLD }, after: { mobile: NEW } });
    expect(collectSecrets([plain], NONE, null)).toBeNull();
    expect(collectSecrets([creation], keysOf({ [creation.id]: 'key' }), seal)).toMatchObject({ mobiles: null });
  });
});

it('is no number without the seal that made its form, and never one of another seal', () => {
  expect(collectSecrets([renumbered], keysOf({ [creation.id]: 'key' }), null)).toMatchObject({ mobiles: null });
  const foreign = new MobileSeal(parseFingerprintKey('cd'.repeat(32)));
  expect(() => collectSecrets([renumbered], NONE, foreign)).toThrow('was not made by its own seal');
});

describe('before the first write', () => {
  const opened = reopenMobileSeal(collectSecrets([renumbered], NONE, seal)!.mobiles!);

  it('a sealed part that holds all that the changes need is accepted', () => {
    verifySecrets({ changes: [renumbered, creation] }, keysOf({ [creation.id]: 'key' }), opened);
    verifySecrets({ changes: [] }, NONE, null);
  });

  it('an SSO key that is missing or empty is refused, since sending none would erase the one in Zivver', () => {
    for (const keys of [NONE, keysOf({ [creation.id]: '' })])
      expect(refusalOf(() => verifySecrets({ changes: [creation] }, keys, null))).toMatchObject({
        code: 'PLAN_REVIEW_DISAGREES',
        problems: [{ where: 'els@company.org', what: 'its single sign-on key is not in the sealed part' }],
      });
  });

  it('an SSO key from which the key of the account does not follow is refused, whoever it belongs to', () => {
    const guid = '0246da7a-d5f5-4bdd-8be6-9e3d5da27c93';
    const base64 = parseGuid(guid)!;
    const other = buildCreation('bas@company.org', {}, { key: accountKeyOf(guid) });
    const changes = [creation, other];
    for (const ssoKey of [guid, base64, `{${guid.toUpperCase()}}`])
      verifySecrets({ changes }, keysOf({ [creation.id]: 'key', [other.id]: ssoKey }), null);
    const swapped = keysOf({ [creation.id]: base64, [other.id]: 'key' });
    const refusal = refusalOf(() => verifySecrets({ changes }, swapped, null));
    const what = 'the sealed single sign-on key is that of somebody else';
    expect(refusal).toMatchObject({ code: 'PLAN_REVIEW_DISAGREES', problems: [{ what }, { what }] });
    expect(JSON.stringify(refusal.problems)).not.toContain(base64);
  });

  it('a key for a change that says nothing of it is refused: it would be written and nobody reviewed it', () => {
    const unsealed = buildCreation('els@company.org', {}, { sealed: false });
    for (const keys of [
      keysOf({ [unsealed.id]: 'key' }),
      keysOf({}, { [unsealed.id]: 'key' }),
      keysOf({ '0123456789': 'key' }),
    ])
      expect(refusalOf(() => verifySecrets({ changes: [unsealed] }, keys, null))).toMatchObject({
        code: 'PLAN_REVIEW_DISAGREES',
        problems: [{ where: expect.stringMatching(/^change [0-9a-f]{10}$/) }],
      });
  });

  it('where single sign-on sends another value, the value of accountKey is sealed beside it and must be that of the change', () => {
    const sealed = { changes: [creation], hasOtherKeys: true };
    verifySecrets(sealed, keysOf({ [creation.id]: 'login' }, { [creation.id]: 'key' }), null);
    verifySecrets(sealed, keysOf({ [creation.id]: 'key' }), null);
    for (const wrong of [
      keysOf({ [creation.id]: 'login' }, { [creation.id]: 'another' }),
      keysOf({ [creation.id]: 'login' }),
      keysOf({ [creation.id]: 'login' }, { other: 'key' }),
      keysOf({}, { [creation.id]: 'key' }),
    ])
      expect(refusalOf(() => verifySecrets(sealed, wrong, null))).toMatchObject({ code: 'PLAN_REVIEW_DISAGREES' });
    const own = keysOf({ [creation.id]: 'login' }, { [creation.id]: 'key' });
    expect(refusalOf(() => verifySecrets({ changes: [creation] }, own, null)).problems).toHaveLength(1);
  });

  it('a number that is missing, or is not the one of the reviewed fingerprint, is refused', () => {
    const other = reopenMobileSeal({
      fingerprintKey: seal.key.text,
      numbers: new Map([...sealedForms([renumbered]).keys()].map((form) => [form, '+31687654321'])),
    });
    for (const wrong of [null, MobileSeal.withoutKey(), other]) {
      const refusal = refusalOf(() => verifySecrets({ changes: [renumbered] }, NONE, wrong));
      const problem = { where: 'anna@company.org', what: 'the sealed mobile number is not the reviewed one' };
      expect(refusal).toMatchObject({ code: 'PLAN_REVIEW_DISAGREES', problems: [problem, problem] });
      expect(JSON.stringify(refusal.problems)).not.toContain('31687654321');
    }
  });
});
