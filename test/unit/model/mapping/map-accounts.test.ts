import { factText } from '../../../../src/model/facts/fact.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountKeyOf } from '../../../../src/model/account/key.ts';
import { delegatesToLookUp } from '../../../../src/model/mapping/map-accounts.ts';
import { attributesToRead } from '../../../../src/model/mapping/mapped-attributes.ts';
import type { MappedAccounts } from '../../../../src/model/mapping/mapped.ts';
import { configure, dnOf, entry } from '../../../support/account-builder.ts';
import { group, guidOf, keyOf, map, mapReads, person, read, reasonsOf } from '../../../support/mapping-builder.ts';

describe('mapAccounts', () => {
  it('maps a person with the defaults of the design', () => {
    const anna = person('anna', {
      proxyAddresses: ['SMTP:Anna@company.org', 'smtp:a@company.nl', 'smtp:anna@elsewhere.example'],
      mobile: '06-12345678',
    });
    const { accounts } = map({ people: [anna] });
    expect(accounts).toEqual([
      {
        kind: 'user',
        source: 'office',
        dn: dnOf('anna'),
        people: [],
        inactivity: null,
        ssoKey: guidOf('anna'),
        account: {
          kind: 'user',
          key: keyOf('anna'),
          address: 'anna@company.org',
          fullName: 'anna',
          active: true,
          aliases: ['a@company.nl'],
          mobile: '+31612345678',
        },
      },
    ]);
  });

  it('obeys every key of the mapping', () => {
    const mapping =
      '    mapping: { email: mail, fullName: displayName, accountKey: employeeID, mobile: none, delegates: none, groups: none }';
    const anna = person('anna', {
      mail: 'a@company.org',
      displayName: 'Anna A.',
      employeeID: '0042',
      mobile: '0612345678',
      msExchDelegateListLink: dnOf('bas'),
      memberOf: dnOf('team'),
    });
    const { accounts } = map({ people: [anna], groups: [group('team')], configuration: configure('', mapping) });
    expect(accounts.map(({ account }) => account)).toEqual([
      { kind: 'user', key: accountKeyOf('0042'), address: 'a@company.org', fullName: 'Anna A.', active: true },
    ]);
  });

  it.each([
    ['no-address', { proxyAddresses: [] }, 'leaves', 'address-removed'],
    ['no-address', { proxyAddresses: 'X500:/o=company/cn=x' }, 'leaves', 'address-removed'],
    ['no-address', { proxyAddresses: 'smtp:a@company.org' }, 'held', null],
    ['no-address', { proxyAddresses: 'a@company.org' }, 'held', null],
    ['lost-rights', { proxyAddresses: [], mail: 'anna@company.org' }, 'held', null],
    ['unclaimed-address', { proxyAddresses: ['SMTP:a@partner.example', 'smtp:a@company.org'] }, 'held', null],
    [
      'no-address',
      { proxyAddresses: ['SMTP:a@company.org', 'SMTP:b@company.org'], userAccountControl: '514' },
      'leaves',
      'disabled',
    ],
    ['no-name', { name: ' ', userAccountControl: '514' }, 'leaves', 'disabled'],
    ['no-address', { proxyAddresses: ['SMTP:a@company.org', 'SMTP:b@company.org'] }, 'held', null],
    ['unclaimed-address', { proxyAddresses: 'SMTP:a@partner.example' }, 'leaves', 'address-removed'],
    ['no-name', { name: ' ' }, 'held', null],
    ['no-key', { objectGUID: [] }, 'held', null],
    ['unknown-state', { userAccountControl: [] }, 'held', null],
  ])('leaves out with %s: %j, which %s', (reason, attributes, effect, leavesAs) => {
    const mapped = map({ people: [person('anna', attributes)] });
    expect(mapped.accounts).toEqual([]);
    expect(reasonsOf(mapped)).toEqual([reason]);
    expect(mapped.excluded[0]).toMatchObject({
      effect,
      reason: leavesAs,
      key: reason === 'no-key' ? null : keyOf('anna'),
    });
  });

  it.each([
    ['SMTP:rené@company.org', 'the primary address in proxyAddresses is none that Zivver can use'],
    ['SMTP:dot.@company.org', 'the primary address in proxyAddresses is none that Zivver can use'],
    ['SMTP:nb@company.org\u00a0', 'the primary address in proxyAddresses is none that Zivver can use'],
    ['smtp:only@company.org', 'proxyAddresses has no primary address (SMTP: in capitals)'],
    ['typeless@company.org', 'proxyAddresses has no primary address (SMTP: in capitals)'],
  ])('never says that there is no address of one that is there: %j', (value, why) => {
    const { excluded } = map({ people: [person('anna', { proxyAddresses: value })] });
    expect(excluded.map(({ exclusion }) => factText(exclusion.detail))).toEqual([`${why}: proxyAddresses = ${value}`]);
  });

  it('counts a filtered person as leaving, with the filter as evidence', () => {
    const filters = '    filters: [{ exclude: { attribute: title, values: [guest] } }]';
    const mapped = map({ people: [person('anna', { title: 'Guest' })], configuration: configure('', filters) });
    expect(mapped.excluded).toMatchObject([{ key: keyOf('anna'), effect: 'leaves', reason: 'filtered' }]);
  });

  it('mentions computers and contacts, and says nothing of organisational units', () => {
    const classes = [['computer'], ['contact'], ['organizationalUnit']];
    const people = classes.map((objectClass, index) => entry(dnOf(`x${index}`), { objectClass }));
    expect(reasonsOf(map({ people }))).toEqual(['not-a-person', 'not-a-person']);
  });

  it.each([
    ['alias-unclaimed', { proxyAddresses: ['SMTP:anna@company.org', 'smtp:x@partner.example'] }],
    ['alias-invalid', { proxyAddresses: ['SMTP:anna@company.org', 'smtp:no address'] }],
    ['mobile-unusable', { mobile: '020 794 6018' }],
    ['mobile-unusable', { mobile: 'see colleague' }],
    ['mobile-unusable', { mobile: '06 12345678 ext 5' }],
    ['mobile-unusable', { mobile: '097 0123 45678' }],
  ])('keeps the person and leaves out the value with %s: %j', (reason, attributes) => {
    const mapped = map({ people: [person('anna', attributes)] });
    expect(mapped.accounts.length).toBe(1);
    expect(reasonsOf(mapped)).toEqual([reason]);
    expect(mapped.accounts[0]?.account).not.toHaveProperty('mobile');
  });

  it('takes name and number from the first attributes that have them', () => {
    const mapping =
      '    mapping: { fullName: ["{givenName} {initials} {sn}", "{givenName} {sn}", name], mobile: [mobile, otherMobile] }';
    const people = [
      person('anna', { givenName: 'Anna', sn: 'de  Vries', mobile: '020 794 6018', otherMobile: '06-12345678' }),
      person('bas', { givenName: 'Bas', initials: 'B.', sn: 'Vos' }),
      person('carla', { sn: 'Smit' }),
    ];
    const mapped = map({ people, configuration: configure('', mapping) });
    expect(mapped.accounts.map(({ account }) => account.fullName)).toEqual(['Anna de Vries', 'Bas B. Vos', 'carla']);
    expect(mapped.accounts[0]?.account).toMatchObject({ mobile: '+31612345678' });
    expect(mapped.emptyAttributes).toEqual([]);
    expect(reasonsOf(mapped)).toEqual([]);
  });

  it('names attributes of a list that nobody has', () => {
    const mapping = '    mapping: { email: [proxyAddresses, mail], mobile: [mobile, otherMobile] }';
    const anna = person('anna', { proxyAddresses: [], mail: 'anna@company.org', mobile: '06-12345678' });
    expect(map({ people: [anna], configuration: configure('', mapping) }).emptyAttributes).toEqual([
      { source: 'office', property: 'aliases', attribute: 'proxyAddresses' },
      { source: 'office', property: 'mobile', attribute: 'otherMobile' },
    ]);
    expect(map({ people: [anna] }).emptyAttributes).toEqual([]);
  });

  it('leaves out a name that Zivver’s files cannot hold', () => {
    expect(reasonsOf(map({ people: [person('anna', { name: 'x'.repeat(1025) })] }))).toEqual(['no-name']);
  });

  it('maps a disabled person to an inactive account, with what says so', () => {
    const { accounts } = map({ people: [person('anna', { userAccountControl: '514' })] });
    expect(accounts[0]).toMatchObject({ account: { active: false }, inactivity: { reason: 'disabled', value: '514' } });
  });
});

