import { afterEach, describe, expect, it } from 'vitest';

import { ReconcileError } from '../../src/errors.ts';
import { createLdapSource } from '../../src/source/ldap.ts';
import type { LdapSourceOptions } from '../../src/source/ldap.ts';
import type { Source } from '../../src/source/source.ts';
import { buildAuthority, issueCertificate } from '../support/certificates.ts';
import type { ResponderEntry } from '../support/ldap-directory.ts';
import { asksFor } from '../support/ldap-filter.ts';
import type { SearchRequest } from '../support/ldap-requests.ts';
import { startLdapResponder } from '../support/ldap-responder.ts';
import type { LdapResponder, LdapResponderOptions, SearchAnswer } from '../support/ldap-responder.ts';

type OnSearch = NonNullable<LdapResponderOptions['onSearch']>;

const PASSWORD = 'canary-password';
const CONTEXT = 'DC=company,DC=org';
const BASE = `OU=Staff,${CONTEXT}`;
const ZIVVER = `CN=ZivverUsers,OU=Groups,${CONTEXT}`;

const authority = buildAuthority('Company Test CA');
const certificate = issueCertificate(authority, ['localhost']);

const root: ResponderEntry = {
  dn: '',
  attributes: {
    objectClass: ['top'],
    namingContexts: [CONTEXT, `CN=Configuration,${CONTEXT}`],
    isSynchronized: ['TRUE'],
  },
};
const people = ['Jan', 'Els', 'Aïcha', 'Piet', 'Kees'].map((name, index) => person(name, index));
const directory: readonly ResponderEntry[] = [
  root,
  unit(CONTEXT),
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
afterEach(async () => {
  while (open.length > 0) await open.pop()?.close();
});

describe('a complete read', () => {
  it('gives people below the base, groups of the domain, and what it took', async () => {
    const { source, responder } = await startSource({}, { pageSize: 2 });
    const snapshot = await source.read(['mail', 'MAIL', 'displayName']);
    expect(snapshot.selected.map(({ dn }) => dn)).toEqual(people.map(({ dn }) => dn));
    expect(snapshot.groups.map(({ dn }) => dn)).toEqual([ZIVVER]);
    expect(snapshot).toMatchObject({
      kind: 'ldap',
      baseDn: BASE,
      pages: 4,
      warnings: [],
      server: `localhost:${responder.port}`,
    });
    expect(snapshot.selected[1]?.attributes.get('objectguid')).toEqual([guid(1).toString('base64')]);
    expect(snapshot.selected[1]?.attributes.get('proxyaddresses')).toEqual([
      'SMTP:els@company.org',
      'smtp:e@company.org',
    ]);
    expect(snapshot.selected[1]?.attributes.has('mail')).toBe(false);
  });

  it('keeps every byte of a GUID that looks like text or begins with a byte order mark', async () => {
    const bytes = [Buffer.from('ABCDEFGHIJKLMNOP'), Buffer.from('efbbbf4142434445464748494a4b4c4d', 'hex')];
    const entries = bytes.map((value, index) => ({ ...person(`G${index}`, 0), attributes: { OBJECTGUID: [value] } }));
    const { source } = await startSource({ onSearch: answerPeople(() => ({ entries })) });
    const { selected } = await source.read([]);
    expect(selected.map(({ attributes }) => attributes.get('objectguid')?.[0])).toEqual(
      bytes.map((value) => value.toString('base64')),
    );
  });

  it('never asks for a size limit, leaves time to the server, and asks for at most 1000 a page', async () => {
    const { source, responder } = await startSource({}, { pageSize: 100_000 });
    await source.read([]);
    const searches = responder.requests.filter((request) => request.kind === 'search');
    expect(searches.map(({ sizeLimit, timeLimit }) => sizeLimit + timeLimit)).toEqual(searches.map(() => 0));
    expect(searches.flatMap(({ page }) => page?.size ?? [])).toEqual([1000, 1000]);
  });

  it('goes on after a page without entries', async () => {
    const pages: Record<string, SearchAnswer> = {
      '': { entries: people.slice(0, 2), cookie: 'one' },
      one: { cookie: 'two' },
      two: { entries: people.slice(2), cookie: '' },
    };
    const { source } = await startSource({ onSearch: answerPeople(({ page }) => pages[page?.cookie ?? '']) });
    const { selected, pages: count } = await source.read([]);
    expect([selected.length, count]).toEqual([5, 4]);
  });

  it('reads an attribute that comes in parts to its end', async () => {
    const members = Array.from({ length: 7 }, (_, index) => `CN=Member ${index},${BASE}`);
    const group = (attributes: ResponderEntry['attributes']): SearchAnswer => ({
      entries: [{ dn: ZIVVER, attributes: { objectGUID: [guid(99)], ...attributes } }],
    });
    const { source, responder } = await startSource({
      onSearch: (search) => {
        if (search.attributes.includes('member;range=3-*'))
          return group({ 'member;range=3-5': members.slice(3, 6), member: [] });
        if (search.attributes.includes('member;range=6-*')) return group({ 'Member;Range=6-*': members.slice(6) });
        return asksFor(search.filter, 'objectcategory', 'group')
          ? group({ member: [], 'member;range=0-2': members.slice(0, 3) })
          : undefined;
      },
    });
    const { groups } = await source.read(['member']);
    expect(groups[0]?.attributes.get('member')).toEqual(members);
    expect(groups[0]?.attributes.has('member;range=0-2')).toBe(false);
    expect(responder.requests.filter((request) => request.kind === 'search' && request.base === ZIVVER)).toHaveLength(
      2,
    );
  });

  it('mentions another domain of the forest but not the partitions without people', async () => {
    const references = [
      `ldaps://company.org/CN=Configuration,${CONTEXT}`,
      `ldap://care.company.org/DC=care,${CONTEXT}`,
    ];
    const { source } = await startSource({ onSearch: answerPeople(() => ({ entries: people, references })) });
    expect((await source.read([])).warnings).toHaveLength(1);
  });

  it('keeps an entry that may not be read, as long as others may', async () => {
    const entries = [...people, { dn: `CN=Hidden,${BASE}`, attributes: {} }];
    const { source } = await startSource({ onSearch: answerPeople(() => ({ entries })) });
    expect((await source.read([])).selected.at(-1)).toEqual({
      dn: `CN=Hidden,${BASE}`,
      attributes: new Map(),
    });
  });

  it('logs in once and uses one connection for everything', async () => {
    const { source, responder } = await startSource({});
    await Promise.all([source.read([]), source.lookUpDns([ZIVVER], []), source.readDomain([])]);
    expect(responder.requests.filter(({ kind }) => kind === 'bind')).toHaveLength(1);
  });

  it('works with StartTLS', async () => {
    const { source, responder } = await startSource({ startTls: true }, { startTls: true });
    expect((await source.read([])).selected).toHaveLength(5);
    expect(responder.requests.slice(0, 2).map(({ kind }) => kind)).toEqual(['startTls', 'bind']);
  });
});

describe('lookUpDns and readDomain', () => {
  it('find entries anywhere in the domain, and leave out what does not exist', async () => {
    const { source } = await startSource({});
    const moved = `cn=moved, ou=archief, ${CONTEXT}`;
    const found = await source.lookUpDns([moved, `CN=Moved,OU=Archief,${CONTEXT}`, `CN=Nobody,${BASE}`], []);
    expect(found.map(({ dn }) => dn)).toEqual([`CN=Moved,OU=Archief,${CONTEXT}`]);
  });

  it('look up many names in batches', async () => {
    const { source, responder } = await startSource({});
    await source.lookUpDns(
      Array.from({ length: 201 }, (_, index) => `CN=${index},${BASE}`),
      [],
    );
    expect(
      responder.requests.filter((request) => request.kind === 'search' && request.page !== undefined),
    ).toHaveLength(3);
  });

  it('give everybody, and nobody deleted if those may not be listed', async () => {
    const { source } = await startSource({});
    const { people: everybody, deleted } = await source.readDomain([]);
    expect([everybody.length, deleted.length]).toEqual([6, 0]);
  });

  it('give deleted people apart where they may be listed', async () => {
    const gone = { dn: `CN=Gone\\0ADEL:x,CN=Deleted Objects,${CONTEXT}`, attributes: { objectGUID: [guid(7)] } };
    const onSearch = ({ base, controls }: SearchRequest): SearchAnswer | undefined =>
      base === `CN=Deleted Objects,${CONTEXT}` && controls.includes('1.2.840.113556.1.4.417')
        ? { entries: [gone] }
        : undefined;
    const { source } = await startSource({ onSearch });
    expect((await source.readDomain([])).deleted.map(({ dn }) => dn)).toEqual([gone.dn]);
  });
});

describe('an incomplete read is an error', () => {
  const secondPage = (answer: SearchAnswer): OnSearch =>
    answerPeople(({ page }) => (page?.cookie === '2' ? answer : undefined));

  it.each([1, 3, 4, 10, 11, 12, 32, 50, 51, 52, 53, 80])('if page 2 ends with result code %i', async (code) => {
    const { source } = await startSource(
      { onSearch: secondPage({ entries: people.slice(2, 3), code }) },
      { pageSize: 2 },
    );
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it.each([0, 1, 5, 40, 150, 300])('if the connection ends %i bytes into page 2', async (cutAfterBytes) => {
    const fault = { cutAfterBytes };
    const { source } = await startSource({ onSearch: secondPage({ entries: people, fault }) }, { pageSize: 2 });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('if the server stops answering', async () => {
    const options = { pageSize: 2, requestTimeoutMs: 60 };
    const { source } = await startSource({ onSearch: secondPage({ fault: 'stall' }) }, options);
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('if the server does not say whether more pages follow', async () => {
    const { source } = await startSource({ onSearch: answerPeople(() => ({ entries: people, cookie: null })) });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('if empty pages never end', async () => {
    const { source } = await startSource({ onSearch: answerPeople(() => ({ cookie: 'more' })) });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('if the rest of an attribute does not come', async () => {
    const entries = [{ dn: ZIVVER, attributes: { objectGUID: [guid(99)], 'member;range=0-0': ['CN=a'] } }];
    const { source } = await startSource({
      onSearch: (search) => (asksFor(search.filter, 'objectcategory', 'group') ? { entries } : undefined),
    });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('if nobody may be read', async () => {
    const entries = people.map(({ dn }) => ({ dn, attributes: {} }));
    const { source } = await startSource({ onSearch: answerPeople(() => ({ entries })) });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('if the connection was lost between two reads; the next read starts over with a new one', async () => {
    const { source, responder } = await startSource({});
    await source.read([]);
    responder.dropConnections();
    expect((await catchError(source.readDomain([]))).code).toBe('SOURCE_INCOMPLETE');
    expect((await source.read([])).selected).toHaveLength(5);
    expect(responder.requests.filter(({ kind }) => kind === 'bind')).toHaveLength(2);
  });

  it('and nothing of a broken read is kept for the next one', async () => {
    let isBroken = true;
    const onSearch = answerPeople(({ page }) => {
      if (page?.cookie !== '2' || !isBroken) return undefined;
      isBroken = false;
      return { code: 52 };
    });
    const { source } = await startSource({ onSearch }, { pageSize: 2 });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
    expect((await source.read([])).selected).toHaveLength(5);
  });
});

describe('a login', () => {
  it.each(['525', '52e', '530', '531', '532', '533', '701', '773', '775'])(
    'refused with AD reason %s is told so',
    async (reason) => {
      const message = `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${reason}, v1db1\0`;
      const { source, responder } = await startSource({ bind: { code: 49, message } });
      const error = await catchError(source.read([]));
      expect(error.code).toBe('SOURCE_CREDENTIALS');
      expect(error.problems[0]?.what).toContain(reason);
      expect(responder.requests.filter(({ kind }) => kind === 'bind')).toHaveLength(1);
      expect(JSON.stringify([error.message, error.remedy, error.problems, String(error.cause)])).not.toContain(
        PASSWORD,
      );
    },
  );

  it('with a bare name gets the advice to add the domain', async () => {
    const message = 'comment: AcceptSecurityContext error, data 52e, v1db1';
    const { source } = await startSource({ bind: { code: 49, message } }, { user: 'svc_zivver' });
    expect((await catchError(source.read([]))).remedy).toContain('DOMAIN\\svc_zivver');
  });

  it('that is refused is not tried on the next server', async () => {
    const refusing = await startResponder({ bind: { code: 49, message: 'data 775,' } });
    const other = await startResponder({});
    const source = openSource({ urls: [refusing.url, other.url] });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_CREDENTIALS');
    expect(other.requests).toEqual([]);
  });
});

describe('a server', () => {
  it('that is down is passed over with a warning', async () => {
    const down = await startResponder({});
    await down.close();
    open.pop();
    const up = await startResponder({});
    const { server, warnings } = await openSource({ urls: [down.url, up.url] }).read([]);
    expect(server).toBe(`localhost:${up.port}`);
    expect(warnings).toHaveLength(1);
  });

  it('that is down is unreachable if there is no other', async () => {
    const down = await startResponder({});
    await down.close();
    open.pop();
    expect((await catchError(openSource({ urls: [down.url] }).read([]))).code).toBe('SOURCE_UNREACHABLE');
  });

  it.each([
    ['of an unknown authority', buildAuthority('Other CA'), ['localhost'], undefined],
    ['for another host', authority, ['dc1.company.org'], undefined],
    ['that has expired', authority, ['localhost'], new Date(Date.now() - 86_400_000)],
  ])('with a certificate %s gets no password', async (_why, issuer, names, to) => {
    for (const startTls of [false, true]) {
      const { source, responder } = await startSource(
        { certificate: issueCertificate(issuer, names, to), startTls },
        { startTls },
      );
      const error = await catchError(source.read([]));
      expect(error.code).toBe('SOURCE_TLS');
      expect(error.problems.map(({ what }) => what).join()).toContain(names[0]);
      expect(error.problems.map(({ what }) => what).join()).toContain(issuer.name);
      expect(responder.requests.filter(({ kind }) => kind === 'bind')).toEqual([]);
    }
  });

  it('whose certificate is for localhost is not accepted by its address with StartTLS', async () => {
    const responder = await startResponder({ startTls: true });
    const source = openSource({ urls: [`ldap://127.0.0.1:${responder.port}`], startTls: true });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_TLS');
  });

  it('that speaks no TLS on that port is told so', async () => {
    const responder = await startResponder({ startTls: true });
    const error = await catchError(
      openSource({ urls: [`ldaps://localhost:${responder.port}`], connectTimeoutMs: 80 }).read([]),
    );
    expect(error.code).toBe('SOURCE_TLS');
  });

  it('that expects TLS at once gets no StartTLS', async () => {
    const responder = await startResponder({});
    const error = await catchError(
      openSource({ urls: [`ldap://localhost:${responder.port}`], startTls: true }).read([]),
    );
    expect(error.code).toBe('SOURCE_UNREACHABLE');
    expect(responder.requests).toEqual([]);
  });

  it('that has not finished its replication is not believed', async () => {
    const entries = [{ ...root, attributes: { ...root.attributes, isSynchronized: ['FALSE'] } }, ...directory.slice(1)];
    const { source } = await startSource({ entries });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_IMPLAUSIBLE');
  });
});

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

async function startResponder(options: Partial<LdapResponderOptions>): Promise<LdapResponder> {
  const responder = await startLdapResponder({ certificate, entries: directory, ...options });
  open.push(responder);
  return responder;
}

function openSource(options: Partial<LdapSourceOptions> & Pick<LdapSourceOptions, 'urls'>): Source {
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

async function startSource(
  responderOptions: Partial<LdapResponderOptions>,
  options: Partial<LdapSourceOptions> = {},
): Promise<{ readonly source: Source; readonly responder: LdapResponder }> {
  const responder = await startResponder(responderOptions);
  return { responder, source: openSource({ urls: [responder.url], ...options }) };
}

/** Replaces the answers to the search for people only. */
function answerPeople(answer: OnSearch): OnSearch {
  return (search) => (asksFor(search.filter, 'objectcategory', 'person') ? answer(search) : undefined);
}

function unit(dn: string): ResponderEntry {
  return { dn, attributes: { objectClass: ['top', 'organizationalUnit'] } };
}

function person(name: string, index: number): ResponderEntry {
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

function guid(index: number): Buffer {
  return Buffer.alloc(16, index + 0x80);
}

async function catchError(reading: Promise<unknown>): Promise<ReconcileError> {
  const error: unknown = await reading.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  if (error instanceof ReconcileError) return error;
  throw error;
}
