import { formatGuid } from '../../../src/directory/guid.ts';
import type { FixtureGit } from './fixture-git.ts';
import type { Person } from './people.ts';

/** Every form in which the SSO key of a person could leak. */
export function ssoKeyForms({ guid }: Pick<Person, 'guid'>): Buffer[] {
  const base64 = guid.toString('base64');
  const canonical = formatGuid(base64);
  const hex = guid.toString('hex');
  const rawOrder = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  const texts = [canonical, canonical.replaceAll('-', ''), rawOrder, hex].flatMap((text) => [text, text.toUpperCase()]);
  const encoded = [base64, base64.replace(/=+$/, ''), guid.toString('base64url'), encodeURIComponent(base64)];
  return [guid, ...[...texts, ...encoded].map((text) => Buffer.from(text, 'latin1'))];
}

/** Contents of all objects of a repository, reachable or not, as `git cat-file` prints them. */
export async function readAllObjects(git: FixtureGit): Promise<Buffer> {
  return git.callRaw('cat-file', '--batch', '--batch-all-objects', '--unordered');
}

/** The secrets that occur in the text, by the name given to them. */
export function findLeaks(text: Buffer, canaries: ReadonlyMap<string, readonly Buffer[]>): string[] {
  return [...canaries].flatMap(([name, forms]) => (forms.some((form) => text.includes(form)) ? [name] : []));
}
