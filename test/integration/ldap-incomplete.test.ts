import { describe, expect, it } from 'vitest';

import { der, derNumber, derSequence } from '../support/der.ts';
import { asksFor } from '../support/ldap-filter.ts';
import type { ResponderEntry } from '../support/ldap-directory.ts';
import type { SearchAnswer } from '../support/ldap-responder.ts';
import {
  closeAfterEach,
  ZIVVER,
  answerPeople,
  catchError,
  guid,
  people,
  startSource,
  type OnSearch,
} from '../support/ldap-world.ts';

closeAfterEach();

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

  it.each(['reading', 'connecting', 'waiting for another read'])('if it is closed while %s', async (when) => {
    let isAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => void (isAsked = resolve));
    const { source } = await startSource(
      {
        onSearch: answerPeople(({ page }) => {
          if (page?.cookie !== '2') return undefined;
          isAsked();
          return { fault: 'stall' };
        }),
      },
      { pageSize: 2, requestTimeoutMs: 600_000 },
    );
    const reading = [source.read([]), ...(when === 'waiting for another read' ? [source.read([])] : [])];
    const errors = Promise.all(reading.map((one) => one.then(() => null, String)));
    if (when !== 'connecting') await asked;
    await source.close();
    for (const error of await errors) expect(error).toMatch(/connection was lost|Connection closed/);
  });

  it('if the server does not say whether more pages follow', async () => {
    const { source } = await startSource({ onSearch: answerPeople(() => ({ entries: people, cookie: null })) });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('if empty pages never end', async () => {
    const { source } = await startSource({ onSearch: answerPeople(() => ({ cookie: 'more' })) });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it.each([
    ['the same cookie again and again, and the same page', 'same', (): readonly ResponderEntry[] => people.slice(0, 2)],
    ['ever new cookies, and the same page', 'new', (): readonly ResponderEntry[] => people.slice(0, 2)],
  ])('if it gives %s', async (_case, kind, entries) => {
    let pages = 0;
    const onSearch = answerPeople(() => ({
      cookie: kind === 'new' ? String((pages += 1)) : 'same',
      entries: entries(),
    }));
    const { source } = await startSource({ onSearch }, { pageSize: 2 });
    const error = await catchError(source.read([]));
    expect(error).toMatchObject({ code: 'SOURCE_INCOMPLETE', exitCode: 11 });
    expect(error.message).toContain('it sends the same page again');
  });

  it.each([
    [2000, 2000, 'as many entries as is believed'],
    [2001, 2000, 'one entry more'],
  ])('if it gives ever new pages: %i entries where %i are believed (%s)', async (count, maxEntries) => {
    let sent = 0;
    const onSearch = answerPeople(() => {
      const entries = Array.from({ length: Math.min(100, count - sent) }, () => {
        sent += 1;
        return { dn: `CN=p${sent},OU=Staff,DC=company,DC=org`, attributes: { objectGUID: [guid(sent % 200)] } };
      });
      return { entries, cookie: sent < count ? String(sent) : '' };
    });
    const { source } = await startSource({ onSearch }, { pageSize: 100, maxEntries });
    if (count <= maxEntries) {
      expect((await source.read([])).selected).toHaveLength(count);
      return;
    }
    const error = await catchError(source.read([]));
    expect(error).toMatchObject({ code: 'SOURCE_INCOMPLETE', exitCode: 11 });
    expect(error.remedy).toContain('maxEntries');
  });

  it('if pages of one entry never end, long before the most entries', async () => {
    let sent = 0;
    const onSearch = answerPeople(() => {
      sent += 1;
      const entries = [
        { dn: `CN=p${sent},OU=Staff,DC=company,DC=org`, attributes: { objectGUID: [guid(sent % 200)] } },
      ];
      return { entries, cookie: String(sent) };
    });
    const { source } = await startSource({ onSearch }, { pageSize: 1000, maxEntries: 5000 });
    expect((await catchError(source.read([]))).message).toMatch(/201 entries on 201 pages/);
  });

  it('if the rest of an attribute does not come', async () => {
    const entries = [{ dn: ZIVVER, attributes: { objectGUID: [guid(99)], 'member;range=0-0': ['CN=a'] } }];
    const { source } = await startSource({
      onSearch: (search) => (asksFor(search.filter, 'objectcategory', 'group') ? { entries } : undefined),
    });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('if an entry is damaged; the next page was asked for before it was parsed', async () => {
    // The value claims one byte more than the message has.
    const before = (id: number): Buffer =>
      derSequence(derNumber(id), der(0x64, Buffer.from('0402', 'hex'), Buffer.from('x')));
    const onSearch = answerPeople(({ page }) => ({ before, entries: people, cookie: page?.cookie === '' ? '5' : '' }));
    const { source, responder } = await startSource({ onSearch });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
    const asked = responder.requests.flatMap((request) =>
      request.kind === 'search' && asksFor(request.filter, 'objectcategory', 'person')
        ? (request.page?.cookie ?? [])
        : [],
    );
    expect(asked).toEqual(['', '5']);
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
