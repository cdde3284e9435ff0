import { fact } from '../facts/fact.ts';
import type { JoinRules } from '../configuration/join-rules.ts';
import { type Entry, valueOf, valuesOf } from '../directory/entry.ts';
import type { ExclusionReason, Fact } from '../schema/generated/plan.ts';
import { claimedAliases } from './map-person.ts';
import type { MappedAccount, MappedReference } from './mapped.ts';
import type { PersonContext } from './person-context.ts';
import { withTypedAliases } from './row-rules.ts';
import { mapDivision, mapMobile } from './rules.ts';

export interface Giving {
  readonly join: JoinRules;
  readonly context: PersonContext;
  readonly nameToAddress: (value: string) => string | null;
}

/** An account with what its rows give. No rows: nobody may act for it, and everything else stays as its own source has it. */
export function giveProperties(account: MappedAccount, rows: readonly Entry[], giving: Giving): MappedAccount {
  let given = account;
  for (const property of giving.join.gives) {
    if (property === 'delegates') given = giveDelegates(given, rows, giving);
    if (property === 'aliases') given = giveAliases(given, rows, giving);
    if (property === 'mobile') given = giveMobile(given, rows, giving);
    if (property === 'division') given = giveDivision(given, rows, giving);
  }
  return given;
}

/** The people of a shared mailbox are its members; those of a group are in the group. */
function giveDelegates(account: MappedAccount, rows: readonly Entry[], giving: Giving): MappedAccount {
  if (account.kind === 'functional' && account.sharedBy === null) return account;
  const { context, nameToAddress } = giving;
  const column = context.source.mapping.delegates?.attribute ?? '';
  const addresses = new Set<string>();
  for (const row of rows) {
    for (const value of valuesOf(row, column)) {
      if (/^NT AUTHORITY\\SELF$/i.test(value)) continue;
      const address = nameToAddress(value);
      if (address !== null) addresses.add(address);
      else
        note({ row, account }, giving, [
          'delegate-left-out',
          fact('left-out-of-column', { value, column, why: 'nobody' }),
        ]);
    }
  }
  const list = [...addresses].sort();
  const people: MappedReference[] = list.map((address) => ({ address, key: null, isByAddress: true }));
  return account.kind === 'user'
    ? { ...account, people, account: { ...account.account, delegates: list } }
    : { ...account, people, account: { ...account.account, members: list } };
}

/** Beside those that the account has. */
function giveAliases(account: MappedAccount, rows: readonly Entry[], { context }: Giving): MappedAccount {
  const { address } = account.account;
  const found = rows.flatMap((row) => {
    const known = { primary: address, aliases: undefined, unusable: [], whys: [] };
    const addresses = withTypedAliases(known, row, context.source.mapping.aliases);
    return claimedAliases(row, { addresses, address }, context) ?? [];
  });
  if (found.length === 0) return account;
  const aliases = [...new Set([...(account.account.aliases ?? []), ...found])].sort();
  return withAccount(account, { aliases });
}

function giveMobile(account: MappedAccount, rows: readonly Entry[], giving: Giving): MappedAccount {
  if (account.kind !== 'user') return account;
  const { mapping, phoneRegion } = giving.context.source;
  const numbers = new Set<string>();
  for (const row of rows) {
    const mobile = mapMobile(row, mapping.mobile, phoneRegion);
    if ('e164' in mobile) numbers.add(mobile.e164);
    else
      for (const fault of mobile.faults)
        note({ row, account }, giving, ['mobile-unusable', fact('phone-unusable', fault)]);
  }
  const [mobile] = numbers;
  if (mobile !== undefined && numbers.size === 1) return withAccount(account, { mobile });
  const [row] = rows;
  if (numbers.size > 1 && row !== undefined)
    note({ row, account }, giving, ['mobile-unusable', fact('numbers-differ', { count: numbers.size })]);
  return account;
}

function giveDivision(account: MappedAccount, rows: readonly Entry[], giving: Giving): MappedAccount {
  const { division: rule } = giving.context.source;
  const column = String(rule?.attribute ?? '');
  const filled = rows.filter((row) => valueOf(row, column) !== undefined);
  const divisions = new Set(filled.flatMap((row) => mapDivision(row, account.account.address, rule) ?? []));
  const [division] = divisions;
  if (division !== undefined && divisions.size === 1) return withAccount(account, { division });
  const [row] = rows;
  if (divisions.size > 1 && row !== undefined)
    note({ row, account }, giving, ['ambiguous', fact('divisions-differ', { count: divisions.size })]);
  return account;
}

function withAccount(account: MappedAccount, given: object): MappedAccount {
  return { ...account, account: { ...account.account, ...given } } as MappedAccount;
}

function note(
  { row, account: { account } }: { readonly row: Entry; readonly account: MappedAccount },
  { context }: Giving,
  [reason, detail]: [ExclusionReason, Fact],
): void {
  const { name: source } = context.source;
  context.exclusions.push({ source, subject: row.dn, address: account.address, reason, detail });
}
