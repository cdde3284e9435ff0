import { fact } from '../facts/fact.ts';
import type { Directory } from '../directory/directory.ts';
import { type Entry, valueOf } from '../directory/entry.ts';
import {
  isLinkedMailbox,
  isSystemMailboxName,
  MAILBOX_TYPE,
  type MailboxType,
  mailboxTypeOf,
} from '../directory/mailbox-type.ts';
import { findBrokenFilter } from '../directory/selection.ts';
import { buildFunctional } from './build-functional.ts';
import { excludeEntry, nameEntry, originOf } from './map-person.ts';
import type { PersonContext } from './person-context.ts';
import type { ExcludedEntry, MappedFunctional } from './mapped.ts';
import { mapKey } from './map-key.ts';
import { mapInactivity } from './map-state.ts';

/**
 * Shared mailboxes, rooms and equipment are users too as far as AD is concerned; this tells what kind of account the entry is
 * for. Null: none, which the context is told.
 */
export function sortMailbox(entry: Entry, directory: Directory, context: PersonContext): 'person' | 'shared' | null {
  const { as } = context.source.mapping.sharedMailboxes;
  const use = useOf(entry, directory, context);
  if (use === 'room' || use === 'equipment' || use === 'system' || (use === 'shared' && as === 'exclude')) {
    context.excluded.push(excludeMailbox(entry, use, context));
    return null;
  }
  if (use === 'shared' && as === 'default') context.observations.sharedMailboxes.push(entry.dn);
  const isIdle =
    isLinkedMailbox(entry) && mapInactivity(entry, context.now, context.source.mapping)?.reason === 'disabled';
  if (isIdle) context.observations.linkedMailboxes.push(entry.dn);
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
  const common = { source, dn: entry.dn, people: [], account, sharedBy: markOf(entry) };
  return { mapped: { kind: 'functional', ...common, ...originOf(entry, named.identity) } };
}

function useOf(entry: Entry, directory: Directory, { source, now }: PersonContext): MailboxType['use'] {
  const use = mailboxTypeOf(entry)?.use ?? (isSystemMailboxName(entry.dn) ? 'system' : 'person');
  const { filters } = source.mapping.sharedMailboxes;
  if (use !== 'person' || filters === null || mapInactivity(entry, now, source.mapping)?.reason !== 'disabled')
    return use;
  return findBrokenFilter(entry, filters, directory) === null ? 'shared' : 'person';
}

function markOf(entry: Entry): { attribute: string; value: string } {
  const attribute = (mailboxTypeOf(entry)?.use ?? 'person') === 'person' ? 'userAccountControl' : MAILBOX_TYPE;
  return { attribute, value: valueOf(entry, attribute) ?? '' };
}

const REASONS = {
  shared: 'shared-mailbox',
  room: 'room-mailbox',
  equipment: 'room-mailbox',
  system: 'not-a-person',
} as const;

/** Disabled, as they usually are, is the better reason for an account that exists: it is what AD says. */
function excludeMailbox(
  entry: Entry,
  use: Exclude<MailboxType['use'], 'person'>,
  context: PersonContext,
): ExcludedEntry {
  const key = mapKey(entry, context.source.mapping, 'guid')?.key ?? null;
  const inactivity = mapInactivity(entry, context.now, context.source.mapping);
  const mark = inactivity ?? markOf(entry);
  const type = valueOf(entry, MAILBOX_TYPE);
  const detail = fact('mailbox', { use, type });
  const fault = {
    reason: REASONS[use],
    detail,
    attribute: mark.attribute,
    value: mark.value,
    leavesAs: inactivity?.reason ?? 'filtered',
  } as const;
  return excludeEntry(entry, { ...fault, key }, context);
}
