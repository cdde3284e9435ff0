import type { MappedAccount, MappedAccounts } from '../mapping/mapped.ts';
import type { Change } from '../change/change.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { OpenAccount, PlanBody } from '../schema/generated/plan.ts';
import type { Settlement } from '../settle/settlement.ts';

export interface AccountingInput {
  readonly mapped: MappedAccounts;
  readonly settlement: Settlement;
  readonly baseline: readonly DesiredAccount[];
  readonly changes: readonly Change[];
  readonly open: readonly OpenAccount[];
  /** Missing accounts that the configuration keeps. */
  readonly kept: ReadonlySet<string>;
}

type Class = keyof PlanBody['accounting']['entries'];

/**
 * Puts every entry read and every managed account into exactly one class; changed goes before open, open before equal.
 * Throws if one of them is in none: then the plan passes somebody over in silence.
 */
export function accountFor(input: AccountingInput): PlanBody['accounting'] {
  const classOf = buildClassifier(input);
  const entries = countClasses();
  for (const mapped of input.mapped.accounts) entries[insist(classOf(mapped), mapped.dn)] += mapped.entries ?? 1;
  for (const { key, effect, exclusion } of input.mapped.excluded) {
    const managed = key === null ? null : classOf({ account: { key }, dn: exclusion.subject });
    entries[managed ?? (key === null && effect === 'held' ? 'open' : 'excluded')] += 1;
  }
  entries.excluded += input.mapped.exclusions.filter(({ reason }) => reason === 'not-a-person').length;
  const managed = countClasses();
  for (const account of input.baseline) managed[insist(classOf({ account, dn: null }), account.address)] += 1;
  return { entries, managed };
}

function countClasses(): Record<Class, number> {
  return { equal: 0, changed: 0, open: 0, excluded: 0 };
}

function insist(found: Class | null, name: string): Class {
  if (found === null) throw new Error(`${name} is in no class of the accounting`);
  return found;
}

type Subject = { readonly account: { readonly key: string }; readonly dn: string | null };

function buildClassifier({ settlement, changes, open, kept }: AccountingInput): (subject: Subject) => Class | null {
  const { settled, missing, gone, left, former, handedOver, waiting } = settlement;
  const keysOf = (accounts: readonly Pick<MappedAccount, 'account'>[]): string[] =>
    accounts.map((one) => one.account.key);
  const changed = new Set([...changes.flatMap(({ key }) => key ?? []), ...handedOver]);
  const openKeys = new Set(open.flatMap(({ key }) => key ?? []));
  const openEntries = new Set(open.flatMap(({ entry, claimant }) => [entry, claimant?.entry ?? null]));
  const equal = new Set([...settled.map(({ desired }) => desired.key), ...missing.flatMap(({ key }) => key ?? [])]);
  const excluded = new Set([...keysOf(left), ...keysOf(former), ...kept, ...waiting]);
  const removed = new Set(gone.map(({ key }) => key));
  const claiming = new Set(open.flatMap(({ claimant }) => claimant?.key ?? []));
  return ({ account: { key }, dn }) => {
    if (changed.has(key)) return 'changed';
    if (openKeys.has(key) || (dn !== null && openEntries.has(dn))) return 'open';
    if (excluded.has(key)) return 'excluded';
    if (equal.has(key)) return 'equal';
    if (removed.has(key)) return 'changed';
    return claiming.has(key) ? 'open' : null;
  };
}
