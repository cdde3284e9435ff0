import type { PersonDraft } from './person.ts';
import { EXPIRED_2020, EXPIRES_2099, NEVER_EXPIRES } from './person.ts';
import type { PersonName } from './names.ts';
import { formatLocalPart, pickName } from './names.ts';
import type { SeededRandom } from './seeded-random.ts';
import { createSeededRandom } from './seeded-random.ts';
import { pickPhone } from './phones.ts';
import { DEPARTMENTS, LEAVERS, SHARED_MAILBOXES, SUPPLIERS } from './units.ts';

type Placement = 'staff' | 'leaver' | 'supplier' | 'shared-mailbox';

/** `count` people as a hospital has them. Person n is the same in every population of this seed. */
export function buildOrdinaryPeople(seed: string, count: number): PersonDraft[] {
  const taken = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const random = createSeededRandom(`${seed}/person/${index}`);
    const placement = pickPlacement(random);
    const number = index + 1;
    return placement === 'shared-mailbox'
      ? buildSharedMailbox(random, number)
      : build(random, placement, number, taken);
  });
}

function build(random: SeededRandom, placement: Placement, number: number, taken: Map<string, number>): PersonDraft {
  const name = pickName(random.pick);
  const local = formatLocalPart(name);
  const repeat = (taken.get(local) ?? 0) + 1;
  taken.set(local, repeat);
  const address = repeat === 1 ? local : `${local}${repeat}`;
  const hasMail = !random.chance(0.03);
  return {
    key: `person-${number}`,
    unit: pickUnit(random, placement),
    commonName: repeat === 1 ? `${name.given} ${name.surname}` : `${name.given} ${name.surname} (${repeat})`,
    login: `u${String(number).padStart(6, '0')}`,
    userAccountControl: placement === 'leaver' || random.chance(0.02) ? 514 : random.pick([512, 512, 512, 66048]),
    ...pickExpiry(random),
    ...(hasMail ? { mail: `${address}@company.org`, proxyAddresses: buildAddresses(random, address, number) } : {}),
    more: { ...nameAttributes(random, name), ...workAttributes(random, number, hasMail, address) },
    tags: [placement, ...(hasMail ? [] : ['no-mail'])],
  };
}

function buildAddresses(random: SeededRandom, local: string, number: number): string[] {
  const addresses = [`SMTP:${local}@company.org`];
  if (random.chance(0.6)) addresses.push(`smtp:${local}@company.nl`);
  if (random.chance(0.1)) addresses.push(`smtp:u${number}@company.org`);
  if (random.chance(0.08)) addresses.push(`smtp:${local}@legacy-clinic.example`);
  if (random.chance(0.15)) addresses.push(`X500:/o=Company/ou=First Site/cn=Recipients/cn=u${number}`);
  if (random.chance(0.2)) addresses.push(`SIP:${local}@company.org`);
  return addresses;
}

function buildSharedMailbox(random: SeededRandom, number: number): PersonDraft {
  const use = random.pick(['Planning', 'Intake', 'Reception', 'Archive', 'Complaints', 'Training', 'Roster']);
  const department = random.pick(DEPARTMENTS).mailbox;
  const local = `${use.toLowerCase()}.${department}${number}`;
  return {
    key: `person-${number}`,
    unit: SHARED_MAILBOXES,
    commonName: `${use} ${department} ${number}`,
    login: `s${String(number).padStart(6, '0')}`,
    userAccountControl: 514,
    mail: `${local}@company.org`,
    proxyAddresses: [`SMTP:${local}@company.org`, `smtp:${local}@company.nl`],
    more: { displayName: `${use} ${department}`, mailNickname: local, msExchRecipientTypeDetails: '4' },
    tags: ['shared-mailbox'],
  };
}

function nameAttributes(random: SeededRandom, { given, surname }: PersonName): Record<string, string> {
  const displayName = random.chance(0.15) ? `${surname}, ${given}` : `${given} ${surname}`;
  return { displayName, givenName: given, sn: surname };
}

function workAttributes(random: SeededRandom, number: number, hasMail: boolean, local: string): Record<string, string> {
  const mobile = pickPhone(random);
  return {
    employeeID: String(100_000 + number),
    extensionAttribute1: `P${number}`,
    title: random.pick(['Nurse', 'Doctor', 'Assistant', 'Planner', 'Team lead', 'Analyst', 'Secretary']),
    ...(mobile === undefined ? {} : { mobile }),
    ...(hasMail ? { mailNickname: local, msExchRecipientTypeDetails: '1' } : {}),
    ...(random.chance(0.05) ? { msExchHideFromAddressLists: 'TRUE' } : {}),
  };
}

function pickPlacement(random: SeededRandom): Placement {
  const roll = random.next();
  if (roll < 0.82) return 'staff';
  if (roll < 0.88) return 'leaver';
  return roll < 0.95 ? 'supplier' : 'shared-mailbox';
}

function pickUnit(random: SeededRandom, placement: Placement): readonly string[] {
  if (placement === 'leaver') return LEAVERS;
  if (placement === 'supplier') return SUPPLIERS;
  const lots = DEPARTMENTS.flatMap((department) => Array.from({ length: department.weight }, () => department.path));
  return random.pick(lots);
}

function pickExpiry(random: SeededRandom): { accountExpires?: string } {
  const roll = random.next();
  if (roll < 0.02) return { accountExpires: EXPIRED_2020 };
  if (roll < 0.05) return { accountExpires: EXPIRES_2099 };
  if (roll < 0.3) return { accountExpires: '0' };
  return roll < 0.6 ? { accountExpires: NEVER_EXPIRES } : {};
}
