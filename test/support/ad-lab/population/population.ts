import type { LabEntry, LabGroup, LabMailEntry, LabManifest } from '../manifest.ts';
import { buildAwkwardPeople } from './awkward-names.ts';
import { DOMAIN_DN, formatRdn, formatUnitDn } from './dn.ts';
import type { GroupDraft } from './groups.ts';
import { LARGE_GROUP_MEMBERS, buildGroups } from './groups.ts';
import { buildLogins } from './logins.ts';
import { buildOddPeople } from './odd-people.ts';
import { buildOrdinaryPeople } from './ordinary-people.ts';
import type { PersonDraft } from './person.ts';
import { buildPerson, splitAddresses } from './person.ts';
import { buildSeededUuid, createSeededRandom } from './seeded-random.ts';
import { CONTACTS, WORKSTATIONS, listUnitPaths } from './units.ts';

/** The whole invented hospital. `people` counts user entries, mailboxes and odd cases included (at least 100). */
export function buildPopulation(seed: string, people: number): LabManifest {
  if (!Number.isInteger(people) || people < 100) throw new RangeError('a lab has at least 100 people');
  const drafts = buildDrafts(seed, people);
  const persons = drafts.map((draft) => buildPerson(seed, draft));
  const contacts = buildContacts(seed, Math.max(40, LARGE_GROUP_MEMBERS - people + 100));
  const computers = buildComputers(seed, 20);
  const groupDrafts = buildGroups(
    seed,
    persons,
    contacts.map((contact) => contact.key),
  );
  const groups = groupDrafts.map((draft) => buildGroup(seed, draft));
  const dns = indexDns([...persons, ...contacts, ...computers, ...groups]);
  const members = new Map(groupDrafts.map((draft) => [dns(draft.key), draft.memberKeys.map(dns).sort()]));
  const memberOf = invert(members);
  const withGroups = <T extends LabMailEntry>(entry: T): T => ({ ...entry, memberOf: memberOf.get(entry.dn) ?? [] });
  const delegates = new Map(drafts.map((draft) => [draft.key, (draft.delegateKeys ?? []).map(dns).sort()]));
  return {
    seed,
    baseDn: DOMAIN_DN,
    units: listUnitPaths().map(formatUnitDn),
    people: persons.map((person) => ({ ...withGroups(person), delegates: delegates.get(person.key) ?? [] })),
    groups: groups.map((group) => ({ ...withGroups(group), members: members.get(group.dn) ?? [] })),
    contacts: contacts.map(withGroups),
    computers,
    logins: buildLogins(seed),
  };
}

/** The peculiar people first, the ordinary ones after them; some of those delegate to each other. */
function buildDrafts(seed: string, people: number): PersonDraft[] {
  const fixed = [...buildOddPeople(), ...buildAwkwardPeople()];
  const ordinary = buildOrdinaryPeople(seed, people - fixed.length);
  const keys = ordinary.map((draft) => draft.key);
  const delegating = ordinary.map((draft) => {
    const random = createSeededRandom(`${seed}/delegates/${draft.key}`);
    const isMailbox = draft.tags?.includes('shared-mailbox') ?? false;
    if (!random.chance(isMailbox ? 0.8 : 0.06)) return draft;
    return { ...draft, delegateKeys: random.sample(keys, random.integer(1, isMailbox ? 9 : 4)) };
  });
  return [...fixed, ...delegating];
}

function buildContacts(seed: string, count: number): LabMailEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const mail = `contact.${number}@partner.example`;
    const entry = {
      key: `contact-${number}`,
      dn: `${formatRdn('CN', `Contact ${number}`)},${formatUnitDn(CONTACTS)}`,
      guid: buildSeededUuid(seed, `contact-${number}`),
      attributes: {
        objectClass: ['contact'],
        displayName: [`Contact ${number}`],
        mail: [mail],
        proxyAddresses: [`SMTP:${mail}`],
      },
      tags: [],
    };
    return { ...entry, primary: mail, aliases: [], memberOf: [] };
  });
}

function buildComputers(seed: string, count: number): LabEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `WS${String(index + 1).padStart(4, '0')}`;
    return {
      key: `workstation-${index + 1}`,
      dn: `CN=${name},${formatUnitDn(WORKSTATIONS)}`,
      guid: buildSeededUuid(seed, name),
      attributes: { objectClass: ['computer'], sAMAccountName: [`${name}$`], userAccountControl: ['4096'] },
      tags: [],
    };
  });
}

function buildGroup(seed: string, draft: GroupDraft): LabGroup {
  const addresses = draft.proxyAddresses ?? [];
  return {
    key: draft.key,
    dn: `${formatRdn('CN', draft.commonName)},${draft.container}`,
    guid: buildSeededUuid(seed, draft.key),
    attributes: {
      objectClass: ['group'],
      sAMAccountName: [draft.key],
      groupType: [String(draft.groupType)],
      displayName: [draft.commonName],
      ...(draft.mail ? { mail: [draft.mail] } : {}),
      ...(addresses.length === 0 ? {} : { proxyAddresses: addresses }),
    },
    tags: draft.tags,
    ...splitAddresses(addresses),
    memberOf: [],
    members: [],
  };
}

function indexDns(entries: readonly LabEntry[]): (key: string) => string {
  const dns = new Map(entries.map((entry) => [entry.key, entry.dn]));
  return (key) => {
    const dn = dns.get(key);
    if (dn === undefined) throw new Error(`nobody in the lab has the key ${key}`);
    return dn;
  };
}

function invert(members: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const memberOf = new Map<string, string[]>();
  for (const [group, dns] of members) {
    for (const dn of dns) memberOf.set(dn, [...(memberOf.get(dn) ?? []), group].sort());
  }
  return memberOf;
}
