import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { worldPrefix } from './world-prefix.ts';

/** For vitest, after the last file: the process of a file may be ended before it could tidy up. */
export async function teardown(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(worldPrefix(process.pid)));
  for (const name of names) await rm(path.join(tmpdir(), name), { recursive: true, force: true, maxRetries: 5 });
}
