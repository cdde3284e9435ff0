import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSecret } from '../../../../src/adapters/secrets/environment.ts';
import { withFile } from '../../../support/temporary-file.ts';

const LIMIT_BYTES = 64 * 1024;

const read = (file: string): string | undefined => readSecret({ SECRET_FILE: file }, 'SECRET');
const refusal = (what: string) => expect.objectContaining({ code: 'CONFIGURATION_SECRET_MISSING', message: what });

describe('a secret', () => {
  it('is the variable, before the file', () => {
    expect(readSecret({ SECRET: 'one', SECRET_FILE: withFile('secret', 'two') }, 'SECRET')).toBe('one');
  });

  it('is what the file holds, without the newline at its end', () => {
    expect(read(withFile('secret', 'päss word \r\n'))).toBe('päss word ');
    expect(read(withFile('secret', 'one\n\n'))).toBe('one\n');
  });

  it('may be 64 KiB long, and not a byte longer', () => {
    expect(read(withFile('secret', 'a'.repeat(LIMIT_BYTES)))).toHaveLength(LIMIT_BYTES);
    const larger = withFile('secret', 'a'.repeat(LIMIT_BYTES + 1));
    expect(() => read(larger)).toThrow(refusal('The file that SECRET_FILE names is larger than 64 KiB'));
  });

  it('is read without the byte order mark before it, and in UTF-16', () => {
    expect(read(withFile('secret', '\ufeffone\r\n'))).toBe('one');
    expect(read(withFile('secret', Buffer.from('\ufeffpäss\r\n', 'utf16le')))).toBe('päss');
    expect(readSecret({ SECRET: '\ufeffone' }, 'SECRET')).toBe('one');
  });

  it.each([
    ['UTF-16 without a mark', Buffer.from('one\r\n', 'utf16le')],
    ['bytes of two encodings', Buffer.from([0xc3, 0xa9, 0x81])],
  ])('is not guessed from %s', (_what, bytes) => {
    expect(() => read(withFile('secret', bytes))).toThrow(
      refusal('The file that SECRET_FILE names has bytes of an encoding that cannot be told; save it as UTF-8'),
    );
  });

  it('is in a file that is there', () => {
    expect(() => read('/nowhere/secret')).toThrow(refusal('The file that SECRET_FILE names cannot be read'));
  });

  it('is in no folder', () => {
    expect(() => read(path.dirname(withFile('secret', '')))).toThrow(
      refusal('The file that SECRET_FILE names is not an ordinary file'),
    );
  });
});

describe.skipIf(process.platform === 'win32')('a secret is in no', () => {
  it.each(['/dev/zero', '/dev/null', '/dev/urandom'])('%s', (device) => {
    expect(() => read(device)).toThrow(refusal('The file that SECRET_FILE names is not an ordinary file'));
  });

  it('pipe, which nobody may ever write to', () => {
    const pipe = path.join(path.dirname(withFile('secret', '')), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(() => read(pipe)).toThrow(refusal('The file that SECRET_FILE names is not an ordinary file'));
  });
});
