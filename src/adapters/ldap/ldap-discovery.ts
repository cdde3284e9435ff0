import { resolveSrv } from 'node:dns/promises';
import type { SrvRecord } from 'node:dns';

import { ReconcileError } from '../../model/errors.ts';

export type ResolveSrv = (name: string) => Promise<readonly SrvRecord[]>;

const DISCOVERED = /^(ldaps?)\+srv:\/\/([\w.-]+)\/?$/i;

/** True for `ldaps+srv://company.org`, which names a domain: DNS knows its domain controllers. */
export function isDiscovered(url: string): boolean {
  return DISCOVERED.test(url);
}

/**
 * The URLs of single servers, in the order in which they are tried; domains are replaced by the domain controllers that DNS names
 * (RFC 2782: `_ldap._tcp`, as every domain controller registers itself). Of one priority the heavier comes first, then the name
 * decides: another domain controller in each run would be another state of replication.
 * Throws `SOURCE_UNREACHABLE`, also for a server outside the domain: whoever can forge DNS would get the password.
 */
export async function discoverServers(
  urls: readonly string[],
  resolve: ResolveSrv = resolveSrv,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const url of urls) {
    const [, scheme, domain] = DISCOVERED.exec(url) ?? [];
    if (scheme === undefined || domain === undefined) found.push(url);
    else found.push(...(await discover(scheme.toLowerCase(), domain.toLowerCase(), resolve)));
  }
  return [...new Set(found)];
}

async function discover(scheme: string, domain: string, resolve: ResolveSrv): Promise<readonly string[]> {
  const name = `_ldap._tcp.${domain}`;
  const records = await resolve(name).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw unknownDomain(domain, `DNS has no answer for ${name}${code}`, cause);
  });
  const hosts = records.map((record) => ({ ...record, name: record.name.replace(/\.$/, '').toLowerCase() }));
  // A single record with the target "." says that there is none (RFC 2782).
  const servers = hosts.filter(({ name: host }) => host !== '');
  if (servers.length === 0) throw unknownDomain(domain, `DNS names no server for ${name}`);
  const stranger = servers.find(({ name: host }) => host !== domain && !host.endsWith(`.${domain}`));
  if (stranger !== undefined)
    throw unknownDomain(domain, `DNS names ${stranger.name}, which lies outside of ${domain}, so it is not trusted`);
  return servers
    .sort(
      (one, other) => one.priority - other.priority || other.weight - one.weight || (one.name < other.name ? -1 : 1),
    )
    .map(
      ({ name: host, port }) => `${scheme}://${host}:${scheme === 'ldaps' && port === PLAIN_PORT ? TLS_PORT : port}`,
    );
}

/** Domain controllers register the port without TLS only. */
const PLAIN_PORT = 389;
const TLS_PORT = 636;

function unknownDomain(domain: string, what: string, cause?: unknown): ReconcileError {
  return new ReconcileError('SOURCE_UNREACHABLE', `the domain controllers of ${domain} cannot be found: ${what}`, {
    remedy: 'Use the DNS server of the domain, or name its domain controllers in urls.',
    cause,
  });
}