describe('delegates', () => {
  const anna = person('anna', {
    msExchDelegateListLink: ['bas', 'away', 'off', 'list', 'bare', 'anna', 'gone'].map(dnOf),
  });
  const lookedUp = [
    person('away', { proxyAddresses: 'SMTP:away@partner.example' }),
    person('off', { userAccountControl: '514' }),
    person('bare', { proxyAddresses: [] }),
  ];

  it('are people and groups with a usable address; the others are left out with the reason', () => {
    const mapped = map({ people: [anna, person('bas')], groups: [group('list')], lookedUp });
    expect(mapped.accounts[0]?.account).toMatchObject({ delegates: ['bas@company.org', 'list@company.org'] });
    expect(mapped.accounts[0]?.people).toEqual([
      { address: 'bas@company.org', key: keyOf('bas') },
      { address: 'list@company.org', key: keyOf('list') },
    ]);
    expect(reasonsOf(mapped)).toEqual(Array.from({ length: 4 }, () => 'delegate-left-out'));
  });

  it('stay unmanaged, with a note, if the attribute is empty everywhere', () => {
    const { accounts, notes } = map({ people: [person('anna')] });
    expect(accounts[0]?.account).not.toHaveProperty('delegates');
    expect(notes.length).toBe(1);
  });

  it('of somebody without any become empty if others have some', () => {
    const { accounts } = map({ people: [anna, person('bas')], groups: [group('list')], lookedUp });
    expect(accounts.find(({ dn }) => dn === dnOf('bas'))?.account).toMatchObject({ delegates: [] });
  });

  it('outside the selection are looked up, each once', () => {
    const [source] = read({
      people: [anna, person('bas', { msExchDelegateListLink: dnOf('GONE') })],
      groups: [group('list')],
    });
    if (source === undefined) throw new Error('no source');
    const dns = delegatesToLookUp(source.configured, source.snapshot).dns.map((dn) => dn.toLowerCase());
    expect(dns.sort()).toEqual(['away', 'bare', 'gone', 'off'].map((name) => dnOf(name).toLowerCase()));
  });
});

