import type { PersonDraft } from './person.ts';
import { EXPIRED_2020, EXPIRES_2099, NEVER_EXPIRES } from './person.ts';
import { LEAVERS, ODD_CASES, SHARED_MAILBOXES, SUPPLIERS } from './units.ts';

/** People with one peculiarity each, the same in every lab. */
export function buildOddPeople(): PersonDraft[] {
  return [
    ...sharedAddresses(),
    ...incompletePeople(),
    ...unusualAddresses(),
    ...accountStates(),
    ...delegations(),
    ...guids(),
  ];
}

function sharedAddresses(): PersonDraft[] {
  return [
    odd('twin-primary-1', { proxyAddresses: ['SMTP:twins@company.org'], mail: 'twins@company.org' }),
    odd('twin-primary-2', { proxyAddresses: ['SMTP:Twins@company.org'], mail: 'twins@company.org' }),
    odd('twin-alias-1', withAliases('twin-alias-1', 'smtp:common@company.org')),
    odd('twin-alias-2', withAliases('twin-alias-2', 'smtp:common@company.org')),
    odd('alias-of-other', withAliases('alias-of-other', 'smtp:primary-of-other@company.org')),
    odd('primary-of-other', withAliases('primary-of-other')),
  ];
}

function incompletePeople(): PersonDraft[] {
  return [
    odd('no-mail', { tags: ['no-mail'] }),
    {
      key: 'no-name',
      unit: ODD_CASES,
      commonName: 'x-noname',
      login: 'x-noname',
      ...withAliases('no-name'),
      tags: ['no-name'],
    },
    odd('mail-only', { mail: 'mail-only@company.org', tags: ['mail-only'] }),
    odd('proxy-only', { proxyAddresses: ['SMTP:proxy-only@company.org'] }),
    odd('aliases-only', { proxyAddresses: ['smtp:aliases-only@company.org'], tags: ['no-primary'] }),
    odd('inetorgperson', { ...withAliases('inetorgperson'), objectClass: 'inetOrgPerson' }),
  ];
}

function unusualAddresses(): PersonDraft[] {
  const many = Array.from({ length: 60 }, (_, index) => `smtp:alias-${index + 1}.of.many@company.org`);
  return [
    odd('mail-differs', { mail: 'other@company.org', proxyAddresses: ['SMTP:mail-differs@company.org'] }),
    odd('two-primaries', {
      proxyAddresses: ['SMTP:two-1@company.org', 'SMTP:two-2@company.org'],
      tags: ['two-primaries'],
    }),
    odd('unclaimed-primary', { proxyAddresses: ['SMTP:unclaimed@legacy-clinic.example'], tags: ['unclaimed-primary'] }),
    odd('second-domain', { proxyAddresses: ['SMTP:second-domain@company.nl'] }),
    odd('mixed-case', {
      proxyAddresses: ['SMTP:Mixed.CASE@Company.ORG', 'smtp:MIXED@company.NL'],
      mail: 'Mixed.CASE@Company.ORG',
    }),
    odd('tagged-address', { proxyAddresses: ['SMTP:tagged+zivver@company.org', "smtp:o'brien@company.org"] }),
    odd('broken-address', {
      proxyAddresses: ['SMTP:not-an-address', 'smtp:', 'smtp:a b@company.org'],
      tags: ['broken-address'],
    }),
    odd('many-aliases', withAliases('many-aliases', ...many)),
    odd(
      'other-protocols',
      withAliases('other-protocols', 'X400:c=NL;a= ;p=Company;o=x;s=y;', 'SIP:o@company.org', 'EUM:12;phone-context=x'),
    ),
  ];
}

function accountStates(): PersonDraft[] {
  const states: Readonly<Record<string, Partial<PersonDraft>>> = {
    'disabled-514': { userAccountControl: 514 },
    'disabled-66050': { userAccountControl: 66050 },
    'enabled-but-expired': { accountExpires: EXPIRED_2020 },
    'expires-later': { accountExpires: EXPIRES_2099 },
    'expires-zero': { accountExpires: '0' },
    'expires-never': { accountExpires: NEVER_EXPIRES },
    'disabled-and-expired': { userAccountControl: 514, accountExpires: EXPIRED_2020, unit: LEAVERS },
    'smart-card': { userAccountControl: 262656 },
  };
  return Object.entries(states).map(([key, more]) =>
    odd(key, { ...withAliases(key), tags: ['account-state'], ...more }),
  );
}

function delegations(): PersonDraft[] {
  const mailbox = (key: string, type: string): PersonDraft => ({
    ...odd(key, { ...withAliases(key), tags: [key], userAccountControl: 514, unit: SHARED_MAILBOXES }),
    more: { displayName: key, msExchRecipientTypeDetails: type },
    delegateKeys: ['expires-never', 'second-domain'],
  });
  const troubled = ['disabled-514', 'supplier', 'no-mail', 'delegator', 'contact-1', 'group-ict', 'expires-never'];
  return [
    odd('delegator', { ...withAliases('delegator'), delegateKeys: troubled, tags: ['delegates'] }),
    odd('supplier', { ...withAliases('supplier'), unit: SUPPLIERS }),
    odd('chain-1', { ...withAliases('chain-1'), delegateKeys: ['chain-2'] }),
    odd('chain-2', { ...withAliases('chain-2'), delegateKeys: ['chain-1'] }),
    mailbox('shared-mailbox', '4'),
    mailbox('room-mailbox', '16'),
    mailbox('equipment-mailbox', '32'),
  ];
}

/** objectGUIDs whose bytes are text, and text behind a byte order mark: LDAP clients that guess get them wrong. */
function guids(): PersonDraft[] {
  return [
    odd('ascii-guid', { ...withAliases('ascii-guid'), guid: '44434241-4645-4847-494a-4b4c4d4e4f50' }),
    odd('byte-order-mark-guid', {
      ...withAliases('byte-order-mark-guid'),
      guid: '41bfbbef-4342-4544-4647-48494a4b4c4d',
    }),
  ];
}

function odd(key: string, draft: Partial<PersonDraft>): PersonDraft {
  const name = `Odd ${key}`;
  return {
    key,
    unit: ODD_CASES,
    commonName: name,
    login: `o-${key}`.slice(0, 20),
    more: { displayName: name, givenName: 'Odd', sn: key },
    ...draft,
  };
}

function withAliases(key: string, ...aliases: readonly string[]): { mail: string; proxyAddresses: string[] } {
  return { mail: `${key}@company.org`, proxyAddresses: [`SMTP:${key}@company.org`, ...aliases] };
}
