import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

/** A file that exists until the tests of this module are over. Returns its path. */
export function withFile(name: string, content: string | Buffer): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'test-file-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}
