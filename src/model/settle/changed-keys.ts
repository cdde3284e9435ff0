import { ReconcileError } from '../errors.ts';
import type { MappedAccounts } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';

/** So many people must seem to have become somebody else before that says more of the key than of them. */
const TELLING_COUNT = 5;
const NAMED = 10;

/**
 * Refuses a reading in which half of all people kept their address and got another key: nobody left, the key was changed.
 * `carried`: former keys whose accounts follow. Throws `SOURCE_IMPLAUSIBLE`.
 */
export function refuseChangedKeys(
  { accounts, excluded }: Pick<MappedAccounts, 'accounts' | 'excluded'>,
  baseline: readonly DesiredAccount[],
): void {
  const users = baseline.filter(({ kind }) => kind === 'user');
  const carried = accounts.flatMap((one) => (one.kind === 'user' && one.formerKey !== undefined ? one.formerKey : []));
  const known = new Set([...accounts.map(({ account }) => account.key), ...carried]);
  for (const { key } of excluded) if (key !== null) known.add(key);
  const lost = users.filter(({ key }) => !known.has(key));
  if (lost.length < TELLING_COUNT || lost.length * 2 < users.length) return;
  const managed = new Set(baseline.map(({ key }) => key));
  const fresh = new Map(
    accounts.flatMap(({ kind, dn, account }) =>
      kind === 'user' && !managed.has(account.key) ? [[account.address, dn] as const] : [],
    ),
  );
  const changed = lost.filter(({ address }) => fresh.has(address));
  if (changed.length < TELLING_COUNT || changed.length * 2 < users.length) return;
  throw new ReconcileError(
    'SOURCE_IMPLAUSIBLE',
    `${changed.length} of ${users.length} people have their address and another account key than before; no file was written`,
    {
      remedy:
        'If mapping.accountKey was changed, name the former attribute beside it in mapping.formerAccountKey, or restore it. If the objects were made again in the directory, accounts pass to them by handovers.',
      problems: changed.slice(0, NAMED).map(({ address, key }) => ({
        where: address,
        what: `${key} before, now another key at ${fresh.get(address)}`,
      })),
    },
  );
}
