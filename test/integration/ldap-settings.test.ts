import { factText } from '../../src/model/facts/fact.ts';
import type { SrvRecord } from 'node:dns';
import { describe, expect, it, vi } from 'vitest';

import { ReconcileError } from '../../src/model/errors.ts';
import { buildAuthority, issueCertificate } from '../support/certificates.ts';
import {
  BASE,
  catchError,
  closeAfterEach,
  CONTEXT,
  directory,
  findClosedUrl,
  openSource,
  root,
  startResponder,
  startSource,
  ZIVVER,
} from '../support/ldap-world.ts';

const dns = vi.hoisted(() => ({ resolveSrv: vi.fn<(name: string) => Promise<SrvRecord[]>>() }));
vi.mock('node:dns/promises', async (original) => ({ ...(await original<object>()), ...dns }));

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

  it('with a container instead of a group is refused', async () => {
    const { source } = await startSource(
      {
        entries: [...directory, { dn: `CN=Users,${CONTEXT}`, attributes: { objectClass: ['top', 'container'] } }],
      },
      { query: `(memberOf=CN=Users,${CONTEXT})` },
    );
    const error = await catchError(source.read([]));
    expect([error.code, error.remedy]).toEqual(['SOURCE_QUERY_INVALID', expect.stringContaining('distinguishedName')]);
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

describe('an attribute that nobody has', () => {
  const SCHEMA = `CN=Schema,CN=Configuration,${CONTEXT}`;
  const describedIn = (...names: readonly string[]) =>
    names.map((name) => ({ dn: `CN=${name},${SCHEMA}`, attributes: { lDAPDisplayName: [name] } }));
  const entries = [
    { ...root, attributes: { ...root.attributes, schemaNamingContext: [SCHEMA] } },
    ...directory.slice(1),
    { dn: SCHEMA, attributes: { objectClass: ['top', 'dMD'] } },
    ...describedIn(
      'objectClass',
      'objectCategory',
      'mail',
      'mobile',
      'department',
      'sAMAccountName',
      'userAccountControl',
      'accountExpires',
    ),
  ];

  it('and that the schema does not know is refused, with the name that may be meant', async () => {
    const { source } = await startSource({ entries });
    const error = await catchError(source.read(['maill', 'department', 'msExchDelegateListLink']));
    expect(error.code).toBe('CONFIGURATION_INVALID');
    expect(error.problems).toEqual([{ where: 'maill', what: 'no such attribute; did you mean mail?' }]);
  });

  it('and that stands in the query is refused alike', async () => {
    const { source } = await startSource({ entries }, { query: '(|(objectClass=user)(departmnt=Care))' });
    expect((await catchError(source.read([]))).problems[0]?.what).toContain('did you mean department?');
  });

  it('but that the schema knows, or cannot be asked for, is read', async () => {
    const { source } = await startSource({ entries });
    expect((await source.read(['department'])).selected).toHaveLength(5);
    const other = await startSource({});
    expect((await other.source.read(['maill'])).selected).toHaveLength(5);
  });
});

describe('domain controllers that DNS names', () => {
  const record = (url: string, priority: number): SrvRecord => ({
    name: 'localhost',
    port: Number(new URL(url).port),
    priority,
    weight: 1,
  });

  it('are tried in their order: the next one is read if the first is down', async () => {
    const { url } = await startResponder({});
    dns.resolveSrv.mockResolvedValueOnce([record(url, 5), record(await findClosedUrl(), 1)]);
    const source = openSource({ urls: ['ldaps+srv://localhost'] });
    const { selected, server, warnings } = await source.read([]);
    expect(dns.resolveSrv).toHaveBeenLastCalledWith('_ldap._tcp.localhost');
    expect([selected.length, server]).toEqual([5, new URL(url).host]);
    expect(warnings.map(factText).join()).toContain('the next server was read');
  });

  it('confirm who is missing; one alone confirms nothing', async () => {
    const [one, other] = [await startResponder({}), await startResponder({})];
    const question = { isMissing: () => true, keyAttribute: 'objectGUID', attributes: [], selectionAttributes: [] };
    dns.resolveSrv.mockResolvedValue([record(one.url, 1), record(other.url, 2)]);
    const source = openSource({ urls: ['ldaps+srv://localhost'] });
    expect(await source.askSecond?.(question)).toMatchObject({ server: new URL(other.url).host });
    dns.resolveSrv.mockResolvedValue([record(one.url, 1)]);
    expect(await openSource({ urls: ['ldaps+srv://localhost'] }).askSecond?.(question)).toBeNull();
  });

  it('that nobody knows are SOURCE_UNREACHABLE', async () => {
    dns.resolveSrv.mockRejectedValueOnce(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const error = await catchError(openSource({ urls: ['ldaps+srv://company.org'] }).read([]));
    expect([error.code, error.message]).toEqual(['SOURCE_UNREACHABLE', expect.stringContaining('(ENOTFOUND)')]);
  });
});

it('a caFile with the issuing authority alone is enough, whatever root is above it', async () => {
  const issuing = buildAuthority('Company Issuing CA', buildAuthority('Company Root CA'));
  const { source } = await startSource(
    { certificate: issueCertificate(issuing, ['localhost']) },
    { caFile: issuing.certificate },
  );
  expect((await source.read([])).selected).toHaveLength(5);
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
