import { describe, expect, it } from 'vitest';
import { ZivverAccountReader } from '../../../../src/adapters/zivver/account-reader.ts';
import type { Exchange } from '../../../../src/adapters/zivver/exchange.ts';
import { answered } from '../../../support/answers.ts';
import { groupResource, listOf, userResource } from '../../../support/scim-resources.ts';

/** A reader whose service answers each path as told, and the paths it asked for. */
function readerOf(answers: Record<string, Exchange>): { reader: ZivverAccountReader; paths: string[] } {
  const paths: string[] = [];
  const read = (path: string): Promise<Exchange> => {
    paths.push(path);
    return Promise.resolve(answers[path] ?? answers['*'] ?? answered(404, ''));
  };
  return { reader: new ZivverAccountReader({ read }), paths };
}

const id = userResource(1).id;

describe('readAccounts', () => {
  it('reads both lists with one request each', async () => {
    const { reader, paths } = readerOf({
      '/Users': answered(200, listOf(userResource(1), userResource(2))),
      '/Groups': answered(200, listOf(groupResource(1))),
    });
    const { users, functional } = await reader.readAccounts();
    expect(users.map(({ address }) => address)).toEqual(['person1@company.org', 'person2@company.org']);
    expect(functional.map(({ memberIds }) => memberIds)).toEqual([[id]]);
    expect(paths).toEqual(['/Users', '/Groups']);
  });

  it.each<[string, Exchange, string]>([
    ['a refused key', answered(401, '{"code":401}'), 'TARGET_REFUSES_KEY'],
    ['missing rights', answered(403, ''), 'TARGET_REFUSES_KEY'],
    ['a server error', answered(503, ''), 'TARGET_UNAVAILABLE'],
    ['too many requests', answered(429, ''), 'TARGET_UNAVAILABLE'],
    ['a wrong path', answered(404, ''), 'TARGET_UNAVAILABLE'],
    ['a web page', answered(200, '<html></html>', 'text/html'), 'TARGET_UNAVAILABLE'],
    ['no content', answered(204, ''), 'TARGET_UNAVAILABLE'],
    ['half a list', answered(200, '{"Resources":[{'), 'TARGET_UNAVAILABLE'],
    ['a total that lies', answered(200, { ...listOf(userResource(1)), totalResults: 2 }), 'TARGET_UNAVAILABLE'],
    ['no connection', { delivery: 'not-sent', fault: 'ECONNREFUSED', status: null }, 'TARGET_UNAVAILABLE'],
    ['a lost answer', { delivery: 'unknown', fault: 'UND_ERR_SOCKET', status: 200 }, 'TARGET_UNAVAILABLE'],
  ])('never returns a part: %s in either list', async (_, outcome, code) => {
    const users = answered(200, listOf(userResource(1)));
    const functional = answered(200, listOf(groupResource(1)));
    await expect(readerOf({ '/Users': outcome, '/Groups': functional }).reader.readAccounts()).rejects.toMatchObject({
      code,
    });
    await expect(readerOf({ '/Users': users, '/Groups': outcome }).reader.readAccounts()).rejects.toMatchObject({
      code,
    });
  });

  it('refuses an id that is in both lists', async () => {
    const answers = {
      '/Users': answered(200, listOf(userResource(1))),
      '/Groups': answered(200, listOf({ ...groupResource(1), id })),
    };
    await expect(readerOf(answers).reader.readAccounts()).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' });
  });
});

describe('findByAddress', () => {
  it('asks with a filter on the attribute of the kind', async () => {
    const { reader, paths } = readerOf({ '*': answered(200, listOf()) });
    expect(await reader.findByAddress('user', 'Person1@Company.org')).toBeUndefined();
    expect(await reader.findByAddress('functional', 'desk1@company.org')).toBeUndefined();
    expect(paths.map(decodeURIComponent)).toEqual([
      '/Users?filter=userName eq "person1@company.org"',
      '/Groups?filter=externalId eq "desk1@company.org"',
    ]);
  });

  it('does not let an address end the string or the query', async () => {
    const { reader, paths } = readerOf({ '*': answered(200, listOf()) });
    await reader.findByAddress('user', 'a" or userName pr or "\\&count=1#');
    expect(new URL(paths[0]!, 'https://app.zivver.com').searchParams.get('filter')).toBe(
      'userName eq "a\\" or username pr or \\"\\\\&count=1#"',
    );
    expect([...new URL(paths[0]!, 'https://app.zivver.com').searchParams.keys()]).toEqual(['filter']);
  });

  it('finds the account of that address even if the filter selects more', async () => {
    const { reader } = readerOf({ '*': answered(200, listOf(userResource(1), userResource(2))) });
    expect(await reader.findByAddress('user', 'PERSON2@company.org')).toMatchObject({ zivverId: userResource(2).id });
    expect(await reader.findByAddress('user', 'nobody@company.org')).toBeUndefined();
  });
});

describe('findById', () => {
  it('reads one account', async () => {
    const { reader, paths } = readerOf({ '*': answered(200, userResource(1)) });
    expect(await reader.findById('user', id)).toMatchObject({ kind: 'user', zivverId: id });
    expect(paths).toEqual([`/Users/${id}`]);
  });

  it.each([`Unknown account with uuid: ${id}`, 'Account is outside the organization'])(
    'has nobody when told "%s"',
    async (text) => {
      const { reader } = readerOf({ '*': answered(400, text, 'text/plain') });
      expect(await reader.findById('user', id)).toBeUndefined();
      expect(await reader.findById('functional', id)).toBeUndefined();
    },
  );

  it.each<[string, Exchange]>([
    ['another account', answered(200, userResource(2))],
    ['404', answered(404, '')],
    ['another 400', answered(400, 'Something else', 'text/plain')],
    ['a list', answered(200, listOf(userResource(1)))],
  ])('takes %s for a failure, not for absence', async (_, outcome) => {
    await expect(readerOf({ '*': outcome }).reader.findById('user', id)).rejects.toMatchObject({
      code: 'TARGET_UNAVAILABLE',
    });
  });
});
