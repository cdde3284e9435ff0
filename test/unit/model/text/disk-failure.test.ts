import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { translateDiskFailure } from '../../../../src/model/text/disk-failure.ts';

const failure = (code: string, facts: object = { syscall: 'write' }): Error =>
  Object.assign(new Error(`${code}: as Node says it`), { code, ...facts });

describe('what a disk refuses', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE'])(
    'for %s is an error that people can mend',
    (code) => {
      const error = translateDiskFailure(failure(code));
      expect(error).toMatchObject({ code: 'FILES_UNUSABLE', exitCode: 3, problems: [{ where: 'write', what: code }] });
    },
  );

  it('names the file where Node knows it', () => {
    const error = translateDiskFailure(failure('EACCES', { syscall: 'open', path: '/srv/plan.json' }));
    expect(error?.message).toBe('/srv/plan.json cannot be read or written: permission denied');
  });

  it.skipIf(process.platform !== 'linux')('is what Node throws for a full disk', () => {
    expect(() => writeFileSync('/dev/full', 'text')).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
    const thrown = ((): unknown => {
      try {
        return writeFileSync('/dev/full', 'text');
      } catch (error) {
        return error;
      }
    })();
    expect(translateDiskFailure(thrown)).toMatchObject({ code: 'FILES_UNUSABLE' });
  });

  it('is no mistake of ours: a file that is not there stays one', () => {
    expect(translateDiskFailure(failure('ENOENT', { syscall: 'open', path: path.resolve('x') }))).toBeNull();
    expect(translateDiskFailure(new TypeError('x is not a function'))).toBeNull();
    expect(translateDiskFailure('text')).toBeNull();
  });

  it('is no refusal of the network', async () => {
    const error = await new Promise((resolve) => connect({ host: '127.0.0.1', port: 1 }).once('error', resolve));
    expect(translateDiskFailure(error)).toBeNull();
    expect(translateDiskFailure(failure('EACCES', { syscall: 'connect' }))).toBeNull();
  });
});
