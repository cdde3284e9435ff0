import { expect, test } from 'vitest';
import {
  openMobileSeal,
  openRollbackSeal,
  requireMobileSeal,
  sealBaseline,
} from '../../../../src/operations/reading/mobile-seals.ts';
import { generateFingerprintKey } from '../../../../src/adapters/secrets/fingerprint-key.ts';
import { MobileSeal } from '../../../../src/adapters/secrets/mobile-seal.ts';
import { desiredFunctional, desiredUser } from '../../../support/account-builder.ts';

const NUMBER = '+31612345699';
const key = generateFingerprintKey();
const environment = { ZIVVER_GITOPS_FINGERPRINT_KEY: key.text };
const configuration = { fingerprintKey: key.id };
const form = new MobileSeal(key).seal(NUMBER);

test('nothing is sealed where organisation.yaml does not say so', () => {
  const none = { fingerprintKey: null };
  expect(requireMobileSeal(none, environment)).toBeNull();
  expect(openMobileSeal(none, environment)).toBeNull();
  expect(openRollbackSeal(none, environment, null)).toBeNull();
});

test('without the key numbers are hidden all the same, in a form that is nobody else’s', () => {
  expect(openMobileSeal(configuration, environment)?.seal(NUMBER)).toBe(form);
  const blind = openMobileSeal(configuration, {})?.seal(NUMBER);
  expect(blind).toMatch(/^\+31 6 •••• ••99 sealed:/);
  expect(blind).not.toBe(form);
  expect(() => requireMobileSeal(configuration, {})).toThrow('ZIVVER_GITOPS_FINGERPRINT_KEY is not set');
});

test('a rollback uses the key of the plan it opened, unless organisation.yaml names another by now', () => {
  const opened = { fingerprintKey: key.text, numbers: new Map([[form, NUMBER]]) };
  expect(openRollbackSeal(configuration, {}, opened)?.open(form)).toBe(NUMBER);
  const other = generateFingerprintKey();
  const rotated = openRollbackSeal({ fingerprintKey: other.id }, { ZIVVER_GITOPS_FINGERPRINT_KEY: other.text }, opened);
  expect(rotated?.open(form)).toBeUndefined();
  expect(rotated?.open(new MobileSeal(other).seal(NUMBER))).toBe(NUMBER);
});

test('desired files from before the sealing are rendered without their number from now on', () => {
  const accounts = [
    desiredUser('anna', { mobile: NUMBER }),
    desiredUser('bas', { mobile: form }),
    desiredUser('els'),
    desiredFunctional('care'),
  ];
  const baseline = { commit: 'c', accounts, holds: [], open: [], files: new Map() };
  const [anna, ...others] = sealBaseline(baseline, new MobileSeal(key)).accounts;
  expect(anna).toMatchObject({ mobile: form });
  expect(others).toEqual(accounts.slice(1));
  expect(sealBaseline(baseline, null)).toBe(baseline);
});
