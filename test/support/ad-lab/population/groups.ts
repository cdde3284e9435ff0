import type { LabPerson } from '../manifest.ts';
import { DOMAIN_DN, formatUnitDn } from './dn.ts';
import type { SeededRandom } from './seeded-random.ts';
import { createSeededRandom } from './seeded-random.ts';
import { DEPARTMENTS, GROUPS } from './units.ts';

/** A group before its members are DNs. */
export interface GroupDraft {
  readonly key: string;
  readonly commonName: string;
  readonly container: string;
  readonly groupType: number;
  readonly mail?: string;
  readonly proxyAddresses?: readonly string[];
  readonly memberKeys: readonly string[];
  readonly tags: readonly string[];
}

const DISTRIBUTION = 8;
const UNIVERSAL_SECURITY = -2147483640;
const GLOBAL_SECURITY = -2147483646;

/** More members than one LDAP answer of Windows holds (1500). */
export const LARGE_GROUP_MEMBERS = 1600;

/** `contactKeys` fill the large group where people are few. */
export function buildGroups(seed: string, people: readonly LabPerson[], contactKeys: readonly string[]): GroupDraft[] {
  const random = createSeededRandom(`${seed}/groups`);
  return [
    ...buildSelectionGroups(random, people),
    ...buildDepartmentGroups(people),
    ...buildOddGroups(people, contactKeys),
    ...buildProjectGroups(random, people),
  ];
}

/** ZivverUsers names most of the staff directly and some only through a nested group. */
function buildSelectionGroups(random: SeededRandom, people: readonly LabPerson[]): GroupDraft[] {
  const staff = people.filter((person) => person.ou.endsWith(`,${formatUnitDn(['Staff'])}`));
  const users = `CN=Users,${DOMAIN_DN}`;
  const direct = staff.filter(() => random.chance(0.85));
  const named = new Set(direct);
  const pilot = staff.filter((person) => !named.has(person));
  const bare = { container: users, groupType: GLOBAL_SECURITY, tags: ['no-mail'] };
  return [
    { ...bare, key: 'zivver-users', commonName: 'ZivverUsers', memberKeys: [...keysOf(direct), 'zivver-pilot'] },
    { ...bare, key: 'zivver-pilot', commonName: 'Zivver pilot', memberKeys: keysOf(pilot) },
    {
      ...bare,
      key: 'no-account',
      commonName: 'Zivver-no-account',
      memberKeys: keysOf(staff.filter(() => random.chance(0.03))),
    },
  ];
}

function buildDepartmentGroups(people: readonly LabPerson[]): GroupDraft[] {
  const departments = DEPARTMENTS.map(({ path, mailbox, weight }) => {
    const ou = formatUnitDn(path);
    const members = people.filter((person) => person.ou === ou);
    const type = weight > 8 ? UNIVERSAL_SECURITY : DISTRIBUTION;
    return mailGroup(`group-${mailbox}`, path.at(-1) ?? mailbox, mailbox, keysOf(members), [], type);
  });
  const parts = ['nursing', 'cardiology', 'oncology', 'emergency', 'pharmacy'].map((mailbox) => `group-${mailbox}`);
  return [...departments, mailGroup('all-care', 'All Care', 'care', [...parts, 'shared-mailbox'], ['nested'])];
}

function buildOddGroups(people: readonly LabPerson[], contactKeys: readonly string[]): GroupDraft[] {
  const everyone = [...keysOf(people.filter((person) => person.primary !== null)), ...contactKeys];
  const mixed = ['disabled-514', 'supplier', 'no-mail', 'contact-1', 'workstation-1', 'expires-never', 'group-ict'];
  return [
    mailGroup('everyone', 'Everyone', 'everyone', everyone, ['large']),
    mailGroup('cycle-a', 'Cycle A', 'cycle-a', ['cycle-b', 'expires-never'], ['cycle']),
    mailGroup('cycle-b', 'Cycle B', 'cycle-b', ['cycle-c', 'expires-later'], ['cycle']),
    mailGroup('cycle-c', 'Cycle C', 'cycle-c', ['cycle-a', 'expires-zero'], ['cycle']),
    mailGroup('empty-group', 'Empty list', 'empty-list', [], ['empty']),
    mailGroup('mixed-group', 'Mixed members', 'mixed', mixed, ['mixed']),
    mailGroup('awkward-group', 'R&D + "Sales"; A=B, <x> #1', 'awkward.group', ['expires-never'], ['awkward-name']),
    mailGroup('hidden-name-group', '@everyone | `x` \u202Egnp', 'rtl.group', ['expires-later'], ['awkward-name']),
    mailGroup('group-with-address-of-person', 'Address of a person', 'delegator', ['expires-zero'], ['shared-address']),
    {
      ...mailGroup('printers', 'Printers 2nd floor', 'unused', ['expires-never'], ['no-mail'], GLOBAL_SECURITY),
      ...NO_MAIL,
    },
    {
      ...mailGroup('mail-only-group', 'Mail without proxies', 'mail-only-group', ['expires-zero'], ['mail-only']),
      proxyAddresses: [],
    },
  ];
}

const NO_MAIL = { mail: '', proxyAddresses: [] };

/** One for every 25 people; every third of them without mail. */
function buildProjectGroups(random: SeededRandom, people: readonly LabPerson[]): GroupDraft[] {
  return Array.from({ length: Math.ceil(people.length / 25) }, (_, index) => {
    const number = index + 1;
    const members = keysOf(random.sample(people, random.integer(2, 20)));
    const group = mailGroup(`project-${number}`, `Project ${number}`, `project.${number}`, members, ['project']);
    return number % 3 === 0 ? { ...group, ...NO_MAIL, groupType: GLOBAL_SECURITY, tags: ['no-mail'] } : group;
  });
}

function mailGroup(
  key: string,
  commonName: string,
  local: string,
  memberKeys: readonly string[],
  tags: readonly string[],
  groupType: number = DISTRIBUTION,
): GroupDraft {
  const proxyAddresses = [`SMTP:${local}@company.org`, `smtp:${local}@company.nl`];
  const mail = `${local}@company.org`;
  return { key, commonName, container: formatUnitDn(GROUPS), groupType, mail, proxyAddresses, memberKeys, tags };
}

function keysOf(people: readonly LabPerson[]): string[] {
  return people.map((person) => person.key);
}
