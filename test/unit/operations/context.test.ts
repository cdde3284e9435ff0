import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openContext, openRepository } from '../../../src/operations/context.ts';
import { readConfiguration } from '../../../src/operations/reading/read-configuration.ts';
import { withFile } from '../../support/temporary-file.ts';

const root = path.dirname(withFile('root', ''));

beforeAll(async () => {
  await mkdir(path.join(root, 'desired/city'), { recursive: true });
});

describe('organisation.yaml', () => {
  it('is refused with the line of the first bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('# Zürich\nzivver:\n  url: x # '),
      Buffer.from([0xfc]),
      Buffer.from('\n'),
    ]);
    await writeFile(path.join(root, 'desired/city/organisation.yaml'), bytes);
    await expect(readConfiguration(root, 'city')).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      exitCode: 3,
      problems: [{ where: 'desired/city/organisation.yaml:3' }],
    });
  });
});

describe('--organisation', () => {
  it.each(['./city', '../city', 'city/', '.', '..', '', 'a\\b', '/city'])(
    'is a name, and %j is none',
    async (organisation) => {
      const refusal = { code: 'CLI_USAGE', exitCode: 3 };
      await expect(openContext({ organisation })).rejects.toMatchObject(refusal);
      await expect(openRepository({ organisation })).rejects.toMatchObject(refusal);
    },
  );
});
