import { ReconcileError, type Problem } from '../errors.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';

/**
 * Refuses a file written by hand under a new key for an address that is managed under another one: nobody meant a second
 * account there. Either its key was changed, or it takes over from a directory that no longer has the account; the key to
 * write is named. Throws `SOURCE_FILE_INVALID`.
 */
export function refuseLostKeys(accounts: readonly MappedAccount[], baseline: readonly DesiredAccount[]): void {
  const written = accounts.filter(({ origin }) => origin === 'hand');
  if (written.length === 0) return;
  const sourceKeys = new Set(accounts.map(({ account }) => account.key));
  const managedKeys = new Set(baseline.map(({ key }) => key));
  const orphans = baseline.filter(({ key }) => !sourceKeys.has(key));
  const byAddress = new Map(orphans.map((account) => [`${account.kind} ${account.address}`, account.key]));
  const problems = written.flatMap(({ dn, account }): Problem[] => {
    const key = managedKeys.has(account.key) ? undefined : byAddress.get(`${account.kind} ${account.address}`);
    const what = `key: ${account.address} is managed as ${key}; write key: ${key} to go on with that account`;
    return key === undefined ? [] : [{ where: dn, what }];
  });
  if (problems.length === 0) return;
  throw new ReconcileError('SOURCE_FILE_INVALID', 'A file written by hand names another key than its account has', {
    remedy: 'Restore the key of the file, or write the key that is named.',
    problems,
  });
}
