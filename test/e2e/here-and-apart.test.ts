import path from 'node:path';
import { expect, test } from 'vitest';
import { callCli, callCliApart } from '../support/e2e/cli.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

test.each([
  { args: ['verify', '--organisation', 'example'], cwd: ROOT },
  { args: ['show', '--organisation', 'example'], cwd: ROOT },
  { args: ['status', '--organisation', 'none'], cwd: ROOT },
  { args: ['plan', '--no-such-option'], cwd: ROOT },
  { args: ['plan'], cwd: path.parse(ROOT).root },
  { args: ['--version'], cwd: ROOT },
])('$args says the same in the process of the tests as in one of its own', async ({ args, cwd }) => {
  const apart = await callCliApart(cwd, args, {});
  // Whatever one run leaves behind does not change the next.
  for (const attempt of [1, 2]) expect(await callCli(cwd, args, {}), `attempt ${attempt}`).toEqual(apart);
});
