import type { ExistingAccount } from '../account/account.ts';
import { isSameValue } from '../change/change.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';

interface Settled {
  readonly desired: DesiredAccount;
  readonly existing: ExistingAccount | null;
}

/**
 * What the desired files say. The Zivver id enters a file when the file changes anyway, so that an account that was just created
 * needs no plan of its own; of what does not change the committed account itself comes back.
 */
export function listDesired(
  settled: readonly Settled[],
  carried: readonly DesiredAccount[],
  baseline: readonly DesiredAccount[],
): DesiredAccount[] {
  const committed = new Map(baseline.map((account) => [account.key, account]));
  const decided = settled.map(({ desired, existing }) => {
    const known = committed.get(desired.key);
    const claimed = claimable(desired, existing);
    const zivverId = existing?.zivverId;
    if (zivverId === undefined) return claimed;
    if (known !== undefined && (known.zivverId ?? zivverId) === zivverId && isSame(claimed, known)) return known;
    return { ...claimed, zivverId };
  });
  return [...decided, ...carried.map((account) => claimable(account, null))];
}

/**
 * Of a suspended account nothing is enforced but its address and its suspension, so nothing else is claimed: plan and drift would
 * contradict the file.
 */
export function claimable(desired: DesiredAccount, existing: ExistingAccount | null): DesiredAccount {
  if (desired.kind === 'functional' || desired.active) return desired;
  const { kind, key, zivverId, address, fullName, active } = desired;
  const id = zivverId === undefined ? {} : { zivverId };
  return { kind, key, ...id, address, fullName: existing?.fullName ?? fullName, active };
}

/** But for the Zivver id. */
function isSame(one: DesiredAccount, other: DesiredAccount): boolean {
  const [a, b] = [one, other] as unknown as Readonly<Record<string, string | boolean | string[] | undefined>>[];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  names.delete('zivverId');
  return [...names].every((name) => isSameValue(a?.[name] as string, b?.[name] as string));
}
