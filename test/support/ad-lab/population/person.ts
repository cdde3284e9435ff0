import type { LabPerson } from '../manifest.ts';
import { formatRdn, formatUnitDn } from './dn.ts';
import { buildSeededUuid } from './seeded-random.ts';

/** What has to be said about a person; everything else follows. */
export interface PersonDraft {
  readonly key: string;
  readonly unit: readonly string[];
  /** At most 64 characters. */
  readonly commonName: string;
  /** sAMAccountName, at most 20 characters. */
  readonly login: string;
  readonly proxyAddresses?: readonly string[];
  readonly mail?: string;
  /** Default 512; bit 2 = disabled. */
  readonly userAccountControl?: number;
  /** Windows file time; `0` and 9223372036854775807 mean never. Absent = the directory's default, never. */
  readonly accountExpires?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly objectClass?: string;
  /** Default: made of the seed and the key. */
  readonly guid?: string;
  readonly tags?: readonly string[];
  /** Keys of the entries that get full access to this person's mailbox. */
  readonly delegateKeys?: readonly string[];
}

export const EXPIRED_2020 = '132223104000000000';
export const EXPIRES_2099 = '157469184000000000';
export const NEVER_EXPIRES = '9223372036854775807';

/** A person without links; `population.ts` adds delegates and groups. */
export function buildPerson(seed: string, draft: PersonDraft): LabPerson {
  const control = draft.userAccountControl ?? 512;
  const ou = formatUnitDn(draft.unit);
  const addresses = draft.proxyAddresses ?? [];
  return {
    key: draft.key,
    dn: `${formatRdn('CN', draft.commonName)},${ou}`,
    guid: draft.guid ?? buildSeededUuid(seed, draft.key),
    attributes: {
      objectClass: [draft.objectClass ?? 'user'],
      sAMAccountName: [draft.login],
      userPrincipalName: [`${draft.login}@company.org`],
      userAccountControl: [String(control)],
      ...(draft.accountExpires === undefined ? {} : { accountExpires: [draft.accountExpires] }),
      ...(draft.mail === undefined ? {} : { mail: [draft.mail] }),
      ...(addresses.length === 0 ? {} : { proxyAddresses: addresses }),
      ...Object.fromEntries(Object.entries(draft.more ?? {}).map(([name, value]) => [name, [value]])),
    },
    tags: draft.tags ?? [],
    ...splitAddresses(addresses),
    enabled: (control & 2) === 0,
    expired: draft.accountExpires === EXPIRED_2020,
    ou,
    memberOf: [],
    delegates: [],
  };
}

/** The prefix's case alone tells the primary address from an alias. */
export function splitAddresses(addresses: readonly string[]): { primary: string | null; aliases: string[] } {
  const primaries = addresses.filter((value) => value.startsWith('SMTP:'));
  const aliases = addresses.filter((value) => value.startsWith('smtp:'));
  const strip = (value: string): string => value.slice('smtp:'.length).toLowerCase();
  const [only] = primaries;
  return { primary: primaries.length === 1 && only ? strip(only) : null, aliases: aliases.map(strip).sort() };
}
