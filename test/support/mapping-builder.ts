import { accountKeyOf } from '../../src/model/account/key.ts';
import type { Configuration } from '../../src/model/configuration/configuration.ts';
import type { Entry } from '../../src/model/directory/entry.ts';
import { formatGuid } from '../../src/model/directory/guid.ts';
import { mapAccounts } from '../../src/model/mapping/map-accounts.ts';
import { takeWhole } from '../../src/model/mapping/open-mapping.ts';
import type { MappedAccounts } from '../../src/model/mapping/mapped.ts';
import type { WholeRead } from '../../src/model/mapping/read-source.ts';
import { configure, dnOf, entry } from './account-builder.ts';

/** Entries of a directory for unit tests of the mapping, named by short names, and what becomes of them. */

export const NOW = new Date('2026-11-23T10:00:00.000Z');

export function guidOf(name: string): string {
  return Buffer.from(name.padEnd(16, '_').slice(0, 16)).toString('base64');
}

export function keyOf(name: string): string {
  return accountKeyOf(formatGuid(guidOf(name)));
}

export function person(name: string, given: Record<string, string | string[]> = {}): Entry {
  return entry(dnOf(name), {
    objectClass: ['top', 'person', 'user'],
    objectGUID: guidOf(name),
    name,
    userAccountControl: '512',
    proxyAddresses: `SMTP:${name}@company.org`,
    ...given,
  });
}

export function group(name: string, given: Record<string, string | string[]> = {}): Entry {
  const address = `SMTP:${name}@company.org`;
  return entry(dnOf(name), {
    objectClass: ['top', 'group'],
    objectGUID: guidOf(name),
    name,
    proxyAddresses: address,
    ...given,
  });
}

export interface Given {
  readonly people?: Entry[];
  readonly groups?: Entry[];
  readonly lookedUp?: Entry[];
  readonly configuration?: Configuration;
  readonly managed?: string[];
}

export function read({ people = [], groups = [], lookedUp = [], configuration = configure() }: Given): WholeRead[] {
  return configuration.sources.map((configured) => ({
    configured,
    lookedUp,
    snapshot: {
      name: configured.name,
      kind: 'ldif',
      server: 'people.ldif',
      baseDn: '',
      selected: people,
      groups,
      pages: 1,
      warnings: [],
    },
  }));
}

export function map(given: Given): MappedAccounts {
  const configuration = given.configuration ?? configure();
  return mapReads(read(given), configuration, given.managed);
}

/** At `NOW`. */
export function mapReads(
  reads: readonly WholeRead[],
  configuration: Configuration,
  managed: string[] = [],
): MappedAccounts {
  const rules = { configuration, now: NOW };
  const sources = reads.map((one) => takeWhole(one, rules));
  return mapAccounts({ ...rules, sources, managedKeys: new Set(managed.map(keyOf)) });
}

export function reasonsOf({ excluded, exclusions }: MappedAccounts): string[] {
  return [...excluded.map(({ exclusion }) => exclusion.reason), ...exclusions.map(({ reason }) => reason)].sort();
}
