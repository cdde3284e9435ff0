import { describe, expect, it } from 'vitest';
import { diagnoseLogin, domainOfContext } from '../../../../../src/operations/doctor/ldap/diagnose-login.ts';

const refusal = {
  user: 'COMPANY\\svc',
  reason: '52e' as string | undefined,
  resultCode: 49,
  context: 'DC=company,DC=org',
  passwordHasBlanks: false,
};

describe('a refused login', () => {
  it.each([
    ['52e', 'WRONG_PASSWORD'],
    ['525', 'USER_UNKNOWN'],
    ['57', 'USER_UNKNOWN'],
    ['52f', 'ACCOUNT_RESTRICTED'],
    ['530', 'LOGON_HOURS'],
    ['531', 'LOGON_WORKSTATION'],
    ['532', 'PASSWORD_EXPIRED'],
    ['533', 'ACCOUNT_DISABLED'],
    ['701', 'ACCOUNT_EXPIRED'],
    ['773', 'PASSWORD_MUST_CHANGE'],
    ['775', 'ACCOUNT_LOCKED'],
    ['abc', 'LOGIN_REFUSED'],
  ])('with AD reason %s is %s', (reason, code) => {
    expect(diagnoseLogin({ ...refusal, reason }).diagnosis).toMatchObject({ code, error: 'SOURCE_CREDENTIALS' });
  });

  it.each([
    ['svc', 'USER_NEEDS_DOMAIN'],
    ['company.org\\svc', 'USER_DOMAIN_FORM'],
    ['COMPANY\\svc@company.org', 'USER_DOMAIN_SUPERFLUOUS'],
    ['COMPANY\\CN=svc,DC=company,DC=org', 'USER_DOMAIN_SUPERFLUOUS'],
    ['svc@company.org', 'WRONG_PASSWORD'],
    ['CN=svc,DC=company,DC=org', 'WRONG_PASSWORD'],
  ])('of %s is %s', (user, code) => {
    for (const reason of ['52e', undefined])
      expect(diagnoseLogin({ ...refusal, user, reason }).diagnosis.code).toBe(code);
  });

  it('because the connection is not encrypted is told apart', () => {
    for (const resultCode of [8, 13]) {
      const { diagnosis } = diagnoseLogin({ ...refusal, resultCode, reason: undefined });
      expect(diagnosis.code).toBe('PLAIN_LDAP_REFUSED');
    }
  });

  it('names a domain that is not that of the server, and blanks around the password', () => {
    const details = (user: string, passwordHasBlanks = false): number =>
      diagnoseLogin({ ...refusal, user, passwordHasBlanks }).diagnosis.details.length;
    expect(details('COMPANY\\svc')).toBe(1);
    expect(details('OTHER\\svc')).toBe(2);
    expect(details('svc@other.org')).toBe(2);
    expect(details('CN=svc,DC=other,DC=org')).toBe(2);
    expect(details('COMPANY\\svc', true)).toBe(2);
  });

  it('offers the name with the domain the server told', () => {
    expect(diagnoseLogin({ ...refusal, user: 'svc' }).diagnosis.fix).toContain('svc@company.org');
    expect(domainOfContext(null)).toBe('the-domain');
  });
});
