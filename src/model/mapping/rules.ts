import { fact } from '../facts/fact.ts';
import type { Configuration, ConfiguredSource } from '../configuration/configuration.ts';
import { isDnUnder, normaliseDn } from '../directory/distinguished-name.ts';
import { type Entry, valueOf, valuesOf } from '../directory/entry.ts';
import { domainOf, parseMailAddress } from '../directory/mail-address.ts';
import { listOf } from '../configuration/mapping-rules.ts';
import { parseMobile, type PhoneFault } from '../directory/phone.ts';
import {
  isProxyAttribute,
  parseProxyAddresses,
  type ProxyAddresses,
  type ProxyAddressFault,
} from '../directory/proxy-addresses.ts';
import type { AliasFault } from '../facts/mapping-sentences.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { MappedAddresses } from './mapped-values.ts';
import { withTypedAliases } from './row-rules.ts';

/** How single attributes of an entry become properties of an account (ARCHITECTURE.md, "Identity", `mapping`). Pure. */

/** All addresses of an entry: of a row, aliases have a column of their own. */
export function mapEntryAddresses(
  entry: Entry,
  { email, aliases }: Pick<ConfiguredSource['mapping'], 'email' | 'aliases'>,
): MappedAddresses {
  return withTypedAliases(mapAddresses(entry, email), entry, aliases);
}

/**
 * The first of the attributes that has a usable address gives the primary one. Aliases come from proxyAddresses, wherever it
 * stands in the list; they stay unmanaged if it is not in it, or empty.
 */
export function mapAddresses(entry: Entry, attributes: readonly string[]): MappedAddresses {
  let [primary, aliases]: [MappedAddresses['primary'], MappedAddresses['aliases']] = [null, undefined];
  const unusable: MappedAddresses['unusable'][number][] = [];
  const whys: Fact[] = [];
  for (const attribute of attributes) {
    const one = mapAddress(entry, attribute);
    primary ??= one.primary;
    aliases ??= one.aliases;
    unusable.push(...one.unusable);
    whys.push(...one.whys);
  }
  return { primary, aliases, unusable, whys: primary === null ? whys : [] };
}

function mapAddress(entry: Entry, attribute: string): MappedAddresses {
  if (isProxyAttribute(attribute)) return mapProxyAddresses(entry, attribute);
  const value = valueOf(entry, attribute);
  const written = new Set(valuesOf(entry, attribute).map((one) => parseMailAddress(one) ?? one.trim()));
  written.delete('');
  if (written.size > 1) {
    const unusable = [...written].sort().map((one) => ({ value: one, why: 'one-of-several' as const }));
    const whys = [fact('several-values', { attribute, count: written.size })];
    return { primary: null, aliases: undefined, unusable, whys };
  }
  const primary = value === undefined ? null : parseMailAddress(value);
  if (primary !== null) return { primary, aliases: undefined, unusable: [], whys: [] };
  if (value === undefined) return { primary, aliases: undefined, unusable: [], whys: [fact('empty', { attribute })] };
  return {
    primary,
    aliases: undefined,
    unusable: [{ value, why: 'unusable' }],
    whys: [fact('not-an-address', { attribute })],
  };
}

const ADDRESS_FAULTS: Readonly<Record<ProxyAddressFault, AliasFault | null>> = {
  'other-type': null,
  'no-type': null,
  'invalid-address': 'unusable',
  'several-primaries': 'one-of-primaries',
};

/** Other types (X500, SIP …) are no addresses of the account and not worth a word. */
function mapProxyAddresses(entry: Entry, attribute: string): MappedAddresses {
  const values = valuesOf(entry, attribute);
  const { primary, aliases, ignored } = parseProxyAddresses(values);
  const unusable = ignored.flatMap(({ value, why }) => {
    const fault = ADDRESS_FAULTS[why];
    return fault === null ? [] : [{ value, why: fault }];
  });
  return {
    primary,
    aliases: values.length === 0 ? undefined : aliases,
    unusable,
    whys: primary === null ? [explainNoPrimary(attribute, values, ignored)] : [],
  };
}

function explainNoPrimary(attribute: string, values: readonly string[], ignored: ProxyAddresses['ignored']): Fact {
  if (ignored.some(({ why }) => why === 'several-primaries')) return fact('several-primaries', { attribute });
  const isWritten = values.some((one) => one.trim().startsWith('SMTP:'));
  return isWritten ? fact('primary-unusable', { attribute }) : fact('no-primary', { attribute });
}

export type MappedMobile =
  | { readonly e164: string }
  /** What every value lacks; empty if there is none. */
  | { readonly faults: readonly { readonly attribute: string; readonly why: PhoneFault }[] };

/** The first attribute with a usable number; of several numbers in it the smallest, since AD keeps no order. */
export function mapMobile(entry: Entry, attributes: readonly string[], region: string): MappedMobile {
  const faults: { attribute: string; why: PhoneFault }[] = [];
  for (const attribute of attributes) {
    let smallest: string | undefined;
    const whys = new Set<PhoneFault>();
    for (const text of valuesOf(entry, attribute)) {
      if (text.trim() === '') continue;
      const parsed = parseMobile(text, region);
      if ('why' in parsed) whys.add(parsed.why);
      else if (smallest === undefined || parsed.e164 < smallest) smallest = parsed.e164;
    }
    if (smallest !== undefined) return { e164: smallest };
    faults.push(...[...whys].sort().map((why) => ({ attribute, why })));
  }
  return { faults };
}

/** Undefined = not managed. */
export function mapDivision(entry: Entry, address: string, rule: ConfiguredSource['division']): string | undefined {
  switch (rule?.by) {
    case undefined:
    case 'none':
      return undefined;
    case 'domain':
      return domainOf(address);
    case 'attribute':
      return firstValueOf(entry, listOf(rule.attribute ?? [])) ?? '/';
    case 'constant':
      return rule.value;
    case 'ou':
      return nearestUnit(entry.dn, rule.ou ?? []);
  }
}

function firstValueOf(entry: Entry, attributes: readonly string[]): string | undefined {
  for (const attribute of attributes) {
    const value = valueOf(entry, attribute);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Of units that contain each other, the key of the inner one is longer. */
function nearestUnit(dn: string, table: readonly { dn: string; division: string }[]): string {
  const matches = table.filter((row) => isDnUnder(dn, row.dn));
  matches.sort((a, b) => normaliseDn(b.dn).length - normaliseDn(a.dn).length);
  return matches[0]?.division ?? '/';
}

export function isClaimed(address: string, configuration: Pick<Configuration, 'target'>): boolean {
  return configuration.target.claimedDomains.includes(domainOf(address));
}
