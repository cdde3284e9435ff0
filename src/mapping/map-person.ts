import type { Configuration, ConfiguredSource } from '../configuration.ts';
import { type Entry, valueOf, valuesOf } from '../directory/entry.ts';
import { parseMobile, type PhoneFault } from '../directory/phone.ts';
import type { DesiredUser } from '../schema/generated/account.ts';
import type { Exclusion, ExclusionReason, Reason } from '../schema/generated/plan.ts';
import type { ExcludedEntry, MappedUser } from './mapped.ts';
import {
  isClaimed,
  mapAddresses,
  mapDivision,
  isStateKnown,
  mapInactivity,
  mapKey,
  type MappedAddresses,
  type MappedKey,
} from './rules.ts';

export interface PersonContext {
  readonly source: ConfiguredSource;
  readonly configuration: Configuration;
  readonly now: Date;
  /** Attribute-level exclusions are added here. */
  readonly exclusions: Exclusion[];
  /** Mobile number (E.164) → the form in which it may be shown. */
  readonly sealMobile: (number: string) => string;
}

export type MappedPerson = { readonly mapped: MappedUser } | { readonly excluded: ExcludedEntry };

/** One selected person → user account (delegates still missing) or the reason why not. */
export function mapPerson(entry: Entry, context: PersonContext): MappedPerson {
  const { source, configuration } = context;
  const identity = mapKey(entry, source.mapping.accountKey, configuration.sso.keyFormat);
  const addresses = mapAddresses(entry, source.mapping.email);
  const fault = findFault(entry, identity, addresses, context);
  if (fault) return { excluded: excludeEntry(entry, identity?.key ?? null, fault, context) };
  return {
    mapped: buildUser(entry, identity as MappedKey, addresses as MappedAddresses & { primary: string }, context),
  };
}

interface Fault {
  readonly reason: ExclusionReason;
  readonly detail: string;
  readonly attribute: string;
  readonly leavesAs: Extract<Reason, 'filtered' | 'address-removed'> | null;
}

/** The order matters: without a key nothing else can be said about whom the entry is. */
function findFault(
  entry: Entry,
  identity: MappedKey | undefined,
  addresses: MappedAddresses,
  context: PersonContext,
): Fault | null {
  const { mapping } = context.source;
  if (identity === undefined) {
    const detail = `${mapping.accountKey} is empty or may not be read, so nobody can tell who this is`;
    return { reason: 'no-key', detail, attribute: mapping.accountKey, leavesAs: null };
  }
  if (addresses.primary === null) {
    const detail = addresses.why ?? 'no e-mail address';
    const isUnusable = addresses.unusable.length > 0;
    return { reason: 'no-address', detail, attribute: mapping.email, leavesAs: isUnusable ? null : 'address-removed' };
  }
  if (!isClaimed(addresses.primary, context.configuration)) {
    const detail = `${addresses.primary} is not in a claimed domain`;
    return { reason: 'unclaimed-address', detail, attribute: mapping.email, leavesAs: 'address-removed' };
  }
  if (!isStateKnown(entry)) {
    const detail = 'userAccountControl is empty or may not be read, so nobody can tell whether the account is in use';
    return { reason: 'unknown-state', detail, attribute: 'userAccountControl', leavesAs: null };
  }
  if (valueOf(entry, mapping.fullName) === undefined)
    return { reason: 'no-name', detail: `${mapping.fullName} is empty`, attribute: mapping.fullName, leavesAs: null };
  return null;
}

/** Also used for entries that a filter left out. */
export function excludeEntry(entry: Entry, key: string | null, fault: Fault, context: PersonContext): ExcludedEntry {
  const address = mapAddresses(entry, context.source.mapping.email).primary;
  return {
    key,
    effect: fault.leavesAs === null ? 'held' : 'leaves',
    reason: fault.leavesAs,
    evidence: {
      source: context.source.name,
      lookup: 'selection',
      entry: entry.dn,
      attribute: fault.attribute,
      value: null,
    },
    exclusion: { source: context.source.name, subject: entry.dn, address, reason: fault.reason, detail: fault.detail },
  };
}

function buildUser(
  entry: Entry,
  identity: MappedKey,
  addresses: MappedAddresses & { primary: string },
  context: PersonContext,
): MappedUser {
  const { source, now } = context;
  const inactivity = mapInactivity(entry, now);
  const aliases = claimedAliases(entry, addresses, context);
  const mobile = mapMobile(entry, addresses.primary, context);
  const division = mapDivision(entry, addresses.primary, source.division);
  const account: DesiredUser = {
    kind: 'user',
    key: identity.key,
    address: addresses.primary,
    fullName: valueOf(entry, source.mapping.fullName) ?? '',
    active: inactivity === null,
    ...(aliases === undefined ? {} : { aliases }),
    ...(mobile === undefined ? {} : { mobile }),
    ...(division === undefined ? {} : { division }),
  };
  return { kind: 'user', source: source.name, dn: entry.dn, people: [], account, ssoKey: identity.ssoKey, inactivity };
}

/** Sorted; aliases in unclaimed domains and unusable values become exclusions. */
function claimedAliases(entry: Entry, addresses: MappedAddresses, context: PersonContext): string[] | undefined {
  if (addresses.aliases === undefined) return undefined;
  const note = (reason: ExclusionReason, detail: string): void =>
    void context.exclusions.push({
      source: context.source.name,
      subject: entry.dn,
      address: addresses.primary,
      reason,
      detail,
    });
  for (const { value, why } of addresses.unusable) note('alias-invalid', `${value}: ${why}`);
  const claimed: string[] = [];
  for (const alias of addresses.aliases) {
    if (alias === addresses.primary) continue;
    if (isClaimed(alias, context.configuration)) claimed.push(alias);
    else note('alias-unclaimed', `${alias} is not in a claimed domain`);
  }
  return [...new Set(claimed)].sort();
}

/** Undefined = not managed: absent, unusable, or the mapping says none. */
function mapMobile(entry: Entry, address: string, context: PersonContext): string | undefined {
  const { mapping, phoneRegion, name } = context.source;
  if (mapping.mobile === 'none') return undefined;
  const value = valuesOf(entry, mapping.mobile).find((text) => text.trim() !== '');
  if (value === undefined) return undefined;
  const parsed = parseMobile(value, phoneRegion);
  if ('e164' in parsed) return context.sealMobile(parsed.e164);
  const detail = `${mapping.mobile} is left out: ${PHONE_FAULTS[parsed.why]}`;
  context.exclusions.push({ source: name, subject: entry.dn, address, reason: 'mobile-unusable', detail });
  return undefined;
}

const PHONE_FAULTS: Readonly<Record<PhoneFault, string>> = {
  'not-a-number': 'not a phone number',
  extension: 'it has an extension',
  invalid: 'no such number',
  'not-mobile': 'not a mobile number, so it cannot receive the login code',
  'machine-number': 'a number for machines',
};
