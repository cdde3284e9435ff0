import { factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { isClaimed, mapAddresses, mapDivision, mapMobile } from '../../../../src/model/mapping/rules.ts';
import { explainUnknownState, mapInactivity } from '../../../../src/model/mapping/map-state.ts';
import { configure, dnOf, entry } from '../../../support/account-builder.ts';

const NOW = new Date('2026-11-23T10:00:00.000Z');

describe('mapAddresses', () => {
  it('takes primary address and aliases from proxyAddresses', () => {
    const anna = entry(dnOf('anna'), {
      proxyAddresses: ['smtp:b@company.org', 'SMTP:A@Company.org', 'X500:/o=x', 'SIP:a@x.nl'],
    });
    expect(mapAddresses(anna, ['proxyAddresses'])).toEqual({
      primary: 'a@company.org',
      aliases: ['b@company.org'],
      unusable: [],
      whys: [],
    });
  });

  it('takes the primary address from mail, and then leaves aliases unmanaged', () => {
    expect(mapAddresses(entry(dnOf('anna'), { mail: 'A@company.org' }), ['mail'])).toMatchObject({
      primary: 'a@company.org',
      aliases: undefined,
    });
  });

  it.each([
    [{ proxyAddresses: 'smtp:a@company.org' }, 0],
    [{ proxyAddresses: ['SMTP:a@company.org', 'SMTP:b@company.org'] }, 2],
    [{ proxyAddresses: 'SMTP:no address' }, 1],
    [{}, 0],
  ])('has no primary address in %j, and says why', (attributes, unusable) => {
    const mapped = mapAddresses(entry(dnOf('anna'), attributes), ['proxyAddresses']);
    expect(mapped.primary).toBeNull();
    expect(mapped.whys).toHaveLength(1);
    expect(mapped.unusable.length).toBe(unusable);
  });

  it('says that a mail attribute is unusable, not that it is empty', () => {
    expect(mapAddresses(entry(dnOf('anna'), { mail: 'anna at work' }), ['mail']).unusable.length).toBe(1);
    expect(mapAddresses(entry(dnOf('anna')), ['mail']).unusable).toEqual([]);
  });
});

describe('a list of address attributes', () => {
  const list = ['proxyAddresses', 'mail'];

  it.each([
    ['the first', { proxyAddresses: ['SMTP:a@company.org', 'smtp:b@company.org'], mail: 'm@company.org' }, 'a', ['b']],
    ['the second where the first is empty', { mail: 'm@company.org' }, 'm', undefined],
    [
      'the second where the first has aliases only',
      { proxyAddresses: 'smtp:b@company.org', mail: 'm@company.org' },
      'm',
      ['b'],
    ],
    [
      'the second where the first names two',
      { proxyAddresses: ['SMTP:a@company.org', 'SMTP:b@company.org'], mail: 'a@company.org' },
      'a',
      [],
    ],
    ['the second where the first is unusable', { proxyAddresses: 'SMTP:no address', mail: 'm@company.org' }, 'm', []],
  ])('gives %s', (_case, attributes, primary, aliases) => {
    const mapped = mapAddresses(entry(dnOf('anna'), attributes), list);
    expect(mapped.primary).toBe(`${primary}@company.org`);
    expect(mapped.aliases).toEqual(aliases?.map((alias) => `${alias}@company.org`));
    expect(mapped.whys).toEqual([]);
  });

  it('says of each why it gives nothing, and keeps unusable values apart from empty ones', () => {
    const nothing = mapAddresses(entry(dnOf('anna')), list);
    expect(nothing).toMatchObject({ primary: null, unusable: [] });
    expect(nothing.whys.map(factText)).toContain('mail is empty');
    expect(mapAddresses(entry(dnOf('anna'), { mail: 'x' }), list).unusable.length).toBe(1);
  });
});

describe('mapMobile', () => {
  it.each([
    [{ mobile: '06-12345678', otherMobile: '06-87654321' }, '+31612345678'],
    [{ otherMobile: '06-87654321' }, '+31687654321'],
    [{ mobile: '020 794 6018', otherMobile: '06-87654321' }, '+31687654321'],
    [{ otherMobile: ['06-87654321', '020 794 6018', '06-12345678'] }, '+31612345678'],
    [{ otherMobile: ['06-12345678', '06-87654321'] }, '+31612345678'],
  ])('of %j is %s', (attributes, e164) => {
    expect(mapMobile(entry(dnOf('anna'), attributes), ['mobile', 'otherMobile'], 'NL')).toEqual({ e164 });
  });

  it('tells of every attribute what is wrong with it, and nothing of empty ones', () => {
    const anna = entry(dnOf('anna'), { mobile: '020 794 6018', otherMobile: ['see Bas', ' '] });
    expect(mapMobile(anna, ['mobile', 'pager', 'otherMobile'], 'NL')).toEqual({
      faults: [
        { attribute: 'mobile', why: 'not-mobile' },
        { attribute: 'otherMobile', why: 'not-a-number' },
      ],
    });
  });
});

describe('mapInactivity', () => {
  const past = '133000000000000000';

  it.each([
    [{ userAccountControl: '514' }, 'disabled'],
    [{ userAccountControl: '514', accountExpires: past }, 'disabled'],
    [{ userAccountControl: '512', accountExpires: past }, 'expired'],
    [{ userAccountControl: '512', accountExpires: '0' }, null],
    [{ userAccountControl: '512' }, null],
    [{}, null],
  ])('of %j is %s', (attributes, reason) => {
    expect(mapInactivity(entry(dnOf('anna'), attributes), NOW)?.reason ?? null).toBe(reason);
  });

  it('does not take an unreadable userAccountControl for a state', () => {
    expect(explainUnknownState(entry(dnOf('anna')))).not.toBeNull();
    expect(explainUnknownState(entry(dnOf('anna'), { userAccountControl: '66048' }))).toBeNull();
  });

  it.each([
    { userAccountControl: ['512', '514'] },
    { userAccountControl: '512', accountExpires: '31-12-2026' },
    { userAccountControl: '512', accountExpires: ['0', '133000000000000000'] },
  ])('does not choose between the states of %j', (attributes) => {
    expect(explainUnknownState(entry(dnOf('anna'), attributes))).not.toBeNull();
  });

  it('takes a linked mailbox for in use only where the mapping says so', () => {
    const linked = { userAccountControl: '514', msExchRecipientTypeDetails: '2', msExchMasterAccountSid: 'AQU=' };
    const anna = entry(dnOf('anna'), linked);
    expect(mapInactivity(anna, NOW)?.reason).toBe('disabled');
    expect(mapInactivity(anna, NOW, { linkedMailboxes: 'active' })).toBeNull();
    const shared = entry(dnOf('anna'), { ...linked, msExchRecipientTypeDetails: '4' });
    expect(mapInactivity(shared, NOW, { linkedMailboxes: 'active' })?.reason).toBe('disabled');
    const expired = entry(dnOf('anna'), { ...linked, accountExpires: past });
    expect(mapInactivity(expired, NOW, { linkedMailboxes: 'active' })?.reason).toBe('expired');
  });
});

describe('mapDivision', () => {
  const anna = entry('CN=anna,OU=Night,OU=Care,DC=company,DC=org', { department: 'ICU' });
  const table = [
    { dn: 'OU=Care,DC=company,DC=org', division: 'care' },
    { dn: 'ou=night, ou=care, dc=company, dc=org', division: 'night' },
  ];

  it.each([
    [undefined, undefined],
    [{ by: 'none' as const }, undefined],
    [{ by: 'domain' as const }, 'company.org'],
    [{ by: 'attribute' as const, attribute: 'department' }, 'ICU'],
    [{ by: 'attribute' as const, attribute: 'company' }, '/'],
    [{ by: 'attribute' as const, attribute: ['company', 'department'] }, 'ICU'],
    [{ by: 'constant' as const, value: 'north' }, 'north'],
    [{ by: 'ou' as const, ou: table }, 'night'],
    [{ by: 'ou' as const, ou: table.slice(0, 1) }, 'care'],
    [{ by: 'ou' as const, ou: [{ dn: 'OU=Office,DC=company,DC=org', division: 'office' }] }, '/'],
  ])('by %j is %s', (rule, division) => {
    expect(mapDivision(anna, 'anna@company.org', rule)).toBe(division);
  });

  it('takes the nearest unit, however it is spelled', () => {
    const longer = [
      { dn: 'OU=Care,               DC=company,          DC=org', division: 'care' },
      table[1] ?? { dn: '', division: '' },
    ];
    expect(mapDivision(anna, 'anna@company.org', { by: 'ou', ou: longer })).toBe('night');
  });
});

describe('isClaimed', () => {
  it.each([
    ['a@company.org', true],
    ['a@company.nl', true],
    ['a@mail.company.org', false],
    ['a@xcompany.org', false],
  ])('of %s is %s', (address, claimed) => {
    expect(isClaimed(address, configure())).toBe(claimed);
  });
});
