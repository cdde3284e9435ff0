import { ReconcileError } from '../../model/errors.ts';
import { isSuccessStatus } from '../../model/ledger/outcome-status.ts';
import { finishedOf } from '../audit/plan-events.ts';
import type { Audit } from '../audit/read-audit.ts';

/** The last applied plan that suspended the managed account of an address. Throws CLI_USAGE. */
export function findSuspension({ baseline, records }: Audit, given: string): { name: string; key: string } {
  const address = given.trim().toLowerCase();
  const account = baseline.accounts.find((one) => one.address === address || one.aliases?.includes(address) === true);
  if (account === undefined)
    throw usage(`${address} has no desired file on the branch`, 'Name the account by the address it has in Zivver.');
  const found = records.findLast(({ plan, entry }) => {
    const change = plan?.body.changes.find(({ key, action }) => key === account.key && action === 'suspend');
    const finished = change === undefined || entry === null ? undefined : finishedOf(entry).get(change.id);
    return finished !== undefined && isSuccessStatus(finished.status);
  });
  if (found !== undefined) return { name: found.name, key: account.key };
  throw usage(
    `No applied plan has suspended ${account.address}`,
    `Look at: zivver-gitops history ${account.address}. Whoever was suspended by hand is reactivated by: zivver-gitops plan --only ${account.address}`,
  );
}

function usage(what: string, remedy: string): ReconcileError {
  return new ReconcileError('CLI_USAGE', what, { remedy });
}
