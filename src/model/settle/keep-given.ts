import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { SettledAccount } from './settlement.ts';

/** For desired files, in which what a missing or old table would give stays as it was; Zivver is not asked for it. */
export function keepGiven(
  settled: readonly SettledAccount[],
  baseline: readonly DesiredAccount[],
): readonly SettledAccount[] {
  if (!settled.some(({ mapped }) => mapped.kept !== undefined)) return settled;
  const before = new Map(baseline.map((account) => [account.key, account]));
  return settled.map((account) => {
    const { desired, mapped } = account;
    return { ...account, desired: withKept(desired, mapped, before.get(desired.key)) };
  });
}

function withKept(
  desired: DesiredAccount,
  { kept = [] }: Pick<MappedAccount, 'kept'>,
  before: DesiredAccount | undefined,
): DesiredAccount {
  if (before === undefined || before.kind !== desired.kind) return desired;
  const names = kept.map((name) => (name === 'delegates' && desired.kind === 'functional' ? 'members' : name));
  const held = Object.entries(before).filter(([name]) => names.some((one) => one === name) && !(name in desired));
  return held.length === 0 ? desired : ({ ...desired, ...Object.fromEntries(held) } as DesiredAccount);
}
