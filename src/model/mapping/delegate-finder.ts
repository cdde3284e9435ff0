import type { Directory } from '../directory/directory.ts';
import { commonNameOf, foldCase, normaliseDn } from '../directory/distinguished-name.ts';
import { type Entry, hasObjectClass, valuesOf } from '../directory/entry.ts';
import { parseMailAddress } from '../directory/mail-address.ts';
import { isProxyAttribute } from '../directory/proxy-addresses.ts';
import type { DelegateRule, MappingRules } from '../configuration/mapping-rules.ts';
import type { AttributeValue } from '../directory/source.ts';

/** Whom a value of the delegates attribute names; several entries are nobody, since nobody is guessed. */
export type FoundDelegate = { readonly entry: Entry } | { readonly candidates: readonly Entry[] };

/** The people that an entry's attribute names, one text each, in its order. */
export function delegateValues(entry: Entry, { attribute, separator }: DelegateRule): readonly string[] {
  const values = valuesOf(entry, attribute);
  if (values.length === 0) return values;
  const split = separator === null ? values : values.flatMap((value) => value.split(separator));
  return [...new Set(split.map((text) => text.trim()))].filter((text) => text !== '');
}

/** What to ask the whole domain for, so that a name which two people have is not taken for one of them. */
export function valuesToLookUp(value: string, { delegates, email }: MappingRules): readonly AttributeValue[] {
  switch (delegates?.by) {
    case undefined:
    case 'dn':
      return [];
    case 'name':
      return [{ attribute: 'cn', value }];
    case 'sAMAccountName':
      return [{ attribute: 'sAMAccountName', value: loginOf(value) }];
    case 'userPrincipalName':
      return [{ attribute: 'userPrincipalName', value }];
    case 'address':
      return addressAttributes(email).map((attribute) => ({
        attribute,
        value: isProxyAttribute(attribute) ? `smtp:${addressOf(value)}` : addressOf(value),
      }));
  }
}

/** Finds delegates among these entries, by what the rule says their values are. */
export function buildDelegateFinder(
  rules: MappingRules,
  { directory, entries }: { readonly directory: Directory; readonly entries: readonly Entry[] },
): (value: string) => FoundDelegate {
  const by = rules.delegates?.by ?? 'dn';
  if (by === 'dn') {
    return (value) => {
      const entry = directory.entryOf(value);
      return entry === undefined ? { candidates: [] } : { entry };
    };
  }
  const index = new Map<string, Map<string, Entry>>();
  for (const entry of entries) {
    if (hasObjectClass(entry, 'computer') || hasObjectClass(entry, 'contact')) continue;
    for (const name of namesOf(entry, by, rules.email)) {
      const found = index.get(foldCase(name)) ?? new Map<string, Entry>();
      index.set(foldCase(name), found.set(normaliseDn(entry.dn), entry));
    }
  }
  return (value) => {
    const candidates = [...(index.get(foldCase(plainName(value, by)))?.values() ?? [])];
    const [entry] = candidates;
    return entry !== undefined && candidates.length === 1 ? { entry } : { candidates };
  };
}

function namesOf(entry: Entry, by: Exclude<DelegateRule['by'], 'dn'>, email: MappingRules['email']): readonly string[] {
  switch (by) {
    case 'name':
      return [commonNameOf(entry.dn) ?? []].flat();
    case 'sAMAccountName':
    case 'userPrincipalName':
      return valuesOf(entry, by);
    case 'address':
      return addressAttributes(email).flatMap((attribute) => addressesIn(entry, attribute));
  }
}

function addressAttributes(email: MappingRules['email']): readonly string[] {
  const all = ['proxyAddresses', 'mail', ...email];
  return [...new Map(all.map((name) => [name.toLowerCase(), name])).values()];
}

function addressesIn(entry: Entry, attribute: string): readonly string[] {
  const values = valuesOf(entry, attribute);
  const texts = isProxyAttribute(attribute)
    ? values.flatMap((value) => /^smtp:(.*)$/is.exec(value)?.[1] ?? [])
    : values;
  return texts.flatMap((text) => parseMailAddress(text) ?? []);
}

function plainName(value: string, by: DelegateRule['by']): string {
  if (by === 'sAMAccountName') return loginOf(value);
  return by === 'address' ? addressOf(value) : value;
}

/** With or without the `smtp:` of proxyAddresses. */
function addressOf(value: string): string {
  return parseMailAddress(value.replace(/^smtp:/i, '')) ?? value;
}

/** `COMPANY\jan` → `jan`. */
function loginOf(value: string): string {
  return value.slice(value.lastIndexOf('\\') + 1);
}
