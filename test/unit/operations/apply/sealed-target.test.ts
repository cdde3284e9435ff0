import { describe, expect, it } from 'vitest';
import type { AccountReader, AccountWriter, UserWrite } from '../../../../src/model/account/target.ts';
import { sealReader, sealWriter } from '../../../../src/operations/apply/sealed-target.ts';
import { generateFingerprintKey } from '../../../../src/adapters/secrets/fingerprint-key.ts';
import { MobileSeal } from '../../../../src/adapters/secrets/mobile-seal.ts';
import { existingFunctional, existingUser } from '../../../support/account-builder.ts';

const NUMBER = '+31612345699';
const anna = existingUser('anna', { mobile: NUMBER });
const care = existingFunctional('care');

const reader: AccountReader = {
  readAccounts: async () => ({ users: [anna, existingUser('bas')], functional: [care] }),
  findByAddress: async (kind) => (kind === 'user' ? anna : care),
  findById: async (_kind, zivverId) => (zivverId === anna.zivverId ? anna : undefined),
};

describe('behind a seal', () => {
  const seal = new MobileSeal(generateFingerprintKey());
  const form = seal.seal(NUMBER);

  it('every way of reading shows the sealed form of a number', async () => {
    const sealed = sealReader(reader, seal);
    const { users, functional } = await sealed.readAccounts();
    expect(users.map((user) => user.mobile)).toEqual([form, null]);
    expect(functional).toEqual([care]);
    expect(await sealed.findByAddress('user', anna.address)).toMatchObject({ mobile: form });
    expect(await sealed.findByAddress('functional', care.address)).toEqual(care);
    expect(await sealed.findById('user', anna.zivverId)).toMatchObject({ mobile: form });
    expect(await sealed.findById('user', 'unknown')).toBeUndefined();
  });

  it('a write carries the number, marked as secret, and its answer the sealed form', async () => {
    const sent: UserWrite[] = [];
    const write = async (body: UserWrite) => {
      sent.push(body);
      return { ok: true as const, account: { ...anna, mobile: body.mobile ?? null } };
    };
    const writer = { createUser: write, updateUser: (_existing, body) => write(body) } as AccountWriter;
    const sealed = sealWriter(writer, seal);
    expect(await sealed.createUser({ address: anna.address, mobile: form })).toMatchObject({
      account: { mobile: form },
    });
    expect(await sealed.updateUser(anna, { mobile: form })).toMatchObject({ account: { mobile: form } });
    expect(await sealed.updateUser(anna, { mobile: null })).toMatchObject({ account: { mobile: null } });
    expect(sent).toEqual([
      { address: anna.address, mobile: NUMBER, isMobileSecret: true },
      { mobile: NUMBER, isMobileSecret: true },
      { mobile: null },
    ]);
    await expect(sealed.updateUser(anna, { mobile: '+31 6 •••• ••00 sealed' })).rejects.toThrow('not opened');
    expect(sent).toHaveLength(3);
  });
});
