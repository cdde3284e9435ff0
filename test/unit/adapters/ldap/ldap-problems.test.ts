import { InvalidCredentialsError, StrongAuthRequiredError } from 'ldapts';
import { expect, it } from 'vitest';
import type { LdapConnection } from '../../../../src/adapters/ldap/ldap-connection.ts';
import { translateOpenFailure } from '../../../../src/adapters/ldap/ldap-problems.ts';
import { verifyUrls } from '../../../../src/adapters/ldap/ldap-servers.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { refusalOf } from '../../../support/problems-of.ts';

function translate(error: Error, url = 'ldaps://dc1.company.org', server = 'dc1.company.org:636'): ReconcileError {
  const translated = translateOpenFailure(
    error,
    { url, server, certificate: undefined } as LdapConnection,
    'COMPANY\\svc',
  );
  if (!(translated instanceof ReconcileError)) throw new Error('not translated');
  return translated;
}

const refused = (data: string): Error =>
  new InvalidCredentialsError(
    `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${data}, v1db1`,
  );

it.each(['51f', '6ba'])('asks the next server where a read-only one cannot check a password (%s)', (data) => {
  expect(translate(refused(data)).code).toBe('SOURCE_UNREACHABLE');
});

it('asks nobody else where the password is wrong', () => {
  expect(translate(refused('52e')).code).toBe('SOURCE_CREDENTIALS');
});

it('does not tell somebody who uses ldaps to use ldaps', () => {
  const { code, message, remedy } = translate(
    new StrongAuthRequiredError('BindSimple: Transport encryption required.'),
  );
  expect(code).toBe('SOURCE_TLS');
  expect(message).toContain('channel binding');
  expect(remedy).not.toContain('Use ldaps');
});

it('says that an old-style name does not count for an IP address', () => {
  const fault = Object.assign(new Error('altnames'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  expect(translate(fault, 'ldaps://10.0.0.1', '10.0.0.1:636').message).toContain('IP address');
  expect(translate(fault).message).toContain('another host');
});

it.each(['ldaps://dc1.company.org:3269', 'ldap://dc1.company.org:3268/'])(
  'does not read %s, the global catalogue',
  async (url) => {
    expect((await refusalOf(() => verifyUrls([url], url.startsWith('ldap:')))).code).toBe('CONFIGURATION_INVALID');
  },
);
