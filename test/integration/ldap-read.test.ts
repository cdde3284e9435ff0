import { describe, expect, it } from 'vitest';

import type { ResponderEntry } from '../support/ldap-directory.ts';
import { asksFor } from '../support/ldap-filter.ts';
import { encodeEntry } from '../support/ldap-messages.ts';
import type { SearchRequest } from '../support/ldap-requests.ts';
import type { SearchAnswer } from '../support/ldap-responder.ts';
import {
  closeAfterEach,
  ZIVVER,
  BASE,
  CONTEXT,
  answerPeople,
  guid,
  people,
  person,
  startSource,
} from '../support/ldap-world.ts';

closeAfterEach();

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
    const hidden = (await source.read([])).selected.at(-1);
    expect(hidden?.dn).toBe(`CN=Hidden,${BASE}`);
    expect(hidden?.attributes.size).toBe(0);
  });

  it('passes over an entry that answers another request', async () => {
    const before = (id: number): Buffer =>
      encodeEntry(id + 100, { dn: `CN=Stray,${BASE}`, attributes: { objectGUID: [guid(60)] } });
    const { source } = await startSource({ onSearch: answerPeople(() => ({ before, entries: people })) });
    expect((await source.read([])).selected.map(({ dn }) => dn)).toEqual(people.map(({ dn }) => dn));
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
