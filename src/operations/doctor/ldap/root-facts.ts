import type { LdapResponse } from '../../../adapters/ldap/ldap-connection.ts';
import { parseEntry } from '../../../adapters/ldap/ldap-message.ts';

/** What a directory says of itself before anybody logs in (MS-ADTS §3.1.1.3.2, rootDSE). */
export interface RootFacts {
  readonly contexts: readonly string[];
  readonly context: string | null;
  readonly configurationContext: string | null;
  readonly schemaContext: string | null;
  readonly hostName: string | null;
  /** DN of its settings object: no two domain controllers have the same. */
  readonly serviceName: string | null;
  readonly isSynchronized: boolean;
  /** Milliseconds since 1970, null if it does not tell. */
  readonly currentTimeMs: number | null;
  readonly isActiveDirectory: boolean;
}

export const ROOT_ATTRIBUTES: readonly string[] = [
  'namingContexts',
  'defaultNamingContext',
  'configurationNamingContext',
  'schemaNamingContext',
  'dnsHostName',
  'dsServiceName',
  'isSynchronized',
  'currentTime',
  'supportedCapabilities',
];

/** LDAP_CAP_ACTIVE_DIRECTORY_OID */
const ACTIVE_DIRECTORY = '1.2.840.113556.1.4.800';

export function parseRootFacts({ entries }: Pick<LdapResponse, 'entries'>): RootFacts {
  const [entry] = entries.map(parseEntry);
  const all = (name: string): readonly string[] =>
    entry?.attributes
      .find(({ type }) => type.toLowerCase() === name.toLowerCase())
      ?.values.map((value) => value.toString()) ?? [];
  const first = (name: string): string | null => all(name)[0] ?? null;
  return {
    contexts: all('namingContexts'),
    context: first('defaultNamingContext') ?? first('namingContexts'),
    configurationContext: first('configurationNamingContext'),
    schemaContext: first('schemaNamingContext'),
    hostName: first('dnsHostName'),
    serviceName: first('dsServiceName'),
    isSynchronized: first('isSynchronized')?.toUpperCase() !== 'FALSE',
    currentTimeMs: parseGeneralizedTime(first('currentTime') ?? ''),
    isActiveDirectory: all('supportedCapabilities').includes(ACTIVE_DIRECTORY),
  };
}

/** `20261123225508.0Z` → milliseconds since 1970; null for any other form. */
export function parseGeneralizedTime(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(text);
  if (parts === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
