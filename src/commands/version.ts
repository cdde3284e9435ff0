import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Version of this program, from its package.json. */
export function readVersion(): string {
  const file = fileURLToPath(new URL('../../package.json', import.meta.url));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
