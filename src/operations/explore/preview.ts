import { factText } from '../../model/facts/fact.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { buildDirectory } from '../../model/directory/directory.ts';
import { foldCase } from '../../model/directory/distinguished-name.ts';
import { selectEntry } from '../../model/directory/selection.ts';
import { mapAccounts } from '../../model/mapping/map-accounts.ts';
import type { MappedAccount } from '../../model/mapping/mapped.ts';
import type { ReadSource } from '../../model/mapping/read-source.ts';
import { type EntryCounts, sortOut } from '../../model/settle/sort-out.ts';
import type { SelectionFilter } from '../../model/schema/generated/organisation.ts';
import type { Exclusion } from '../../model/schema/generated/plan.ts';

/** What the sources would make of everybody, before anybody looked at Zivver. No secrets in it. */
export interface Preview {
  /** Sorted by kind (users first) and address. */
  readonly accounts: readonly PreviewedAccount[];
  /** Entries of which no account becomes, sorted by reason and DN. */
  readonly excluded: readonly LeftOut[];
  /** Values that are left out of accounts that do become: aliases, numbers, delegates. */
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  /** Over everybody, whatever was searched for. */
  readonly counts: EntryCounts;
}

/** An exclusion whose reason is told already. */
export interface LeftOut extends Omit<Exclusion, 'detail'> {
  readonly detail: string;
}

export interface PreviewedAccount {
  readonly kind: 'user' | 'functional';
  readonly origin: 'person' | 'group' | 'shared mailbox';
  readonly source: string;
  readonly dn: string;
  readonly address: string;
  readonly fullName: string;
  /** As the source has it; null: the same. */
  readonly nameBefore: string | null;
  readonly active: boolean;
  /** Why it is not active: `disabled` or `expired`. */
  readonly inactivity: string | null;
  /** Null = not managed: Zivver keeps what it has. */
  readonly aliases: readonly string[] | null;
  readonly delegates: readonly string[] | null;
  /** Null for users, and where they are not managed. */
  readonly members: readonly string[] | null;
  /** The number itself is not shown. */
  readonly hasMobile: boolean;
  readonly division: string | null;
}

export interface PreviewQuestion {
  readonly configuration: Configuration;
  readonly now: Date;
  readonly sources: readonly ReadSource[];
}

/** Selected and left out, from the sources alone. Groups without a selected member are not shown. Pure. */
export function buildPreview({ configuration, now, sources }: PreviewQuestion): Preview {
  const mapped = mapAccounts({ configuration, now, sources, managedKeys: new Set() });
  const { accounts, excluded, leftOut, counts } = sortOut(mapped);
  const nameFilter = nameFilters(sources);
  return {
    accounts: accounts.map(previewAccount).sort(byKindAndAddress),
    excluded: excluded.map(nameFilter).sort(byReasonAndSubject),
    leftOut: leftOut.map(tellDetail).sort(byReasonAndSubject),
    notes: mapped.notes.map(factText),
    counts,
  };
}

/** Only what has `text` in a name, a DN or an address, without case; the counts stay those of everybody. */
export function searchPreview(preview: Preview, text: string): Preview {
  const sought = foldCase(text);
  const has = (...values: readonly (string | null)[]): boolean =>
    values.some((value) => value !== null && foldCase(value).includes(sought));
  const hasExclusion = ({ subject, address }: LeftOut): boolean => has(subject, address);
  return {
    ...preview,
    accounts: preview.accounts.filter(({ fullName, dn, address, aliases }) =>
      has(fullName, dn, address, ...(aliases ?? [])),
    ),
    excluded: preview.excluded.filter(hasExclusion),
    leftOut: preview.leftOut.filter(hasExclusion),
  };
}

/** Adds to an exclusion by a filter which of them it was, with its values. */
function nameFilters(sources: readonly ReadSource[]): (exclusion: Exclusion) => LeftOut {
  const finders = sources.map(({ configured, snapshot }) => {
    const { filters = [], name } = configured;
    const directory = buildDirectory(snapshot.selected, snapshot.groups);
    const find = (dn: string): number => {
      const entry = directory.entryOf(dn);
      const isBroken = (filter: SelectionFilter): boolean =>
        entry !== undefined && selectEntry(entry, [filter], directory).verdict === 'filtered';
      return filters.findIndex(isBroken);
    };
    return { name, filters, find };
  });
  return (exclusion) => {
    const told = tellDetail(exclusion);
    const source = finders.find(({ name }) => name === exclusion.source);
    if (exclusion.reason !== 'filtered' || source === undefined) return told;
    const index = source.find(exclusion.subject);
    const filter = source.filters[index];
    const values = (filter?.include ?? filter?.exclude)?.values.join(' or ') ?? '';
    return filter === undefined ? told : { ...told, detail: `${told.detail}, filter ${index + 1}: ${values}` };
  };
}

function tellDetail(exclusion: Exclusion): LeftOut {
  return { ...exclusion, detail: factText(exclusion.detail) };
}

function previewAccount(mapped: MappedAccount): PreviewedAccount {
  const { kind, source, dn, account } = mapped;
  const { address, fullName } = account;
  const common = { kind, source, dn, address, fullName, nameBefore: mapped.nameBefore ?? null };
  const shared = { aliases: account.aliases ?? null, division: account.division ?? null };
  if (mapped.kind === 'functional') {
    const members = mapped.account.members ?? null;
    const origin = mapped.sharedBy === null ? 'group' : 'shared mailbox';
    return {
      ...common,
      origin,
      active: true,
      inactivity: null,
      ...shared,
      delegates: null,
      members,
      hasMobile: false,
    };
  }
  const { active, delegates = null, mobile } = mapped.account;
  const inactivity = mapped.inactivity?.reason ?? null;
  const hasMobile = mobile !== undefined;
  return { ...common, origin: 'person', active, inactivity, ...shared, delegates, members: null, hasMobile };
}

function byKindAndAddress(one: PreviewedAccount, other: PreviewedAccount): number {
  if (one.kind !== other.kind) return one.kind === 'user' ? -1 : 1;
  return compare(one.address, other.address);
}

function byReasonAndSubject(one: LeftOut, other: LeftOut): number {
  return compare(one.reason, other.reason) || compare(one.subject, other.subject) || compare(one.detail, other.detail);
}

/** By code units: the same everywhere, whatever the locale. */
function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
