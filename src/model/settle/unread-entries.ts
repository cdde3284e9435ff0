import { fact } from '../facts/fact.ts';
import type { Entry } from '../directory/entry.ts';
import type { ExcludedEntry } from '../mapping/mapped.ts';
import { readKey } from '../mapping/map-key.ts';
import { mapInactivity } from '../mapping/map-state.ts';
import { mapEntryAddresses } from '../mapping/rules.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { DomainRead } from './evidence.ts';

/** Entries of a whole domain without a key that can be read, by each address they have: whoever is found nowhere by key may be one of them. */
export function findUnreadEntries({ configured, people }: DomainRead, now: Date): [string, ExcludedEntry][] {
  return people.flatMap((entry): [string, ExcludedEntry][] => {
    const read = readKey(entry, configured.mapping, 'guid');
    if (!('why' in read)) return [];
    const { primary, aliases = [] } = mapEntryAddresses(entry, configured.mapping);
    const detail = fact('who-unknown', { why: read.why });
    const excluded = excludeUnread(entry, { detail, address: primary }, configured);
    const isInactive = mapInactivity(entry, now, configured.mapping) !== null;
    const told: ExcludedEntry = isInactive ? { ...excluded, isInactive } : excluded;
    return [...(primary === null ? [] : [primary]), ...aliases].map((address) => [address, told]);
  });
}

/** Every entry has an objectGUID: one that cannot be read may be whoever is found nowhere. Another attribute may be empty by right. */
export function hasHiddenKeys({ configured, people }: DomainRead): boolean {
  const isGuid = /guid$/i.test(configured.mapping.accountKey);
  return isGuid && people.some((entry) => 'why' in readKey(entry, configured.mapping, 'guid'));
}

function excludeUnread(
  { dn }: Entry,
  { detail, address }: { readonly detail: Fact; readonly address: string | null },
  { name, mapping }: DomainRead['configured'],
): ExcludedEntry {
  return {
    key: null,
    effect: 'held',
    reason: null,
    evidence: { source: name, lookup: 'domain', entry: dn, attribute: mapping.accountKey, value: null },
    exclusion: { source: name, subject: dn, address, reason: 'no-key', detail },
  };
}
