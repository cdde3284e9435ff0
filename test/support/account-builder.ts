import { LiveIndex } from '../../src/model/account/existing-index.ts';
import type { ExistingAccount, ExistingFunctional, ExistingUser } from '../../src/model/account/account.ts';
import { accountKeyOf } from '../../src/model/account/key.ts';
import { parseConfiguration, type Configuration } from '../../src/model/configuration/configuration.ts';
import type { MappedFunctional, MappedUser } from '../../src/model/mapping/mapped.ts';
import type { DesiredFunctional, DesiredUser } from '../../src/model/schema/generated/account.ts';
import type { SettledAccount } from '../../src/model/settle/settlement.ts';
import type { Entry } from '../../src/model/directory/entry.ts';
import { buildSeededUuid } from './ad-lab/population/seeded-random.ts';

/** Accounts for unit tests, all found by a short name: `anna` is anna@company.org with the key and the id of anna. */

export function addressOf(name: string): string {
  return name.includes('@') ? name : `${name}@company.org`;
}

export function keyFor(name: string): string {
  return accountKeyOf(name);
}

export function idFor(name: string): string {
  return buildSeededUuid(name);
}

export function existingUser(name: string, given: Partial<ExistingUser> = {}): ExistingUser {
  return {
    kind: 'user',
    zivverId: idFor(name),
    address: addressOf(name),
    fullName: name,
    active: true,
    aliases: [],
    delegates: [],
    mobile: null,
    division: '/',
    externalAccountId: keyFor(name),
    created: null,
    ...given,
  };
}

export function existingFunctional(name: string, given: Partial<ExistingFunctional> = {}): ExistingFunctional {
  return {
    kind: 'functional',
    zivverId: idFor(name),
    address: addressOf(name),
    fullName: name,
    aliases: [],
    memberIds: [],
    division: '/',
    externalAccountId: keyFor(name),
    created: null,
    ...given,
  };
}

export function desiredUser(name: string, given: Partial<DesiredUser> = {}): DesiredUser {
  return { kind: 'user', key: keyFor(name), address: addressOf(name), fullName: name, active: true, ...given };
}

export function desiredFunctional(name: string, given: Partial<DesiredFunctional> = {}): DesiredFunctional {
  return { kind: 'functional', key: keyFor(name), address: addressOf(name), fullName: name, ...given };
}

/** Delegates are named by short names; their keys follow. */
export function mappedUser(
  name: string,
  given: Partial<DesiredUser> = {},
  inactivity: MappedUser['inactivity'] = null,
): MappedUser {
  const people = (given.delegates ?? []).map((address) => ({ address, key: keyFor(address.split('@')[0] ?? '') }));
  const account = desiredUser(name, { active: inactivity === null, ...given });
  return { kind: 'user', source: 'office', dn: dnOf(name), people, account, ssoKey: `sso of ${name}`, inactivity };
}

export function mappedFunctional(name: string, given: Partial<DesiredFunctional> = {}): MappedFunctional {
  const people = (given.members ?? []).map((address) => ({ address, key: keyFor(address.split('@')[0] ?? '') }));
  const account = desiredFunctional(name, given);
  return { kind: 'functional', source: 'office', dn: dnOf(name), people, account, sharedBy: null };
}

export const DISABLED = { reason: 'disabled', attribute: 'userAccountControl', value: '514' } as const;

export function settle(
  mapped: MappedUser | MappedFunctional,
  existing: ExistingAccount | null,
  how: SettledAccount['how'] = existing === null ? 'new' : 'external-id',
): SettledAccount {
  return {
    desired: mapped.account,
    mapped,
    existing,
    how,
    isAdopted: false,
    isRecordOnly: false,
    source: mapped.source,
    dn: mapped.dn,
  };
}

export function indexOf(...accounts: readonly ExistingAccount[]): LiveIndex {
  return new LiveIndex({
    users: accounts.filter((account) => account.kind === 'user'),
    functional: accounts.filter((account) => account.kind === 'functional'),
  });
}

export function dnOf(name: string): string {
  return `CN=${name},OU=Staff,DC=company,DC=org`;
}

/** An entry as a source gives it; names in any case, one value or several. */
export function entry(dn: string, attributes: Readonly<Record<string, string | readonly string[]>> = {}): Entry {
  const pairs = Object.entries(attributes).map(([name, values]) => [name.toLowerCase(), [values].flat()] as const);
  return { dn, attributes: new Map(pairs) };
}

/** organisation.yaml in short; `more` are further lines of it, `source` further lines of its one source. */
export function configure(more = '', source = ''): Configuration {
  return parseConfiguration(
    `zivver: { url: https://app.zivver.com/api/scim/v2, claimedDomains: [company.org, company.nl] }
sources:
  - name: office
    ldif: { files: [people.ldif] }
${source}
${more}
`,
    'example',
    '/example',
  );
}
