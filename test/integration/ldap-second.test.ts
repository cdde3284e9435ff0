import { describe, expect, it } from 'vitest';

import { formatGuid } from '../../src/model/directory/guid.ts';
import type { Entry } from '../../src/model/directory/entry.ts';
import type { SecondAnswer } from '../../src/model/directory/source.ts';
import type { LdapResponderOptions } from '../support/ldap-responder.ts';
import {
  BASE,
  CONTEXT,
  catchError,
  closeAfterEach,
  directory,
  findClosedUrl,
  guid,
  openSource,
  people,
  root,
  startResponder,
} from '../support/ldap-world.ts';

closeAfterEach();

const MISSING = formatGuid(guid(1).toString('base64'));

async function ask(options: Partial<LdapResponderOptions> | null, isMissing = isPersonOne): Promise<SecondAnswer> {
  const first = await startResponder({});
  const second = options === null ? await findClosedUrl() : (await startResponder(options)).url;
  const source = openSource({ urls: [first.url, second] });
  await source.read([]);
  const question = { isMissing, keyAttribute: 'objectGUID', attributes: [], selectionAttributes: ['displayName'] };
  return (await source.askSecond?.(question)) as SecondAnswer;
}

function isPersonOne({ attributes }: Entry): boolean {
  return formatGuid(attributes.get('objectguid')?.[0] ?? '') === MISSING;
}

describe('a second domain controller', () => {
  it('is not asked where there is none', () => {
    expect(openSource({ urls: ['ldaps://localhost', 'ldaps://localhost'] }).askSecond).toBeUndefined();
  });

  it('tells of the people in question only, and which of them it selects', async () => {
    const answer = await ask({});
    expect(answer).toMatchObject({ people: [{ dn: people[1]?.dn }], selected: [{ dn: people[1]?.dn }], deleted: [] });
  });

  it('looks people up by the bytes of their keys, a hundred at a time', async () => {
    const second = await startResponder({});
    const source = openSource({ urls: [(await startResponder({})).url, second.url] });
    await source.read([]);
    const question = { keyAttribute: 'objectGUID', attributes: [], selectionAttributes: [] };
    await source.askSecond?.({ ...question, isMissing: () => true });
    const lookups = second.requests.filter(
      (one) => one.kind === 'search' && one.base === BASE && one.page !== undefined,
    );
    expect(lookups).toHaveLength(1);
  });

  it('that does not select somebody who moved says where the entry is', async () => {
    const entries = directory.map((entry) =>
      entry === people[1] ? { ...entry, dn: `CN=Els,OU=Archief,${CONTEXT}` } : entry,
    );
    expect(await ask({ entries })).toMatchObject({ people: [{ dn: `CN=Els,OU=Archief,${CONTEXT}` }], selected: [] });
  });

  it.each<[string, Partial<LdapResponderOptions> | null]>([
    ['is down', null],
    ['refuses the login', { bind: { code: 49, message: 'data 52e,' } }],
    [
      'has not finished its replication',
      { entries: [{ ...root, attributes: { ...root.attributes, isSynchronized: ['FALSE'] } }, ...directory.slice(1)] },
    ],
    ['breaks off', { onSearch: ({ base }) => (base === CONTEXT ? { code: 51 } : undefined) }],
  ])('that %s gives no answer, which is an answer of its own', async (_why, options) => {
    expect(await ask(options)).toMatchObject({ server: null, why: expect.stringContaining('localhost:') });
  });

  it('of another domain is refused, also if its name is the same', async () => {
    const other = directory.map((entry) =>
      entry.dn === CONTEXT ? { ...entry, attributes: { ...entry.attributes, objectGUID: [guid(98)] } } : entry,
    );
    const named = [{ ...root, attributes: { ...root.attributes, namingContexts: ['DC=other,DC=org'] } }];
    for (const entries of [other, named]) expect((await catchError(ask({ entries }))).code).toBe('SOURCE_BASE_MISSING');
  });
});
