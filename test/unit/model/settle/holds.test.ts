import { expect, test } from 'vitest';
import { accountKeyOf } from '../../../../src/model/account/key.ts';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import type { Hold } from '../../../../src/model/desired/holds.ts';
import type { MappedAccount } from '../../../../src/model/mapping/mapped.ts';
import { settleAccounts } from '../../../../src/model/settle/settle.ts';
import type { Settlement } from '../../../../src/model/settle/settlement.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import { buildFunctional, buildUser, indexOf } from '../../../support/day-two/account-store.ts';

const configuration = parseConfiguration(
  `zivver: { url: https://zivver.example/api/scim/v2, claimedDomains: [office.example] }
sources: [{ name: directory, ldif: { files: [directory.ldif], baseDn: DC=example } }]
`,
  'office',
  '/nowhere',
);

/** In Zivver: Anna under her old address, Bram suspended, and the team of both. In the source: Anna renamed, Bram gone. */
const index = indexOf([
  buildUser('anna'),
  buildUser('bram', { active: false }),
  buildFunctional('team', ['id-anna', 'id-bram']),
]);
const anna = { ...desiredUser('anna'), address: 'anna.smit@office.example' };
const baseline = [desiredUser('anna'), { ...desiredUser('bram'), active: false }, desiredTeam(['anna@office.example'])];
const accounts = [mappedUser(anna), mappedTeam(desiredTeam(['anna.smit@office.example']))];

test('an account on hold stays as it is, whether the source changes it or no longer has it', () => {
  const settlement = settle([holdOf('anna'), holdOf('bram')]);
  expect(settlement.held.map(({ address }) => address)).toEqual(['anna@office.example', 'bram@office.example']);
  expect(settlement.missing).toEqual([]);
  expect(settlement.settled.map(({ desired }) => desired.address)).toEqual(['team@office.example']);
  expect(settlement.open.map(({ reason, address, keepsAccess }) => [reason, address, keepsAccess])).toEqual([
    ['on-hold', 'anna@office.example', false],
    ['on-hold', 'bram@office.example', false],
  ]);
});

test('a member on hold stays a member, under the address that Zivver has', () => {
  expect(settle([holdOf('anna')]).settled[0]?.desired).toMatchObject({ members: ['anna@office.example'] });
});

test('without a hold the source decides', () => {
  const settlement = settle([]);
  expect(settlement.settled.map(({ desired }) => desired.address)).toEqual([
    'anna.smit@office.example',
    'team@office.example',
  ]);
  expect(settlement.missing.map(({ key }) => key)).toEqual([accountKeyOf('bram')]);
});

function settle(holds: readonly Hold[]): Settlement {
  const mapped = { accounts, excluded: [], exclusions: [], notes: [], emptyAttributes: [] };
  return settleAccounts({ configuration, mapped, index, baseline, holds, bootstrap: false });
}

function holdOf(name: string): Hold {
  const address = `${name}@office.example`;
  return { key: accountKeyOf(name), address, reason: 'a test', plan: '0002-1d72c669', expires: '2026-12-23' };
}

function desiredUser(name: string): Extract<DesiredAccount, { kind: 'user' }> {
  const address = `${name}@office.example`;
  return { kind: 'user', key: accountKeyOf(name), address, fullName: name, active: true, aliases: [] };
}

function desiredTeam(members: string[]): Extract<DesiredAccount, { kind: 'functional' }> {
  const address = 'team@office.example';
  return { kind: 'functional', key: accountKeyOf('team'), address, fullName: 'team', aliases: [], members };
}

function mappedUser(account: Extract<DesiredAccount, { kind: 'user' }>): MappedAccount {
  return {
    kind: 'user',
    source: 'directory',
    dn: `CN=${account.fullName}`,
    people: [],
    account,
    ssoKey: 'invented',
    inactivity: null,
  };
}

function mappedTeam(account: Extract<DesiredAccount, { kind: 'functional' }>): MappedAccount {
  return {
    kind: 'functional',
    source: 'directory',
    dn: 'CN=team',
    people: [{ address: anna.address, key: anna.key }],
    account,
    sharedBy: null,
  };
}
