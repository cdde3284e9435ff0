import { fact } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { accountKeyOf } from '../../../../src/model/account/key.ts';
import { configure } from '../../../support/account-builder.ts';
import { guidOf, keyOf, map, person, reasonsOf } from '../../../support/mapping-builder.ts';

const secrets =
  'secrets: { recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudlhxsxqwkd2lp] }\nsso: { enabled: true, key: userPrincipalName }';

describe('sso.key', () => {
  it('is another attribute than the one that says who somebody is', () => {
    const anna = person('anna', { userPrincipalName: 'anna@company.org' });
    const [mapped] = map({ people: [anna], configuration: configure(secrets) }).accounts;
    expect(mapped).toMatchObject({ ssoKey: 'anna@company.org', account: { key: keyOf('anna') } });
    expect(mapped).toMatchObject({ accountKey: guidOf('anna') });
    const same = map({ people: [anna], configuration: configure(secrets.replace(', key: userPrincipalName', '')) });
    expect(same.accounts[0]).not.toHaveProperty('accountKey');
  });

  it('that is missing holds a person in use, since a write without it would erase the one in Zivver', () => {
    const mapped = map({ people: [person('anna')], configuration: configure(secrets) });
    expect(reasonsOf(mapped)).toEqual(['no-key']);
    expect(mapped.excluded[0]).toMatchObject({
      key: keyOf('anna'),
      effect: 'held',
      exclusion: {
        detail: fact('sign-on-unknown', { why: fact('empty-or-unread', { attribute: 'userPrincipalName' }) }),
      },
    });
  });

  it('that is missing keeps no disabled account open', () => {
    const off = person('anna', { userAccountControl: '514' });
    const [mapped] = map({ people: [off], configuration: configure(secrets) }).accounts;
    expect(mapped).toMatchObject({ ssoKey: null, account: { active: false } });
  });

  it('counts only with single sign-on', () => {
    const off = configure('sso: { enabled: false, key: userPrincipalName }');
    expect(map({ people: [person('anna')], configuration: off }).accounts[0]).toMatchObject({ ssoKey: guidOf('anna') });
  });
});

describe('formerAccountKey', () => {
  const configuration = configure('', '    mapping: { accountKey: employeeID, formerAccountKey: objectGUID }');

  it('tells by what the account of an entry was known', () => {
    const [mapped] = map({ people: [person('anna', { employeeID: '0042' })], configuration }).accounts;
    expect(mapped).toMatchObject({ formerKey: keyOf('anna'), account: { key: accountKeyOf('0042') } });
  });

  it('is whom an entry without the new key is held as', () => {
    const { excluded } = map({ people: [person('anna')], configuration });
    expect(excluded).toMatchObject([{ key: keyOf('anna'), effect: 'held', exclusion: { reason: 'no-key' } }]);
  });

  it('goes with single sign-on only where sso.key says what stays as it is', () => {
    const source = '    mapping: { accountKey: employeeID, formerAccountKey: objectGUID }';
    const recipients = secrets.replace(', key: userPrincipalName', '');
    expect(() => configure(recipients, source)).toThrow('1 fault');
    expect(() => configure(secrets, source)).not.toThrow();
  });
});
