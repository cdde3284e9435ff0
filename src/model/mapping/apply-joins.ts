import { fact } from '../facts/fact.ts';
import type { GivenProperty, JoinRules } from '../configuration/join-rules.ts';
import { buildDirectory } from '../directory/directory.ts';
import type { Entry } from '../directory/entry.ts';
import { valueOf } from '../directory/entry.ts';
import { findBrokenFilter } from '../directory/selection.ts';
import type { ExclusionReason, Fact } from '../schema/generated/plan.ts';
import { explainAge } from './join-age.ts';
import { buildFinder } from './join-finder.ts';
import { giveProperties } from './join-values.ts';
import type { MappedAccount } from './mapped.ts';
import type { PersonContext } from './person-context.ts';
import type { WholeRead } from './read-source.ts';

/** One table that joins, and where its exclusions go. */
export interface JoiningSource {
  readonly source: WholeRead;
  readonly join: JoinRules;
  readonly context: PersonContext;
}

export interface Joined {
  readonly accounts: MappedAccount[];
  readonly notes: readonly Fact[];
}

/**
 * Adds what tables know of people of other sources. A table that is missing or too old gives nothing and takes nothing: its
 * properties stay as they are. Whom a row belongs to is never guessed.
 */
export function applyJoins(accounts: readonly MappedAccount[], joining: readonly JoiningSource[]): Joined {
  let joined = [...accounts];
  const notes: Fact[] = [];
  for (const one of joining) {
    const { source, join, context } = one;
    const held = source.snapshot.absent ?? explainAge(join, source.snapshot, context.now);
    if (held !== null)
      notes.push(fact('source-not-used', { source: source.configured.name, why: held, gives: join.gives }));
    joined = held === null ? applyOne(joined, one) : joined.map((account) => withhold(account, join));
  }
  return { accounts: joined, notes };
}

function applyOne(accounts: readonly MappedAccount[], { source, join, context }: JoiningSource): MappedAccount[] {
  const nothing = buildDirectory([], []);
  const filters = source.configured.filters ?? [];
  const rows = source.snapshot.selected.filter((row) => findBrokenFilter(row, filters, nothing) === null);
  const finder = buildFinder(accounts, join);
  const rowsOf = new Map<MappedAccount, Entry[]>();
  const doubtful = new Set<MappedAccount>();
  const told = new Set<string>();
  for (const row of rows) {
    const found = finder.find(row);
    const [only] = found;
    if (only !== undefined && found.length === 1) rowsOf.set(only, [...(rowsOf.get(only) ?? []), row]);
    else {
      const renamed = found.length === 0 ? finder.findRenamed(row) : [];
      for (const account of [...found, ...renamed]) doubtful.add(account);
      tell(row, { found, renamed }, { join, context, told });
    }
  }
  return accounts.map((account) => {
    if (account.source !== join.source) return account;
    if (doubtful.has(account)) return withhold(account, join);
    return giveProperties(account, rowsOf.get(account) ?? [], {
      join,
      context,
      nameToAddress: (value) => finder.addressOf(value),
    });
  });
}

/** Once for each of whom rows speak, however many they are. */
function tell(
  row: Entry,
  { found, renamed }: { readonly found: readonly MappedAccount[]; readonly renamed: readonly MappedAccount[] },
  { join, context, told }: { join: JoinRules; context: PersonContext; told: Set<string> },
): void {
  const value = valueOf(row, join.match) ?? '';
  if (told.size === told.add(value).size) return;
  const reason: ExclusionReason = found.length === 0 ? 'join-unmatched' : 'ambiguous';
  const detail = describeRow(value, { found, renamed }, join);
  context.exclusions.push({ source: context.source.name, subject: row.dn, address: null, reason, detail });
}

function describeRow(
  value: string,
  { found, renamed }: { readonly found: readonly MappedAccount[]; readonly renamed: readonly MappedAccount[] },
  { by, source, match, gives }: JoinRules,
): Fact {
  if (renamed.length > 0) return fact('row-of-renamed', { by, value, source, entries: listDns(renamed), gives });
  if (found.length > 0) return fact('row-of-several', { by, value, entries: listDns(found) });
  return value === '' ? fact('row-unnamed', { column: match, source }) : fact('row-of-nobody', { by, value, source });
}

function listDns(accounts: readonly MappedAccount[]): string[] {
  return accounts.map(({ dn }) => dn).sort();
}

/** Not managed this time, and the desired file keeps what it says. */
function withhold(account: MappedAccount, { source, gives }: JoinRules): MappedAccount {
  if (account.source !== source) return account;
  const kept: readonly GivenProperty[] = [...new Set([...(account.kept ?? []), ...gives])];
  const people = gives.includes('delegates') ? [] : account.people;
  const left = Object.fromEntries(
    Object.entries(account.account).filter(([name]) => !isGiven(name, account.kind, gives)),
  );
  return { ...account, kept, people, account: left } as unknown as MappedAccount;
}

function isGiven(name: string, kind: MappedAccount['kind'], gives: readonly GivenProperty[]): boolean {
  const property = kind === 'functional' && name === 'members' ? 'delegates' : name;
  return gives.some((given) => given === property);
}
