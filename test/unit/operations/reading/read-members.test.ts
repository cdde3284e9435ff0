import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../src/model/directory/entry.ts';
import { mapAccounts } from '../../../../src/model/mapping/map-accounts.ts';
import { takeWhole } from '../../../../src/model/mapping/open-mapping.ts';
import { readMembers } from '../../../../src/operations/reading/read-members.ts';
import {
  configure,
  dnOf,
  entry,
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
} from '../../../support/account-builder.ts';
import { group, keyOf, NOW, person, read } from '../../../support/mapping-builder.ts';

/** Bas is a member in Zivver; his entry no longer shows memberOf. */
const people = [person('anna', { memberOf: [dnOf('team'), dnOf('other')] }), person('bas')];
const groups = [group('team'), group('inner', { memberOf: dnOf('team') }), group('other')];

function existingGroup(name: string, memberNames: readonly string[]) {
  return existingFunctional(name, { externalAccountId: keyOf(name), memberIds: memberNames.map(idFor) });
}

async function ask(members: readonly Entry[]) {
  const configuration = configure();
  const [source] = read({ people, groups, configuration }).map((one) => takeWhole(one, { configuration, now: NOW }));
  if (source === undefined) throw new Error('no source');
  const asked: string[] = [];
  const directory = {
    lookUpDns: async (dns: readonly string[]) => {
      asked.push(...dns);
      return members.filter(({ dn }) => dns.includes(dn));
    },
  };
  const index = indexOf(
    ...['anna', 'bas'].map((name) => existingUser(name, { externalAccountId: keyOf(name) })),
    existingGroup('team', ['anna', 'bas']),
    existingGroup('other', ['anna']),
  );
  const how = { configuration, now: NOW, managedKeys: new Set(groups.map(({ dn }) => dn)) };
  const { accounts } = mapAccounts({ ...how, sources: [source] });
  const opened = [{ source: directory, read: { ...source, snapshot: { ...source.snapshot, kind: 'ldap' as const } } }];
  const sources = await readMembers(opened, accounts, index);
  return { asked, mapped: sources === null ? null : mapAccounts({ ...how, sources }) };
}

describe('a directory', () => {
  it('is asked for member of the groups that would lose somebody, and of the groups in them', async () => {
    const { asked, mapped } = await ask([entry(dnOf('team'), { member: [dnOf('anna'), dnOf('bas')] })]);
    expect(asked).toEqual([dnOf('team'), dnOf('inner')]);
    const team = mapped?.accounts.find(({ dn }) => dn === dnOf('team'));
    expect(team).toMatchObject({ disputed: [{ address: 'bas@company.org' }] });
  });

  it('that agrees changes nothing', async () => {
    const { mapped } = await ask([entry(dnOf('team'), { member: dnOf('anna') })]);
    const team = mapped?.accounts.find(({ dn }) => dn === dnOf('team'));
    expect(team).toMatchObject({ account: { members: ['anna@company.org'] } });
    expect(team).not.toHaveProperty('disputed');
  });

  it('that shows no member is believed as before', async () => {
    const { mapped } = await ask([]);
    expect(mapped?.accounts.find(({ dn }) => dn === dnOf('team'))).not.toHaveProperty('disputed');
  });
});
