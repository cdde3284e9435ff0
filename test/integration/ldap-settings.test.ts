import { describe, expect, it } from 'vitest';

import { ReconcileError } from '../../src/model/errors.ts';
import { closeAfterEach, ZIVVER, BASE, CONTEXT, catchError, openSource, startSource } from '../support/ldap-world.ts';

closeAfterEach();

describe('a base DN', () => {
  it.each([
    [`OU=Staf,${CONTEXT}`, CONTEXT, BASE],
    [`OU=Zorg,${CONTEXT}`, CONTEXT, `OU=Zorg,${BASE}`],
    [`OU=Zorgg,OU=Staff,${CONTEXT}`, BASE, `OU=Zorg,${BASE}`],
    [`OU=Archive,${CONTEXT}`, CONTEXT, `OU=Archief,${CONTEXT}`],
  ])('%s that does not exist is answered with what does', async (baseDn, parent, suggestion) => {
    const { source } = await startSource({}, { baseDn });
    const error = await catchError(source.read([]));
    expect(error.code).toBe('SOURCE_BASE_MISSING');
    expect(error.problems[0]?.what.endsWith(` ${parent}`)).toBe(true);
    expect(error.problems[1]?.what.endsWith(` ${suggestion}`)).toBe(true);
  });

  it('of another domain is told so', async () => {
    const { source } = await startSource({}, { baseDn: 'OU=Staff,DC=other,DC=org' });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_BASE_MISSING');
  });
});

describe('a query', () => {
  it('with a group that does not exist is refused', async () => {
    const { source } = await startSource({}, { query: `(memberOf:1.2.840.113556.1.4.1941:=CN=Nobody,${CONTEXT})` });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_QUERY_INVALID');
  });

  it('with a group of another domain is sent with a warning', async () => {
    const { source } = await startSource({}, { query: '(|(objectClass=user)(memberOf=CN=G,DC=other,DC=org))' });
    expect((await source.read([])).warnings).toHaveLength(1);
  });

  it('with a group that exists is sent', async () => {
    const { source } = await startSource({}, { query: `(|(objectClass=user)(memberOf=${ZIVVER}))` });
    expect((await source.read([])).selected).toHaveLength(5);
  });
});

describe('options that cannot work are refused before anything is sent', () => {
  it.each([
    ['SOURCE_TLS', { urls: ['ldaps://localhost', 'ldap://localhost'] }],
    ['CONFIGURATION_SECRET_MISSING', { password: '' }],
    ['CONFIGURATION_INVALID', { urls: [] }],
    ['CONFIGURATION_INVALID', { urls: ['https://localhost'] }],
    ['CONFIGURATION_INVALID', { urls: ['ldaps://user:secret@localhost'] }],
    ['CONFIGURATION_INVALID', { urls: ['ldaps://localhost/DC=org'] }],
    ['CONFIGURATION_INVALID', { user: ' ' }],
    ['CONFIGURATION_INVALID', { pageSize: 0 }],
    ['CONFIGURATION_INVALID', { pageSize: 100_001 }],
    ['CONFIGURATION_INVALID', { pageSize: 1.5 }],
    ['CONFIGURATION_INVALID', { caFile: 'not a certificate' }],
    ['CONFIGURATION_INVALID', { caFile: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }],
    ['SOURCE_BASE_MISSING', { baseDn: '' }],
    ['SOURCE_BASE_MISSING', { baseDn: 'OU=Jansen, Jan,DC=org' }],
    ['SOURCE_QUERY_INVALID', { query: '(mail=*' }],
  ])('%s: %j', (code, options) => {
    let caught: unknown;
    try {
      openSource({ urls: ['ldaps://localhost'], ...options });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ReconcileError);
    expect((caught as ReconcileError).code).toBe(code);
  });
});
