import { fact } from '../facts/fact.ts';
import { type Directory } from '../directory/directory.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import { type Entry, hasObjectClass } from '../directory/entry.ts';
import { mailboxTypeOf } from '../directory/mailbox-type.ts';
import type { DelegateRule } from '../configuration/mapping-rules.ts';
import type { ExclusionReason, Fact } from '../schema/generated/plan.ts';
import { buildDelegateFinder, delegateValues, type FoundDelegate } from './delegate-finder.ts';
import type { PersonContext } from './person-context.ts';
import type { MappedAccount, MappedFunctional, MappedReference, MappedUser } from './mapped.ts';
import { mapKey } from './map-key.ts';
import { mapInactivity } from './map-state.ts';
import { isClaimed, mapAddresses } from './rules.ts';

export interface DelegateContext {
  readonly directory: Directory;
  readonly context: PersonContext;
  /** Everybody who may be named: selected, looked up, and groups. */
  readonly known: readonly Entry[];
  /** Those of them who have a personal account. */
  readonly users: ReadonlyMap<Entry, MappedUser>;
  /** Those that have a functional account of their own. */
  readonly mailboxes: ReadonlyMap<Entry, MappedFunctional>;
}

/** Whom an entry's delegates are, with an exclusion for each that is left out. */
export type DelegatesOf = (entry: Entry, account: MappedAccount) => MappedReference[];

/**
 * Finds delegates of people and members of shared mailboxes. Null if they are not managed: the mapping says none, or the
 * attribute is empty everywhere, so that nothing is known (no Exchange, or no right to read it).
 */
export function buildDelegates(
  owners: Iterable<Entry>,
  members: (group: string) => readonly MappedUser[],
  at: DelegateContext,
): DelegatesOf | null {
  const rule = at.context.source.mapping.delegates;
  if (rule === null || !hasDelegates(owners, rule)) return null;
  const find = buildDelegateFinder(at.context.source.mapping, { directory: at.directory, entries: at.known });
  return (entry, account) => {
    const found: MappedReference[] = [];
    for (const value of delegateValues(entry, rule)) {
      const resolved = resolve(find(value), { ...at, account, members });
      if ('why' in resolved) leaveOut({ entry, account }, { value, ...resolved }, at.context);
      else found.push(...resolved.people.filter(({ address }) => address !== account.account.address));
    }
    return found;
  };
}

export function hasDelegates(owners: Iterable<Entry>, rule: DelegateRule): boolean {
  for (const entry of owners) if (delegateValues(entry, rule).length > 0) return true;
  return false;
}

type Resolved = { readonly people: readonly MappedReference[] } | { readonly why: Fact; readonly isAmbiguous?: true };

interface Resolving extends Pick<DelegateContext, 'context' | 'users' | 'mailboxes'> {
  readonly account: MappedAccount;
  readonly members: (group: string) => readonly MappedUser[];
}

function resolve(found: FoundDelegate, { account, members, context, users, mailboxes }: Resolving): Resolved {
  if ('candidates' in found) return explainNobody(found.candidates);
  const { entry } = found;
  const user = users.get(entry);
  if (user?.inactivity === null) return { people: [{ address: user.account.address, key: user.account.key }] };
  const mailbox = mailboxes.get(entry);
  const isMailbox = mailbox !== undefined || (mailboxTypeOf(entry)?.use ?? 'person') !== 'person';
  if (isMailbox && account.kind === 'functional') return { why: fact('only-people', { what: 'mailbox' }) };
  if (mailbox !== undefined) return { people: [{ address: mailbox.account.address, key: mailbox.account.key }] };
  const isGroup = hasObjectClass(entry, 'group');
  if (isGroup && account.kind === 'functional') {
    const people = members(normaliseDn(entry.dn)).filter(({ inactivity }) => inactivity === null);
    if (people.length === 0) return { why: fact('group-without-accounts') };
    return { people: people.map((person) => ({ address: person.account.address, key: person.account.key })) };
  }
  const { mapping } = context.source;
  const { primary } = mapAddresses(entry, isGroup ? (mapping.groups?.email ?? mapping.email) : mapping.email);
  if (primary === null) return { why: fact('has-no-address') };
  if (!isClaimed(primary, context.configuration)) return { why: fact('not-claimed', { address: primary }) };
  // A shared mailbox and a room are disabled all their life.
  const inactivity = isGroup || isMailbox ? null : mapInactivity(entry, context.now, mapping);
  if (inactivity !== null) return { why: fact('account-inactive', { state: inactivity.reason, address: primary }) };
  const key = mapKey(entry, isGroup ? (mapping.groups ?? { accountKey: 'objectGUID' }) : mapping, 'guid');
  return { people: [{ address: primary, key: key?.key ?? null }] };
}

function explainNobody(candidates: readonly Entry[]): Resolved {
  if (candidates.length === 0) return { why: fact('no-such-entry') };
  return { why: fact('name-shared', { entries: candidates.map(({ dn }) => dn).sort() }), isAmbiguous: true };
}

function leaveOut(
  { entry, account: { kind, account } }: { readonly entry: Entry; readonly account: MappedAccount },
  { value, why, isAmbiguous }: { value: string; why: Fact; isAmbiguous?: true },
  context: PersonContext,
): void {
  const unknown: ExclusionReason = kind === 'user' ? 'delegate-left-out' : 'member-left-out';
  context.exclusions.push({
    source: context.source.name,
    subject: entry.dn,
    address: account.address,
    reason: isAmbiguous === true ? 'delegate-ambiguous' : unknown,
    detail: fact(kind === 'user' ? 'delegate-left-out' : 'member-left-out', { who: value, why }),
  });
}
