import type { Directory } from '../directory/directory.ts';
import { type Entry, valueOf } from '../directory/entry.ts';
import { MAILBOX_TYPE, mailboxTypeOf } from '../directory/mailbox-type.ts';
import { findBrokenFilter } from '../directory/selection.ts';
import { buildFunctional } from './build-functional.ts';
import { excludeEntry, nameEntry } from './map-person.ts';
import type { PersonContext } from './person-context.ts';
import type { ExcludedEntry, MappedFunctional } from './mapped.ts';
import { mapInactivity, mapKey } from './rules.ts';

/**
 * Shared mailboxes, rooms and equipment are users too as far as AD is concerned; this tells what kind of account the entry is
 * for. Null: none, which the context is told.
 */
export function sortMailbox(entry: Entry, directory: Directory, context: PersonContext): 'person' | 'shared' | null {
  const { as } = context.source.mapping.sharedMailboxes;
  const use = useOf(entry, directory, context);
  if (use === 'room' || use === 'equipment' || (use === 'shared' && as === 'exclude')) {
    context.excluded.push(excludeMailbox(entry, use, context));
    return null;
  }
  if (use === 'shared' && as === 'default') context.observations.sharedMailboxes.push(entry.dn);
  return use === 'shared' && as === 'functional' ? 'shared' : 'person';
}

/** A shared mailbox as functional account; its members are still missing. */
export function mapSharedMailbox(
  entry: Entry,
  context: PersonContext,
): { readonly mapped: MappedFunctional } | { readonly excluded: ExcludedEntry } {
  const named = nameEntry(entry, context);
  if ('excluded' in named) return named;
  const account = buildFunctional(entry, named, context);
  const { name: source } = context.source;
  return { mapped: { kind: 'functional', source, dn: entry.dn, people: [], account, sharedBy: markOf(entry) } };
}

function useOf(
  entry: Entry,
  directory: Directory,
  { source, now }: PersonContext,
): 'person' | 'shared' | 'room' | 'equipment' {
  const use = mailboxTypeOf(entry)?.use ?? 'person';
  const { filters } = source.mapping.sharedMailboxes;
  if (use !== 'person' || filters === null || mapInactivity(entry, now)?.reason !== 'disabled') return use;
  return findBrokenFilter(entry, filters, directory) === null ? 'shared' : 'person';
}

function markOf(entry: Entry): { attribute: string; value: string } {
  const attribute = (mailboxTypeOf(entry)?.use ?? 'person') === 'person' ? 'userAccountControl' : MAILBOX_TYPE;
  return { attribute, value: valueOf(entry, attribute) ?? '' };
}

/** Disabled, as they usually are, is the better reason for an account that exists: it is what AD says. */
function excludeMailbox(entry: Entry, use: 'shared' | 'room' | 'equipment', context: PersonContext): ExcludedEntry {
  const key = mapKey(entry, context.source.mapping.accountKey, 'guid')?.key ?? null;
  const inactivity = mapInactivity(entry, context.now);
  const mark = inactivity ?? markOf(entry);
  const type = valueOf(entry, MAILBOX_TYPE);
  const detail = `${use === 'room' ? 'a room' : use === 'equipment' ? 'equipment' : 'a shared mailbox'}${type === undefined ? '' : ` (${MAILBOX_TYPE} = ${type})`}`;
  const fault = {
    reason: use === 'shared' ? 'shared-mailbox' : 'room-mailbox',
    detail,
    attribute: mark.attribute,
    value: mark.value,
    leavesAs: inactivity?.reason ?? 'filtered',
  } as const;
  return excludeEntry(entry, key, fault, context);
}
