import { ReconcileError } from '../errors.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';

/** Cannot happen while addresses are unique; a file that two accounts wrote would lose one of them. */
export function refuseSharedFiles(accounts: readonly DesiredAccount[]): void {
  const seen = new Map<string, string>();
  const problems = accounts.flatMap(({ address, key, kind }) => {
    const other = seen.get(`${kind} ${address}`);
    seen.set(`${kind} ${address}`, key);
    return other === undefined ? [] : [{ where: address, what: `wanted by the keys ${other} and ${key}` }];
  });
  if (problems.length > 0)
    throw new ReconcileError('MAPPING_AMBIGUOUS', 'Two accounts would share one desired file', {
      remedy:
        'Give one of them another address in Active Directory, or remove the outdated desired file by pull request.',
      problems,
    });
}
