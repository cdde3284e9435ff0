import { fact } from '../facts/fact.ts';
import { type Entry, isUndecoded, valueOf } from '../directory/entry.ts';
import { domainOf } from '../directory/mail-address.ts';
import { renderName } from '../configuration/name-template.ts';
import { changeText } from '../configuration/text-changes.ts';
import { isNoName } from '../directory/placeholder.ts';
import { findNameDamage } from '../text/damaged-text.ts';
import type { DesiredUser } from '../schema/generated/account.ts';
import type { ExclusionReason, Fact, Reason } from '../schema/generated/plan.ts';
import type { ExcludedEntry, MappedUser } from './mapped.ts';
import type { MappedAddresses, MappedKey } from './mapped-values.ts';
import type { PersonContext } from './person-context.ts';
import { describePhones } from './phone-faults.ts';
import { findAddressFault } from './address-fault.ts';
import { isClaimed, mapAddresses, mapEntryAddresses, mapDivision, mapMobile } from './rules.ts';
import { readKey } from './map-key.ts';
import { readFormerKey, readSignOn } from './other-keys.ts';
import { explainUnknownState, mapInactivity } from './map-state.ts';

export type MappedPerson = { readonly mapped: MappedUser } | { readonly excluded: ExcludedEntry };

/** One selected person → user account (delegates still missing) or the reason why not. */
export function mapPerson(entry: Entry, context: PersonContext): MappedPerson {
  const named = nameEntry(entry, context);
  if ('excluded' in named) return { excluded: leaveIfInactive(entry, named.excluded, context) };
  const unknown = explainUnknownState(entry, context.source.mapping);
  if (unknown !== null) {
    const value = valueOf(entry, unknown.attribute) ?? null;
    const fault = { reason: 'unknown-state', ...unknown, value, leavesAs: null } as const;
    return { excluded: excludeEntry(entry, { ...fault, key: named.identity.key }, context) };
  }
  const signOn = readSignOn(entry, named.identity, context);
  if ('why' in signOn && mapInactivity(entry, context.now, context.source.mapping) === null) {
    const detail = fact('sign-on-unknown', { why: signOn.why });
    const fault = { reason: 'no-key', detail, attribute: context.source.mapping.ssoKey ?? '', leavesAs: null } as const;
    return { excluded: excludeEntry(entry, { ...fault, key: named.identity.key }, context) };
  }
  return { mapped: buildUser(entry, { ...named, ssoKey: 'why' in signOn ? null : signOn.ssoKey }, context) };
}

/** Identity decides leaving: whose key says disabled or expired leaves, whatever is wrong with address and name. */
function leaveIfInactive(entry: Entry, excluded: ExcludedEntry, { now, source }: PersonContext): ExcludedEntry {
  const inactivity = mapInactivity(entry, now, source.mapping);
  if (inactivity === null) return excluded;
  if (excluded.key === null) return { ...excluded, isInactive: true };
  const { reason, attribute, value } = inactivity;
  const evidence = { ...excluded.evidence, attribute, value, beside: excluded.exclusion.detail };
  return { ...excluded, effect: 'leaves', reason, evidence };
}

/** Who an entry is and how it is reached: what every account needs. */
export interface NamedEntry {
  readonly identity: MappedKey;
  readonly address: string;
  readonly addresses: MappedAddresses;
  readonly fullName: string;
  /** As the source has it, if `mapping.changes` made another one of it. */
  readonly nameBefore?: string;
}

/** The order matters: without a key nothing else can be said about whom the entry is. */
export function nameEntry(entry: Entry, context: PersonContext): NamedEntry | { readonly excluded: ExcludedEntry } {
  const { mapping } = context.source;
  const identity = readKey(entry, mapping, context.configuration.sso.keyFormat);
  const exclude = (fault: Fault): { excluded: ExcludedEntry } => ({
    excluded: excludeEntry(
      entry,
      { ...fault, key: 'why' in identity ? readFormerKey(entry, mapping) : identity.key },
      context,
    ),
  });
  if ('why' in identity) {
    const detail = fact('who-unknown', { why: identity.why });
    return exclude({ reason: 'no-key', detail, attribute: mapping.accountKey, leavesAs: null });
  }
  const addresses = mapEntryAddresses(entry, mapping);
  const address = addresses.primary ?? '';
  const fault = findAddressFault(entry, addresses, { mapping, configuration: context.configuration });
  if (fault !== null) return exclude({ ...fault, leavesAs: fault.leaves ? 'address-removed' : null });
  const written = renderName(entry, mapping.fullName);
  const fullName = written === undefined ? undefined : changeText(written, mapping.nameChanges);
  const names = mapping.fullName.map(({ text }) => text);
  const lack = findNameFault(fullName, names);
  if (lack !== null) {
    const fault = { reason: 'no-name', detail: lack, attribute: names.join(', ') } as const;
    return exclude({ ...fault, value: written ?? null, leavesAs: null });
  }
  const renamed = fullName === written ? {} : { nameBefore: written };
  return { identity, address, addresses, fullName, ...renamed } as NamedEntry;
}

/** As schemas/account.schema.json has it. */
const LONGEST_NAME = 1024;

/** Why nobody can be called so. */
function findNameFault(name: string | undefined, names: readonly string[]): Fact | null {
  if (name === undefined) return fact('name-empty', { names });
  if (name.length > LONGEST_NAME) return fact('name-long', { names, most: LONGEST_NAME });
  if (isUndecoded(name)) return fact('name-no-text', { names });
  if (isNoName(name)) return fact('name-placeholder', { names, value: name });
  const damage = findNameDamage(name);
  return damage === null ? null : fact('name-damaged', { names, ...damage });
}

