import { describe, expect, it } from 'vitest';
import { discoverServers, isDiscovered } from '../../../../src/adapters/ldap/ldap-discovery.ts';
import { verifyUrls } from '../../../../src/adapters/ldap/ldap-servers.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const record = (name: string, priority = 0, weight = 100, port = 389) => ({ name, priority, weight, port });
const dns = (records: Record<string, readonly ReturnType<typeof record>[]>) => async (name: string) => {
  const found = records[name];
  if (found === undefined) throw Object.assign(new Error(`querySrv ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
  return found;
};
const company = dns({
  '_ldap._tcp.company.org': [
    record('dc4.company.org', 10, 100),
    record('dc3.company.org.', 0, 50),
    record('DC2.company.org', 0, 100),
    record('dc1.company.org', 0, 100),
  ],
});

describe('the domain controllers of a domain', () => {
  it('come from DNS: by priority, the heavier first, then by name; with TLS on its own port', async () => {
    expect(await discoverServers(['ldaps+srv://company.org'], company)).toEqual([
      'ldaps://dc1.company.org:636',
      'ldaps://dc2.company.org:636',
      'ldaps://dc3.company.org:636',
      'ldaps://dc4.company.org:636',
    ]);
  });

  it('keep the port that they registered where it is their own, and for StartTLS', async () => {
    const other = dns({ '_ldap._tcp.company.org': [record('dc1.company.org', 0, 0, 1636)] });
    expect(await discoverServers(['ldaps+srv://company.org'], other)).toEqual(['ldaps://dc1.company.org:1636']);
    expect(await discoverServers(['LDAP+SRV://Company.org/'], company)).toContain('ldap://dc1.company.org:389');
  });

  it('stand among servers that are named, each once', async () => {
    const urls = ['ldaps://dc9.company.org', 'ldaps+srv://company.org', 'ldaps://dc1.company.org:636'];
    expect(await discoverServers(urls, company)).toHaveLength(5);
    expect(await discoverServers(['ldaps://dc9.company.org'], dns({}))).toEqual(['ldaps://dc9.company.org']);
  });

  it.each([
    ['DNS does not know the domain', dns({})],
    ['there is none', dns({ '_ldap._tcp.company.org': [record('.')] })],
    ['the answer is empty', dns({ '_ldap._tcp.company.org': [] })],
    [
      'one lies outside',
      dns({ '_ldap._tcp.company.org': [record('dc1.company.org'), record('dc.company.org.evil.example')] }),
    ],
    ['one only ends like it', dns({ '_ldap._tcp.company.org': [record('dc.evilcompany.org')] })],
  ])('are refused if %s', async (_what, resolve) => {
    const { code } = await refusalOf(() => discoverServers(['ldaps+srv://company.org'], resolve));
    expect(code).toBe('SOURCE_UNREACHABLE');
  });
});

describe('a URL of a domain', () => {
  it.each([
    ['ldaps+srv://company.org', true],
    ['ldap+srv://company.org/', true],
    ['ldaps+srv://company.org:636', false],
    ['ldaps://company.org', false],
  ])('%s: %s', (url, is) => {
    expect(isDiscovered(url)).toBe(is);
  });

  it('never gets the password in the clear', async () => {
    verifyUrls(['ldaps+srv://company.org'], false);
    verifyUrls(['ldap+srv://company.org'], true);
    expect((await refusalOf(() => verifyUrls(['ldap+srv://company.org'], false))).code).toBe('SOURCE_TLS');
    expect((await refusalOf(() => verifyUrls(['ldaps+srv://company.org:636'], false))).code).toBe(
      'CONFIGURATION_INVALID',
    );
  });
});
