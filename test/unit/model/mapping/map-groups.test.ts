import { factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { accountKeyOf } from '../../../../src/model/account/key.ts';
import type { Entry } from '../../../../src/model/directory/entry.ts';
import type { MappedFunctional } from '../../../../src/model/mapping/mapped.ts';
import { configure, dnOf } from '../../../support/account-builder.ts';
import { group, keyOf, map, person, reasonsOf } from '../../../support/mapping-builder.ts';

describe('groups', () => {
  const anna = person('anna', { memberOf: dnOf('team') });

  it('with an address and a selected member become functional accounts, through nesting too', () => {
    const groups = [group('team', { memberOf: dnOf('all') }), group('all', { memberOf: dnOf('team') })];
    const { accounts } = map({ people: [anna], groups });
    expect(accounts.slice(1).map(({ account }) => account)).toEqual(
      ['team', 'all'].map((name) => ({
        kind: 'functional',
        key: keyOf(name),
        address: `${name}@company.org`,
        fullName: name,
        aliases: [],
        members: ['anna@company.org'],
      })),
    );
  });

  it('hold no inactive members', () => {
    const off = person('off', { memberOf: dnOf('team'), userAccountControl: '514' });
    const { accounts } = map({ people: [anna, off], groups: [group('team')] });
    expect(accounts.at(-1)?.account).toMatchObject({ members: ['anna@company.org'] });
  });

  it('without a member count only if they are managed already', () => {
    expect(map({ people: [person('bas')], groups: [group('team')] }).accounts.length).toBe(1);
    const bas = person('bas', { memberOf: dnOf('others') });
    const { accounts } = map({ people: [bas], groups: [group('team')], managed: ['team'] });
    expect(accounts.at(-1)?.account).toMatchObject({ key: keyOf('team'), members: [] });
  });

  describe('are asked for their own member, and what it contradicts is not claimed', () => {
    const teamOf = (people: Entry[], groups: Entry[]): MappedFunctional | undefined =>
      map({ people, groups, managed: ['team'] }).accounts.find(
        (one): one is MappedFunctional => one.account.address === 'team@company.org',
      );
    const bas = person('bas');

    it('where it has somebody whose memberOf does not have the group', () => {
      const team = teamOf([anna, bas], [group('team', { member: [dnOf('anna'), dnOf('bas')] })]);
      expect(team?.account.members).toEqual(['anna@company.org']);
      expect(team?.disputed).toEqual([{ address: 'bas@company.org', key: keyOf('bas') }]);
      expect(team?.membersOpen && factText(team.membersOpen)).toContain(
        'member of the group has bas@company.org, whose own memberOf does not',
      );
    });

    it('where it does not have somebody whose memberOf has the group', () => {
      const carla = person('carla', { memberOf: dnOf('team') });
      const team = teamOf([anna, carla], [group('team', { member: dnOf('anna') })]);
      expect(team?.account.members).toEqual(['anna@company.org']);
      expect(team?.people).toEqual([{ address: 'anna@company.org', key: keyOf('anna') }]);
      expect(team?.membersOpen && factText(team.membersOpen)).toContain(
        'memberOf of carla@company.org has the group, whose own member does not',
      );
    });

    it.each([
      ['that was read', [group('inner', { member: dnOf('bas') })], ['bas']],
      ['that shows no member, where people say so themselves', [group('inner')], ['dirk']],
      ['that was not read, where people say so themselves', [], ['dirk']],
    ])('through a group in the group %s', (_which, inner, names) => {
      const dirk = person('dirk', { memberOf: dnOf('inner') });
      const people = [anna, bas, ...(names.includes('dirk') ? [dirk] : [])];
      const team = teamOf(people, [group('team', { member: [dnOf('anna'), dnOf('inner')] }), ...inner]);
      expect(team?.disputed?.map(({ address }) => address)).toEqual(names.map((name) => `${name}@company.org`));
    });

    it('and nobody disputes what both say, an inactive member, a stranger, or a group in a circle', () => {
      const off = person('off', { userAccountControl: '514' });
      const inner = group('inner', { memberOf: dnOf('team'), member: [dnOf('team'), dnOf('carla')] });
      const carla = person('carla', { memberOf: dnOf('inner') });
      const member = [dnOf('anna'), dnOf('off'), dnOf('stranger'), dnOf('inner')];
      const team = teamOf([anna, off, carla], [group('team', { member, memberOf: dnOf('inner') }), inner]);
      expect(team?.account.members).toEqual(['anna@company.org', 'carla@company.org']);
      expect(team).not.toHaveProperty('membersOpen');
    });

    it('but of a primary group neither end says anything', () => {
      const primary = { objectSid: sidOf(1101), primaryGroupID: '1200' };
      const people = [anna, person('bas', primary)];
      const team = teamOf(people, [group('team', { objectSid: sidOf(1200), member: dnOf('anna') })]);
      expect(team?.account.members).toEqual(['anna@company.org', 'bas@company.org']);
      expect(team).not.toHaveProperty('membersOpen');
    });

    it('and where neither end was read, nothing is said of any member', () => {
      const team = teamOf([bas], [group('team')]);
      expect(team?.account).not.toHaveProperty('members');
      expect(team?.kept).toEqual(['delegates']);
      expect(team?.membersOpen && factText(team.membersOpen)).toContain(
        'nobody in the source has memberOf and no group has member',
      );
    });
  });

  it('that Exchange never saw take their address from mail, and their aliases stay unmanaged', () => {
    const { accounts } = map({
      people: [anna],
      groups: [group('team', { proxyAddresses: [], mail: 'T@company.org' })],
    });
    expect(accounts.at(-1)?.account).toMatchObject({ address: 't@company.org' });
    expect(accounts.at(-1)?.account).not.toHaveProperty('aliases');
  });

  it.each([
    ['unclaimed-address', { proxyAddresses: 'SMTP:t@partner.example' }, []],
    ['no-address', { proxyAddresses: [] }, ['team']],
  ])('are left out with %s', (reason, attributes, managed) => {
    const mapped = map({ people: [anna], groups: [group('team', attributes)], managed });
    expect(mapped.accounts.length).toBe(1);
    expect(reasonsOf(mapped)).toEqual([reason]);
  });

  it('without an address that were never managed are not worth a word', () => {
    expect(reasonsOf(map({ people: [anna], groups: [group('team', { proxyAddresses: [] })] }))).toEqual([]);
  });

  it('list those whose primary group they are, and what that group is in', () => {
    const primary = group('all', { objectSid: sidOf(1200), memberOf: dnOf('team') });
    const people = [
      person('bas', { objectSid: sidOf(1101), primaryGroupID: '1200' }),
      person('carla', { objectSid: sidOf(1102), primaryGroupID: '513' }),
      person('daan', { objectSid: sidOf(1103, 9), primaryGroupID: '1200' }),
    ];
    const { accounts } = map({ people, groups: [primary, group('team')] });
    const members = accounts.flatMap(({ account }) => (account.kind === 'functional' ? [account.members] : []));
    expect(members).toEqual([['bas@company.org'], ['bas@company.org']]);
  });

  it('are the same whatever their type, hidden or not', () => {
    const types = ['8', '-2147483646', '-2147483640'].map((groupType, index) => [`g${index}`, groupType] as const);
    const groups = types.map(([name, groupType]) => group(name, { groupType, msExchHideFromAddressLists: 'TRUE' }));
    const bas = person('bas', { memberOf: groups.map(({ dn }) => dn) });
    expect(map({ people: [bas], groups }).accounts.length).toBe(4);
  });

  it('of more than 1,500 people list everybody', () => {
    const people = Array.from({ length: 1600 }, (_, index) => person(`p${index}`, { memberOf: dnOf('team') }));
    const { accounts } = map({ people, groups: [group('team')] });
    expect(accounts.at(-1)?.account).toMatchObject({ members: { length: 1600 } });
  });
});

describe('own rules for groups', () => {
  const anna = person('anna', { memberOf: ['team', 'hidden', 'test-x'].map(dnOf) });
  const rules = `    mapping:
      groups:
        filters:
          - exclude: { attribute: msExchHideFromAddressLists, values: ["TRUE"] }
          - exclude: { attribute: cn, values: ["test-*"] }
        email: [extensionAttribute1, mail]
        fullName: ["{description} ({name})", name]
        accountKey: info`;
  const groups = [
    group('team', { extensionAttribute1: 'team-box@company.org', description: 'The  team', info: 'T1' }),
    group('hidden', { msExchHideFromAddressLists: 'TRUE', mail: 'hidden@company.org', info: 'T2' }),
    group('test-x', { cn: 'Test-x', mail: 'test-x@company.org', info: 'T3' }),
  ];

  it('choose groups, and say where address, name and key come from', () => {
    const mapped = map({ people: [anna], groups, configuration: configure('', rules) });
    expect(mapped.accounts.slice(1).map(({ account }) => account)).toEqual([
      {
        kind: 'functional',
        key: accountKeyOf('T1'),
        address: 'team-box@company.org',
        fullName: 'The team (team)',
        members: ['anna@company.org'],
      },
    ]);
    expect(mapped.excluded).toMatchObject([
      { key: accountKeyOf('T2'), effect: 'leaves', reason: 'filtered' },
      { key: accountKeyOf('T3'), effect: 'leaves', reason: 'filtered' },
    ]);
  });

  it('keep the account of a managed group whose addresses contradict each other', () => {
    const proxyAddresses = ['SMTP:a@company.org', 'SMTP:b@company.org'];
    const mapped = map({ people: [anna], groups: [group('team', { proxyAddresses })], managed: ['team'] });
    expect(mapped.excluded).toMatchObject([{ key: keyOf('team'), effect: 'held', reason: null }]);
  });
});

/** S-1-5-21-1-2-`domain`-RID, as AD gives it. */
function sidOf(rid: number, domain = 3): string {
  const bytes = Buffer.from([1, 5, 0, 0, 0, 0, 0, 5, ...[21, 1, 2, domain, 0].flatMap((part) => [part, 0, 0, 0])]);
  bytes.writeUInt32LE(rid, 24);
  return bytes.toString('base64');
}

it('groups tell what is left out of their aliases, and get their division, as people do', () => {
  const team = group('team', {
    proxyAddresses: ['SMTP:team@company.org', 'smtp:team@partner.example', 'smtp:no address', 'smtp:t@company.nl'],
  });
  const mapped = map({
    people: [person('anna', { memberOf: dnOf('team') })],
    groups: [team],
    configuration: configure('', '    division: { by: domain }'),
  });
  expect(mapped.accounts.at(-1)?.account).toMatchObject({ aliases: ['t@company.nl'], division: 'company.org' });
  expect(reasonsOf(mapped).sort()).toEqual(['alias-invalid', 'alias-unclaimed']);
  expect(mapped.exclusions.map(({ subject }) => subject)).toEqual([team.dn, team.dn]);
});