export interface Fault {
  readonly reason: ExclusionReason;
  readonly detail: Fact;
  readonly attribute: string;
  /** What the attribute says; absent: nothing. */
  readonly value?: string | null;
  readonly leavesAs: Extract<Reason, 'filtered' | 'address-removed' | 'disabled' | 'expired'> | null;
}

/** Also used for entries that a filter left out. */
export function excludeEntry(
  entry: Entry,
  { key, ...fault }: Fault & { readonly key: string | null },
  context: PersonContext,
): ExcludedEntry {
  const address = mapAddresses(entry, context.source.mapping.email).primary;
  return {
    key,
    effect: fault.leavesAs === null ? 'held' : 'leaves',
    reason: fault.leavesAs,
    evidence: {
      source: context.source.name,
      lookup: entry.isRow === true ? 'file' : 'selection',
      entry: entry.dn,
      attribute: fault.attribute,
      value: fault.value ?? null,
    },
    exclusion: { source: context.source.name, subject: entry.dn, address, reason: fault.reason, detail: fault.detail },
  };
}

function buildUser(entry: Entry, named: NamedEntry & Pick<MappedUser, 'ssoKey'>, context: PersonContext): MappedUser {
  const { source, now } = context;
  const { identity, address, fullName, ssoKey } = named;
  const inactivity = mapInactivity(entry, now, source.mapping);
  const aliases = claimedAliases(entry, named, context);
  const mobile = usableMobile(entry, address, context);
  const division = mapDivision(entry, address, source.division);
  const account: DesiredUser = { kind: 'user', key: identity.key, address, fullName, active: inactivity === null };
  if (aliases !== undefined) account.aliases = aliases;
  if (mobile !== undefined) account.mobile = mobile;
  if (division !== undefined) account.division = division;
  const formerKey = readFormerKey(entry, source.mapping);
  const user = { kind: 'user', source: source.name, dn: entry.dn, people: [], account, ssoKey, inactivity } as const;
  return {
    ...user,
    ...originOf(entry, identity),
    ...loginsOf(entry, source),
    ...beforeOf(named),
    ...(ssoKey === null || ssoKey === identity.ssoKey ? {} : { accountKey: identity.ssoKey }),
    ...(formerKey === null ? {} : { formerKey }),
  };
}

function beforeOf({ nameBefore }: NamedEntry): Pick<MappedUser, 'nameBefore'> {
  return nameBefore === undefined ? {} : { nameBefore };
}

/** By what tables that join name the person. */
function loginsOf(entry: Entry, { joinedBy }: PersonContext['source']): Pick<MappedUser, 'logins'> {
  const names = LOGINS.filter((name) => joinedBy.includes(name));
  if (names.length === 0) return {};
  return { logins: Object.fromEntries(names.flatMap((name) => [[name, valueOf(entry, name) ?? '']])) };
}

const LOGINS = ['userPrincipalName', 'sAMAccountName'] as const;

/** Where the account comes from, and what its key is worth. */
export function originOf({ isRow }: Entry, { isGuid }: MappedKey): Pick<MappedUser, 'origin' | 'keyKind'> {
  return { ...(isRow === true ? { origin: 'row' } : {}), ...(isGuid ? {} : { keyKind: 'number' }) };
}

/** Sorted; aliases in unclaimed domains and unusable values become exclusions. */
export function claimedAliases(
  entry: Entry,
  { addresses, address }: Pick<NamedEntry, 'addresses' | 'address'>,
  context: PersonContext,
): string[] | undefined {
  if (addresses.aliases === undefined) return undefined;
  const note = (reason: ExclusionReason, detail: Fact): void =>
    void context.exclusions.push({
      source: context.source.name,
      subject: entry.dn,
      address,
      reason,
      detail,
    });
  for (const { value, why } of addresses.unusable) note('alias-invalid', fact('alias-unusable', { value, why }));
  const claimed: string[] = [];
  for (const alias of addresses.aliases) {
    if (alias === address) continue;
    if (isClaimed(alias, context.configuration)) {
      claimed.push(alias);
      continue;
    }
    note('alias-unclaimed', fact('not-claimed', { address: alias }));
    context.observations.unclaimedAliases.push(domainOf(alias));
  }
  return [...new Set(claimed)].sort();
}

/** Undefined = not managed: absent, unusable, or the mapping says none. */
function usableMobile(entry: Entry, address: string, context: PersonContext): string | undefined {
  const { mapping, name } = context.source;
  const mapped = mapMobile(entry, mapping.mobile, regionOf(entry, context.source));
  if ('e164' in mapped) return mapped.e164;
  const { faults } = mapped;
  if (faults.length === 0) return undefined;
  const told = describePhones(faults);
  context.exclusions.push({ source: name, subject: entry.dn, address, reason: 'mobile-unusable', detail: told });
  if (faults.some(({ why }) => why === 'not-mobile')) context.observations.landlines.push(entry.dn);
  return undefined;
}

/** The country of the person, where the source has one. */
function regionOf(entry: Entry, { phoneRegion, countryAttribute }: PersonContext['source']): string {
  const country = countryAttribute === null ? undefined : valueOf(entry, countryAttribute)?.toUpperCase();
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? country : phoneRegion;
}
