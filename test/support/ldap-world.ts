import { afterEach } from 'vitest';

import { ReconcileError } from '../../src/model/errors.ts';
import { createLdapSource } from '../../src/adapters/ldap/ldap.ts';
import type { LdapSourceOptions } from '../../src/adapters/ldap/ldap.ts';
import type { Source } from '../../src/model/directory/source.ts';
import { buildAuthority, issueCertificate } from './certificates.ts';
import type { ResponderEntry } from './ldap-directory.ts';
import { asksFor } from './ldap-filter.ts';
import { startLdapResponder } from './ldap-responder.ts';
import type { LdapResponder, LdapResponderOptions } from './ldap-responder.ts';

/** A small directory inside the test process, and the product's LDAP source that reads it. */

export type OnSearch = NonNullable<LdapResponderOptions['onSearch']>;

export const PASSWORD = 'canary-password';
export const CONTEXT = 'DC=company,DC=org';
export const BASE = `OU=Staff,${CONTEXT}`;
export const ZIVVER = `CN=ZivverUsers,OU=Groups,${CONTEXT}`;

export const authority = buildAuthority('Company Test CA');
const certificate = issueCertificate(authority, ['localhost']);

export const root: ResponderEntry = {
  dn: '',
  attributes: {
    objectClass: ['top'],
    namingContexts: [CONTEXT, `CN=Configuration,${CONTEXT}`],
    isSynchronized: ['TRUE'],
  },
};
export const people = ['Jan', 'Els', 'Aïcha', 'Piet', 'Kees'].map((name, index) => person(name, index));
export const directory: readonly ResponderEntry[] = [
  root,
  { dn: CONTEXT, attributes: { ...unit(CONTEXT).attributes, objectGUID: [guid(97)] } },
  unit(BASE),
  unit(`OU=Zorg,${BASE}`),
  unit(`OU=Archief,${CONTEXT}`),
  {
    dn: ZIVVER,
    attributes: {
      objectClass: ['top', 'group'],
      objectCategory: ['group'],
      objectGUID: [guid(99)],
      cn: ['ZivverUsers'],
    },
  },
  ...people,
  { ...person('Moved', 50), dn: `CN=Moved,OU=Archief,${CONTEXT}` },
];

const open: { close(): Promise<void> }[] = [];

/** Call it once in every file that opens something here. */
export function closeAfterEach(): void {
  afterEach(async () => {
    while (open.length > 0) await open.pop()?.close();
  });
}

export async function startResponder(options: Partial<LdapResponderOptions>): Promise<LdapResponder> {
  const responder = await startLdapResponder({ certificate, entries: directory, ...options });
  open.push(responder);
  return responder;
}

/** Of a server that was there and is down. */
export async function findClosedUrl(): Promise<string> {
  const down = await startLdapResponder({ certificate });
  await down.close();
  return down.url;
}

export function openSource(options: Partial<LdapSourceOptions> & Pick<LdapSourceOptions, 'urls'>): Source {
  const source = createLdapSource({
    name: 'head-office',
    user: 'COMPANY\\svc_zivver',
    password: PASSWORD,
    baseDn: BASE,
    pageSize: 1000,
    caFile: authority.certificate,
    startTls: false,
    connectTimeoutMs: 2000,
    requestTimeoutMs: 2000,
    ...options,
  });
  open.push(source);
  return source;
}

export async function startSource(
  responderOptions: Partial<LdapResponderOptions>,
  options: Partial<LdapSourceOptions> = {},
): Promise<{ readonly source: Source; readonly responder: LdapResponder }> {
  const responder = await startResponder(responderOptions);
  return { responder, source: openSource({ urls: [responder.url], ...options }) };
}

/** Replaces the answers to the search for people only. */
export function answerPeople(answer: OnSearch): OnSearch {
  return (search) => (asksFor(search.filter, 'objectcategory', 'person') ? answer(search) : undefined);
}

function unit(dn: string): ResponderEntry {
  return { dn, attributes: { objectClass: ['top', 'organizationalUnit'] } };
}

export function person(name: string, index: number): ResponderEntry {
  const address = `${name.toLowerCase()}@company.org`;
  return {
    dn: `CN=${name},${BASE}`,
    attributes: {
      objectClass: ['top', 'person', 'user'],
      objectCategory: ['person'],
      objectGUID: [guid(index)],
      proxyAddresses: [`SMTP:${address}`, `smtp:${address.slice(0, 1)}@company.org`],
      mail: [],
    },
  };
}

export function guid(index: number): Buffer {
  return Buffer.alloc(16, index + 0x80);
}

export async function catchError(reading: Promise<unknown>): Promise<ReconcileError> {
  const error: unknown = await reading.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  if (error instanceof ReconcileError) return error;
  throw error;
}