describe('an entry that two sources read', () => {
  const twice = `  - name: second
    ldif: { files: [more.ldif] }
    division: { by: constant, value: second }`;

  it('is one account, as the first source sees it', () => {
    const { accounts } = map({ people: [person('anna')], configuration: configure('', twice) });
    expect(accounts.map(({ source }) => source)).toEqual(['office']);
  });

  it('of a group has the members of both', () => {
    const configuration = configure('', twice);
    const sources = read({ groups: [group('team')], configuration }).map((source, index) => {
      const selected = [person(index === 0 ? 'anna' : 'bas', { memberOf: dnOf('team') })];
      return { ...source, snapshot: { ...source.snapshot, selected } };
    });
    const { accounts } = mapReads(sources, configuration);
    const team = accounts.filter(({ kind }) => kind === 'functional');
    expect(team.map(({ account }) => account)).toMatchObject([{ members: ['anna@company.org', 'bas@company.org'] }]);
    expect(team[0]?.people.map(({ key }) => key)).toEqual([keyOf('anna'), keyOf('bas')]);
  });

  it('is two accounts if two entries share the key', () => {
    const copy = { ...person('anna'), dn: dnOf('copy') };
    expect(map({ people: [person('anna'), copy] }).accounts.length).toBe(2);
  });
});

describe('attributesToRead', () => {
  it('names each attribute once, and those of filters and division too', () => {
    const more = `    filters: [{ exclude: { attribute: Title, values: [x] } }, { include: { attribute: distinguishedName, values: [x] } }]
    division: { by: attribute, attribute: Department }
    mapping: { mobile: none, email: mail, fullName: TITLE }`;
    const [source] = configure('', more).sources;
    if (source === undefined) throw new Error('no source');
    const names = attributesToRead(source).map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['title', 'department', 'mail', 'objectguid', 'memberof', 'accountexpires']),
    );
    expect(names).not.toContain('none');
    expect(names).not.toContain('distinguishedname');
  });

  it('names every attribute of lists, templates, delegates, groups and shared mailboxes', () => {
    const more = `    division: { by: attribute, attribute: [division, Company] }
    mapping:
      email: [extensionAttribute1, mail]
      fullName: [displayName, "{givenName} {initials} {sn}"]
      mobile: [mobile, otherMobile]
      delegates: { attribute: extensionAttribute3, by: userPrincipalName }
      groups: { filters: [{ exclude: { attribute: msExchHideFromAddressLists, values: [x] } }], fullName: "{description}", email: wWWHomePage, accountKey: info }
      sharedMailboxes: { as: functional, filters: [{ include: { attribute: employeeType, values: [x] } }] }`;
    const [source] = configure('', more).sources;
    if (source === undefined) throw new Error('no source');
    const names = attributesToRead(source).map((name) => name.toLowerCase());
    expect(names).toEqual(
      expect.arrayContaining(
        `extensionattribute1 mail displayname givenname initials sn mobile othermobile extensionattribute3 userprincipalname
        msexchhidefromaddresslists description wwwhomepage info employeetype division company objectsid primarygroupid
        msexchrecipienttypedetails`.split(/\s+/),
      ),
    );
  });
});

describe('the order of entries', () => {
  it('never matters', () => {
    const names = ['anna', 'bas', 'carla', 'daan'];
    const people = names.map((name) => person(name, { memberOf: dnOf('team'), msExchDelegateListLink: dnOf('anna') }));
    const sorted = ({ accounts }: MappedAccounts): unknown =>
      accounts.map(({ account }) => JSON.stringify(account)).sort();
    const plain = sorted(map({ people, groups: [group('team')] }));
    fc.assert(
      fc.property(fc.shuffledSubarray(people, { minLength: people.length }), (shuffled) => {
        expect(sorted(map({ people: shuffled, groups: [group('team')] }))).toEqual(plain);
      }),
    );
  });
});
