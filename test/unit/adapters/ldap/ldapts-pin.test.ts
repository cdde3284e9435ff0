import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, SearchResponse } from 'ldapts';
import { expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const VERSION = '8.2.0';

function versionIn(file: string): unknown {
  return (JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Record<string, unknown>)['version'];
}

/**
 * ldap-connection.ts wraps two private parts of ldapts (it says why). Before this number changes: read `_send`, `search` and
 * `messageParser` of the new version, then run test/integration/ldap-*.test.ts and `npm run bench -- --full`.
 */
it('ldapts is the version whose private parts ldap-connection.ts was written against', () => {
  expect(versionIn('node_modules/ldapts/package.json')).toBe(VERSION);
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    readonly dependencies?: Record<string, string>;
    readonly devDependencies?: Record<string, string>;
  };
  expect({ ...dependencies, ...devDependencies }['ldapts']).toBe(VERSION);
});

it('ldapts has the private parts that ldap-connection.ts wraps', async () => {
  const client = new Client({ url: 'ldap://127.0.0.1:9', connectTimeout: 50, timeout: 50 });
  const inner = client as unknown as { _send: unknown; messageParser: { read: unknown } };
  expect(typeof inner._send).toBe('function');
  expect(typeof inner.messageParser.read).toBe('function');
  // Every search goes through a `_send` that is replaced, and takes its answer from there.
  const sent: unknown[] = [];
  inner._send = (message: { messageId: number }) => {
    sent.push(message.messageId);
    return Promise.resolve(new SearchResponse({ messageId: message.messageId }));
  };
  (client as unknown as { _connect: () => Promise<void> })._connect = () => Promise.resolve();
  const { searchEntries } = await client.search('DC=company,DC=org', { filter: '(objectClass=*)' });
  expect(searchEntries).toEqual([]);
  expect(sent).toHaveLength(1);
  expect(Number.isInteger(sent[0])).toBe(true);
});
