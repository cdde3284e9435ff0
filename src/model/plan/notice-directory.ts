import { formatFileTime } from '../directory/account-flags.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import { type Entry, valueOf } from '../directory/entry.ts';
import { LAST_LOGIN, MANAGED_BY, type SourceSnapshot } from '../directory/source.ts';
import type { MappedAccount, MappedFunctional, MappedUser } from '../mapping/mapped.ts';
import type { DormantAccount, PlanBody, SourceOwner } from '../schema/generated/plan.ts';

/** What the sources say beside accounts, for reports. */
export type Noticed = Pick<PlanBody, 'dormant' | 'ownersInSource'>;

type ReadEntries = Pick<SourceSnapshot, 'name' | 'selected' | 'groups'>;

/** Who is dormant, and who owns functional accounts; what no source shows is left out. Pure. */
export function noticeDirectory(
  accounts: readonly MappedAccount[],
  sources: readonly { readonly snapshot: ReadEntries }[],
  now: Date,
): Noticed {
  const snapshots = sources.map(({ snapshot }) => snapshot);
  const ownersInSource = findOwners(accounts, snapshots);
  const noticed = snapshots.filter(({ selected }) =>
    selected.some((entry) => valueOf(entry, LAST_LOGIN) !== undefined),
  );
  return {
    ...(noticed.length === 0 ? {} : { dormant: findDormant(accounts, noticed, now) }),
    ...(ownersInSource.length === 0 ? {} : { ownersInSource }),
  };
}

const DORMANT_DAYS = 90;
const DAY_MS = 24 * 3_600_000;

function findDormant(
  accounts: readonly MappedAccount[],
  sources: readonly ReadEntries[],
  now: Date,
): NonNullable<Noticed['dormant']> {
  const latest = new Date(now.getTime() - DORMANT_DAYS * DAY_MS).toISOString();
  const found = sources.map(({ name, selected }) => {
    const people = accounts.filter((one): one is MappedUser => one.source === name && isPersonInUse(one));
    const idle = new Map(
      selected.flatMap((entry) => {
        const at = formatFileTime(valueOf(entry, LAST_LOGIN) ?? '');
        return at === null || at < latest ? [[entry.dn, at] as const] : [];
      }),
    );
    const dormant = people.flatMap(({ dn, account: { address } }): DormantAccount[] => {
      const lastLogin = idle.get(dn);
      return lastLogin === undefined ? [] : [{ address, source: name, lastLogin }];
    });
    return { source: { name, people: people.length }, dormant };
  });
  return {
    days: DORMANT_DAYS,
    sources: found.map(({ source }) => source),
    accounts: found.flatMap(({ dormant }) => dormant).sort(byAddress),
  };
}

/** Only people whose own accounts are in use: nobody else can answer for anything. */
function findOwners(accounts: readonly MappedAccount[], sources: readonly ReadEntries[]): SourceOwner[] {
  const functional = accounts.filter((one): one is MappedFunctional => one.kind === 'functional');
  if (functional.length === 0) return [];
  const managedBy = indexManagers(sources);
  if (managedBy.size === 0) return [];
  const people = new Map(accounts.filter(isPersonInUse).map(({ dn, account }) => [normaliseDn(dn), account]));
  const owners = functional.flatMap(({ dn, account: { address } }): SourceOwner[] => {
    const person = people.get(managedBy.get(dn) ?? '');
    return person === undefined ? [] : [{ account: address, owner: `${person.fullName} <${person.address}>` }];
  });
  return owners.sort((a, b) => (a.account < b.account ? -1 : 1));
}

/** DN of an entry → normalised DN of who answers for it. */
function indexManagers(sources: readonly ReadEntries[]): ReadonlyMap<string, string> {
  const named = (entry: Entry): [string, string][] => {
    const value = valueOf(entry, MANAGED_BY);
    return value === undefined ? [] : [[entry.dn, normaliseDn(value)]];
  };
  return new Map(sources.flatMap(({ groups, selected }) => [...groups, ...selected].flatMap(named)));
}

function isPersonInUse(one: MappedAccount): one is MappedUser {
  return one.kind === 'user' && one.account.active;
}

function byAddress(a: DormantAccount, b: DormantAccount): number {
  return a.address < b.address ? -1 : 1;
}
