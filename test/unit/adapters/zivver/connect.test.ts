import { describe, expect, it } from 'vitest';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { connectReader } from '../../../../src/adapters/zivver/connect-reader.ts';
import { connectWriter } from '../../../../src/adapters/zivver/connect-writer.ts';
import { createDispatcher } from '../../../../src/adapters/zivver/dispatcher.ts';
import { parseTargetUrl } from '../../../../src/adapters/zivver/target-url.ts';

const userAgent = 'zivver-gitops/0.0.0';

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof ReconcileError ? error.code : 'a bug';
  }
}

describe('parseTargetUrl', () => {
  it.each([
    ['https://app.zivver.com/api/scim/v2', 'https://app.zivver.com/api/scim/v2'],
    ['https://app.zivver.com/api/scim/v2/', 'https://app.zivver.com/api/scim/v2'],
    ['http://127.0.0.1:8080/scim/v2', 'http://127.0.0.1:8080/scim/v2'],
    ['http://localhost:8080/scim/v2', 'http://localhost:8080/scim/v2'],
    ['http://[::1]:8080/scim/v2', 'http://[::1]:8080/scim/v2'],
  ])('accepts %s', (text, href) => {
    expect(parseTargetUrl(text).href).toBe(href);
  });

  it.each([
    'http://app.zivver.com/api/scim/v2',
    'http://127.0.0.1.evil.example/scim/v2',
    'http://localhost.evil.example/scim/v2',
    'https://key@app.zivver.com/api/scim/v2',
    'https://:key@app.zivver.com/api/scim/v2',
    'https://app.zivver.com/api/scim/v2?x=1',
    'https://app.zivver.com/api/scim/v2#x',
    'ftp://127.0.0.1/',
    'app.zivver.com',
    '',
  ])('refuses %s', (text) => {
    expect(codeOf(() => parseTargetUrl(text))).toBe('CONFIGURATION_INVALID');
  });
});

describe('connectReader and connectWriter', () => {
  it.each(['', 'a key', 'key\n', 'ключ'])('refuse the key "%s" and do not show it', (apiKey) => {
    for (const connect of [connectReader, connectWriter]) {
      const url = 'https://app.zivver.com/api/scim/v2';
      expect(codeOf(() => connect({ url, apiKey, userAgent }))).toBe('CONFIGURATION_SECRET_MISSING');
    }
  });

  it('reading has no way to write', () => {
    const connection = connectReader({ url: 'https://app.zivver.com/api/scim/v2', apiKey: 'key', userAgent });
    expect(Object.keys(connection)).toEqual(['reader', 'close']);
  });
});

describe('createDispatcher', () => {
  it('refuses an authority that is no certificate', async () => {
    const options = { connectTimeoutMs: 1, connections: 1, caPem: 'nonsense' };
    await expect(createDispatcher(new URL('https://app.zivver.com'), options)).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    });
  });
});
