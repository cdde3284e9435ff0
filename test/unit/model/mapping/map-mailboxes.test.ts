import { factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../src/model/directory/entry.ts';
import type { MappedAccounts } from '../../../../src/model/mapping/mapped.ts';
import { configure, dnOf } from '../../../support/account-builder.ts';
import { group, keyOf, map, person, reasonsOf } from '../../../support/mapping-builder.ts';

const REMOTE_SHARED = '34359738368';

function mailbox(name: string, type: string, given: Record<string, string | string[]> = {}): Entry {
  return person(name, { userAccountControl: '514', msExchRecipientTypeDetails: type, ...given });
}

function as(value: string): ReturnType<typeof configure> {
  return configure('', `    mapping: { sharedMailboxes: ${value} }`);
}

function mapAs(value: string, people: Entry[], groups: Entry[] = []): MappedAccounts {
  return map({ people, groups, configuration: as(value) });
}

describe('a shared mailbox', () => {
  const info = mailbox('info', '4', { msExchDelegateListLink: [dnOf('anna'), dnOf('off')] });
  const people = [info, person('anna'), person('off', { userAccountControl: '514' })];

  it.each(['4', REMOTE_SHARED])('of type %s is a functional account with its delegates as members', (type) => {
    const proxyAddresses = ['SMTP:info@company.org', 'smtp:post@company.org', 'smtp:x@elsewhere.example'];
    const given = { msExchRecipientTypeDetails: type, proxyAddresses };
    const box = mailbox('info', type, { ...given, msExchDelegateListLink: [dnOf('anna'), dnOf('off')] });
    const mapped = mapAs('functional', [box, ...people.slice(1)]);
    expect(mapped.accounts.filter(({ kind }) => kind === 'functional')).toEqual([
      {
        kind: 'functional',
        source: 'office',
        dn: dnOf('info'),
        people: [{ address: 'anna@company.org', key: keyOf('anna') }],
        sharedBy: { attribute: 'msExchRecipientTypeDetails', value: type },
        account: {
          kind: 'functional',
          key: keyOf('info'),
          address: 'info@company.org',
          fullName: 'info',
          aliases: ['post@company.org'],
          members: ['anna@company.org'],
        },
      },
    ]);
    expect(reasonsOf(mapped)).toEqual(['alias-unclaimed', 'member-left-out']);
    expect(mapped.notes.some((note) => factText(note).includes('sharedMailboxes'))).toBe(false);
  });

  it('lists the people in a group that may open it', () => {
    const box = mailbox('info', '4', { msExchDelegateListLink: [dnOf('team'), dnOf('nobody')] });
    const members = [
      person('anna', { memberOf: dnOf('team') }),
      person('bas', { memberOf: dnOf('inner') }),
      person('off', { memberOf: dnOf('team'), userAccountControl: '514' }),
    ];
    const groups = [group('team', { proxyAddresses: [] }), group('inner', { memberOf: dnOf('team') }), group('nobody')];
    const mapped = mapAs('functional', [box, ...members], groups);
    expect(mapped.accounts.find(({ dn }) => dn === dnOf('info'))?.account).toMatchObject({
      members: ['anna@company.org', 'bas@company.org'],
    });
    expect(reasonsOf(mapped)).toEqual(['member-left-out']);
  });

  it('has unmanaged members if nothing is known about delegates', () => {
    const [box] = mapAs('functional', [mailbox('info', '4')]).accounts;
    expect(box?.account).not.toHaveProperty('members');
  });

  it.each([
    ['no-address', { proxyAddresses: [] }],
    ['unclaimed-address', { proxyAddresses: 'SMTP:i@partner.example' }],
    ['no-key', { objectGUID: [] }],
    ['no-name', { name: ' ' }],
  ])('without what an account needs is left out with %s', (reason, given) => {
    const mapped = mapAs('functional', [mailbox('info', '4', given)]);
    expect(mapped.accounts).toEqual([]);
    expect(reasonsOf(mapped)).toEqual([reason]);
  });

  it('is left out if it is to be excluded, as disabled as AD says it is', () => {
    const mapped = mapAs('exclude', people);
    expect(mapped.accounts.map(({ dn }) => dn)).toEqual([dnOf('anna'), dnOf('off')]);
    expect(mapped.excluded).toMatchObject([
      {
        key: keyOf('info'),
        effect: 'leaves',
        reason: 'disabled',
        evidence: { attribute: 'userAccountControl', value: '514' },
        exclusion: { reason: 'shared-mailbox' },
      },
    ]);
  });

  it('is a disabled person as long as nothing is configured, with advice once', () => {
    const configuration = configure();
    const mapped = map({ people: [...people, mailbox('post', REMOTE_SHARED)], configuration });
    expect(mapped.accounts[0]).toMatchObject({ kind: 'user', account: { active: false } });
    const advice = mapped.notes.filter((note) => factText(note).includes('sharedMailboxes'));
    expect(advice.map(factText)).toEqual([expect.stringMatching(/^2 shared mailboxes /)]);
  });

  it('that is linked to a user of another forest is disabled with advice, or in use where that is configured', () => {
    const linked = person('linked', {
      userAccountControl: '514',
      msExchRecipientTypeDetails: '2',
      msExchMasterAccountSid: 'AQUAAAAAAAUVAAAAAQIDBAUGBwgJCgsMUQQAAA==',
    });
    const off = map({ people: [linked], configuration: configure() });
    expect(off.accounts[0]).toMatchObject({ kind: 'user', account: { active: false } });
    expect(off.notes.map(factText).join()).toContain(
      '1 linked mailbox belongs to somebody who logs on in another forest',
    );
    const on = map({ people: [linked], configuration: configure('', '    mapping: { linkedMailboxes: active }') });
    expect(on.accounts[0]).toMatchObject({ kind: 'user', account: { active: true } });
    expect(on.notes.map(factText).join()).not.toContain('linked mailbox');
  });

  it('is a disabled person without advice if that is configured', () => {
    const mapped = mapAs('user', people);
    expect(mapped.accounts[0]).toMatchObject({ kind: 'user', account: { active: false } });
    expect(mapped.notes).toEqual([]);
  });
});

describe('a room or equipment', () => {
  it.each(['16', '32', '8589934592', '17179869184'])('of type %s never has an account', (type) => {
    for (const configuration of [configure(), as('functional'), as('user')]) {
      const mapped = map({ people: [mailbox('room', type)], configuration });
      expect(mapped.accounts).toEqual([]);
      expect(mapped.excluded).toMatchObject([
        { key: keyOf('room'), effect: 'leaves', reason: 'disabled', exclusion: { reason: 'room-mailbox' } },
      ]);
    }
  });

  it('that may log in has none either, because of its type', () => {
    const mapped = map({ people: [mailbox('room', '16', { userAccountControl: '512' })] });
    expect(mapped.excluded).toMatchObject([
      { reason: 'filtered', evidence: { attribute: 'msExchRecipientTypeDetails', value: '16' } },
    ]);
  });
});

describe('without Exchange', () => {
  const rule = `{ as: functional, filters: [{ include: { attribute: employeeType, values: [shared] } }] }`;

  it('disabled users that the filters choose are shared mailboxes, and nobody else is', () => {
    const disabled = { userAccountControl: '514' };
    const people = [
      person('info', { ...disabled, employeeType: 'Shared', msExchDelegateListLink: dnOf('anna') }),
      person('leaver', disabled),
      person('anna', { employeeType: 'shared' }),
    ];
    const mapped = mapAs(rule, people);
    expect(mapped.accounts.map(({ kind, dn }) => [kind, dn])).toEqual([
      ['user', dnOf('leaver')],
      ['user', dnOf('anna')],
      ['functional', dnOf('info')],
    ]);
    expect(mapped.accounts.at(-1)).toMatchObject({ sharedBy: { attribute: 'userAccountControl', value: '514' } });
  });
});
