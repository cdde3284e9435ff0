import type { ExistingAccount, ExistingUser } from '../../model/account/account.ts';
import type { AccountReader, AccountWriter, UserWrite, WriteResult } from '../../model/account/target.ts';
import type { MobileSeal } from '../../adapters/secrets/mobile-seal.ts';

/** Reads as the given reader, with mobile numbers in their sealed form. */
export function sealReader(reader: AccountReader, seal: MobileSeal): AccountReader {
  return {
    readAccounts: async () => seal.sealAccounts(await reader.readAccounts()),
    findByAddress: async (kind, address) => sealAccount(await reader.findByAddress(kind, address), seal),
    findById: async (kind, zivverId) => sealAccount(await reader.findById(kind, zivverId), seal),
  };
}

/** Writes as the given writer: sealed forms become numbers on the way out, numbers sealed forms on the way back. */
export function sealWriter(writer: AccountWriter, seal: MobileSeal): AccountWriter {
  const sealResult = (result: WriteResult<ExistingUser>): WriteResult<ExistingUser> =>
    result.ok ? { ok: true, account: seal.sealUser(result.account) } : result;
  return {
    createUser: async (write) => sealResult(await writer.createUser(openWrite(write, seal))),
    updateUser: async (existing, write) => sealResult(await writer.updateUser(existing, openWrite(write, seal))),
    createFunctional: (write) => writer.createFunctional(write),
    updateFunctional: (existing, write) => writer.updateFunctional(existing, write),
    deleteAccount: (kind, zivverId) => writer.deleteAccount(kind, zivverId),
  };
}

function sealAccount(account: ExistingAccount | undefined, seal: MobileSeal): ExistingAccount | undefined {
  return account?.kind === 'user' ? seal.sealUser(account) : account;
}

/** Nothing but a number of this plan is ever sent: the forms were checked before the first write. */
function openWrite(write: UserWrite, seal: MobileSeal): UserWrite {
  if (write.mobile === undefined || write.mobile === null) return write;
  const mobile = seal.open(write.mobile);
  if (mobile === undefined) throw new Error('a mobile number of the plan was not opened before the first write');
  return { ...write, mobile, isMobileSecret: true };
}
