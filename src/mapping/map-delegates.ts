import type { Directory } from '../directory/directory.ts';
import { type Entry, hasObjectClass, valuesOf } from '../directory/entry.ts';
import type { PersonContext } from './map-person.ts';
import type { MappedReference, MappedUser } from './mapped.ts';
import { isClaimed, mapAddresses, mapInactivity, mapKey } from './rules.ts';

/** msExchDelegateListLink holds DNs (active-directory.md §4.8), possibly of people outside the base DN. */
export function findDelegateDns(entry: Entry, attribute: string): readonly string[] {
  return valuesOf(entry, attribute);
}

export interface DelegateContext {
  readonly directory: Directory;
  readonly context: PersonContext;
  readonly entries: readonly Entry[];
}

/**
 * Adds `delegates` (addresses, sorted) to the users. If the attribute is empty everywhere, nothing is known about
 * delegates (no Exchange, or no right to read it): they stay unmanaged, with a note.
 */
export function mapDelegates(
  users: ReadonlyMap<Entry, MappedUser>,
  { directory, context, entries }: DelegateContext,
): { users: MappedUser[]; note: string | null } {
  const attribute = context.source.mapping.delegates;
  if (attribute === 'none') return { users: [...users.values()], note: null };
  if (!entries.some((entry) => valuesOf(entry, attribute).length > 0)) {
    const note = `Source ${context.source.name}: ${attribute} is empty everywhere, so delegates in Zivver are left as they are.`;
    return { users: [...users.values()], note };
  }
  const mapped = [...users].map(([entry, user]) => {
    const people = delegatesOf(entry, user, attribute, { directory, context });
    const delegates = [...new Set(people.map(({ address }) => address))].sort();
    return { ...user, people, account: { ...user.account, delegates } };
  });
  return { users: mapped, note: null };
}

function delegatesOf(
  entry: Entry,
  user: MappedUser,
  attribute: string,
  { directory, context }: { directory: Directory; context: PersonContext },
): MappedReference[] {
  const delegates: MappedReference[] = [];
  for (const dn of findDelegateDns(entry, attribute)) {
    const resolved = resolveDelegate(directory.entryOf(dn), context);
    if ('address' in resolved) {
      if (resolved.address !== user.account.address) delegates.push(resolved);
      continue;
    }
    const detail = `delegate ${dn} is left out: ${resolved.why}`;
    const { name } = context.source;
    context.exclusions.push({
      source: name,
      subject: entry.dn,
      address: user.account.address,
      reason: 'delegate-left-out',
      detail,
    });
  }
  return delegates;
}

function resolveDelegate(entry: Entry | undefined, context: PersonContext): MappedReference | { why: string } {
  if (entry === undefined) return { why: 'no such entry, or it may not be read' };
  const { primary } = mapAddresses(entry, context.source.mapping.email);
  if (primary === null) return { why: 'it has no e-mail address' };
  if (!isClaimed(primary, context.configuration)) return { why: `${primary} is not in a claimed domain` };
  if (hasObjectClass(entry, 'group'))
    return { address: primary, key: mapKey(entry, 'objectGUID', 'guid')?.key ?? null };
  const inactivity = mapInactivity(entry, context.now);
  if (inactivity !== null) return { why: `the account of ${primary} is ${inactivity.reason}` };
  return { address: primary, key: mapKey(entry, context.source.mapping.accountKey, 'guid')?.key ?? null };
}
