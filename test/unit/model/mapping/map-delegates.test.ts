import { factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { delegatesToLookUp } from '../../../../src/model/mapping/map-accounts.ts';
import type { Entry } from '../../../../src/model/directory/entry.ts';
import { configure, dnOf, entry } from '../../../support/account-builder.ts';
import { group, keyOf, map, person, read, reasonsOf } from '../../../support/mapping-builder.ts';

function by(rule: string): ReturnType<typeof configure> {
  return configure('', `    mapping: { delegates: { attribute: extensionAttribute3, ${rule} } }`);
}

function elsewhere(name: string, given: Record<string, string | string[]> = {}): Entry {
  return { ...person(name, given), dn: `CN=${name},OU=Elsewhere,DC=company,DC=org` };
}

const bas = person('bas', {
  sAMAccountName: 'bvos',
  userPrincipalName: 'Bas.Vos@company.local',
  proxyAddresses: ['SMTP:bas@company.org', 'smtp:b.vos@company.nl'],
});

describe('delegates', () => {
  it.each([
    ['by: dn', dnOf('BAS')],
    ['by: name', 'Bas'],
    ['by: sAMAccountName', 'BVOS'],
    ['by: sAMAccountName', 'COMPANY\\bvos'],
    ['by: userPrincipalName', 'bas.vos@COMPANY.local'],
    ['by: address', 'Bas@company.org'],
    ['by: address', 'smtp:b.vos@company.nl'],
  ])('%s are found: %s', (rule, value) => {
    const anna = person('anna', { extensionAttribute3: value });
    const mapped = map({ people: [anna, bas], configuration: by(rule) });
    expect(mapped.accounts[0]?.account).toMatchObject({ delegates: ['bas@company.org'] });
    expect(mapped.accounts[0]?.people).toEqual([{ address: 'bas@company.org', key: keyOf('bas') }]);
    expect(reasonsOf(mapped)).toEqual([]);
  });

  it.each(['name', 'sAMAccountName', 'userPrincipalName', 'address'])('by %s that nobody has are left out', (kind) => {
    const anna = person('anna', { extensionAttribute3: 'nobody@company.org' });
    const mapped = map({ people: [anna, bas], configuration: by(`by: ${kind}`) });
    expect(mapped.accounts[0]?.account).toMatchObject({ delegates: [] });
    expect(reasonsOf(mapped)).toEqual(['delegate-left-out']);
  });

  it.each([
    ['another person outside the selection', elsewhere('bas', { sAMAccountName: 'bas2' })],
    ['somebody without an address', elsewhere('Bas', { proxyAddresses: [] })],
    ['a disabled person', elsewhere('bas', { userAccountControl: '514' })],
    ['a group', { ...group('bas'), dn: 'CN=bas,OU=Groups,DC=company,DC=org' }],
  ])('whose name %s has too are never guessed', (_who, other) => {
    const anna = person('anna', { extensionAttribute3: 'bas' });
    const mapped = map({ people: [anna, bas], lookedUp: [bas, other], configuration: by('by: name') });
    expect(mapped.accounts[0]?.account).toMatchObject({ delegates: [] });
    expect(reasonsOf(mapped)).toEqual(['delegate-ambiguous']);
    expect(mapped.exclusions.map(({ detail }) => factText(detail))[0]).toContain(bas.dn);
    expect(mapped.exclusions.map(({ detail }) => factText(detail))[0]).toContain(other.dn);
  });

  it('with an address that two people claim are never guessed', () => {
    const people = [person('anna', { extensionAttribute3: 'b.vos@company.nl' }), bas];
    const lookedUp = [elsewhere('bernd', { proxyAddresses: ['SMTP:bernd@company.org', 'smtp:B.Vos@company.nl'] })];
    expect(reasonsOf(map({ people, lookedUp, configuration: by('by: address') }))).toEqual(['delegate-ambiguous']);
  });

  it('are not taken for a computer or a contact of the same name', () => {
    const others = ['computer', 'contact'].map((objectClass) =>
      entry(`CN=bas,OU=${objectClass},DC=company,DC=org`, { objectClass: ['top', objectClass] }),
    );
    const anna = person('anna', { extensionAttribute3: 'bas' });
    const { accounts } = map({ people: [anna, bas, ...others], configuration: by('by: name') });
    expect(accounts[0]?.account).toMatchObject({ delegates: ['bas@company.org'] });
  });

  it('in one value are taken apart at the separator, each once, without blanks', () => {
    const anna = person('anna', { extensionAttribute3: ' bas ; daan;;BAS; bas' });
    const configuration = by('by: name, separator: ";"');
    const mapped = map({ people: [anna, bas, person('daan')], configuration });
    expect(mapped.accounts[0]?.account).toMatchObject({ delegates: ['bas@company.org', 'daan@company.org'] });
    expect(reasonsOf(mapped)).toEqual([]);
  });

  it('by DN are not taken apart at a semicolon that belongs to a name', () => {
    const odd = { ...person('bas'), dn: 'CN=bas\\;vos,OU=Staff,DC=company,DC=org' };
    const anna = person('anna', { extensionAttribute3: odd.dn });
    const { accounts } = map({ people: [anna, odd], configuration: by('by: dn') });
    expect(accounts[0]?.account).toMatchObject({ delegates: ['bas@company.org'] });
  });
});

describe('delegatesToLookUp', () => {
  function lookUp(rule: string, value: string) {
    const people = [person('anna', { extensionAttribute3: value }), bas];
    const [source] = read({ people, configuration: by(rule) });
    if (source === undefined) throw new Error('no source');
    return delegatesToLookUp(source.configured, source.snapshot);
  }

  it('asks for every name, also those of selected people, since somebody else may have it too', () => {
    expect(lookUp('by: name, separator: ";"', 'bas;*)(cn=*')).toEqual({
      dns: [],
      values: [
        { attribute: 'cn', value: 'bas' },
        { attribute: 'cn', value: '*)(cn=*' },
      ],
    });
    expect(lookUp('by: sAMAccountName', 'COMPANY\\bvos').values).toEqual([
      { attribute: 'sAMAccountName', value: 'bvos' },
    ]);
    expect(lookUp('by: address', 'Bas@company.org').values).toEqual([
      { attribute: 'proxyAddresses', value: 'smtp:bas@company.org' },
      { attribute: 'mail', value: 'bas@company.org' },
    ]);
  });

  it('asks for DNs only if the selection does not explain them', () => {
    expect(lookUp('by: dn', dnOf('bas'))).toEqual({ dns: [], values: [] });
    expect(lookUp('by: dn', dnOf('gone'))).toEqual({ dns: [dnOf('gone')], values: [] });
  });
});

describe('a mailbox that several people or a room have', () => {
  const mail = { msExchRecipientTypeDetails: '4', userAccountControl: '514' };

  it.each([
    ['shared', '4'],
    ['shared, in Exchange Online', '34359738368'],
    ['room', '16'],
    ['equipment', '32'],
  ])('is a delegate although it is disabled: %s', (_what, type) => {
    const anna = person('anna', { msExchDelegateListLink: dnOf('desk') });
    const desk = person('desk', { ...mail, msExchRecipientTypeDetails: type });
    const mapped = map({ people: [anna], lookedUp: [desk] });
    expect(mapped.accounts[0]?.people).toEqual([{ address: 'desk@company.org', key: keyOf('desk') }]);
    expect(reasonsOf(mapped)).toEqual([]);
  });

  it('is the functional account that it becomes itself', () => {
    const anna = person('anna', { msExchDelegateListLink: dnOf('desk') });
    const configuration = configure('', '    mapping: { sharedMailboxes: functional }');
    const mapped = map({ people: [anna, person('desk', mail)], configuration });
    expect(mapped.accounts.map(({ kind }) => kind)).toEqual(['user', 'functional']);
    expect(mapped.accounts[0]?.account).toMatchObject({ delegates: ['desk@company.org'] });
    expect(mapped.accounts[0]?.people).toEqual([{ address: 'desk@company.org', key: keyOf('desk') }]);
  });

  it('is nobody who could be a member', () => {
    const configuration = configure('', '    mapping: { sharedMailboxes: functional }');
    const one = person('desk', { ...mail, msExchDelegateListLink: dnOf('room') });
    const mapped = map({ people: [one, person('room', mail)], configuration });
    expect(mapped.accounts.find(({ dn }) => dn === one.dn)?.account).toMatchObject({ members: [] });
    expect(reasonsOf(mapped)).toEqual(['member-left-out']);
    expect(mapped.exclusions.map(({ detail }) => factText(detail))[0]).toContain('only people are members');
  });
});
