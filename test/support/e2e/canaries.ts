import { formatGuid } from '../../../src/model/directory/guid.ts';
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

/** Every form in which a mobile number (E.164, Dutch) could leak; the shortest is unmistakable in random bytes. */
export function mobileForms(number: string): Buffer[] {
  const national = number.slice('+31'.length);
  const spoken = [number, national, `06-${national.slice(1)}`, `06 ${national.slice(1)}`, `6 ${national.slice(1)}`];
  const texts = [...spoken, ...spoken.map((text) => Buffer.from(text).toString('hex'))];
  return [...texts, ...spoken.flatMap((text) => base64Forms(text))].map((text) => Buffer.from(text, 'latin1'));
}

/** At each of the three places where the text may begin within the encoded whole, without the characters its neighbours change. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(`${' '.repeat(offset)}${text}`)
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(offset === 0 ? 0 : offset + 1, -1);
  });
}

/** Contents of all objects of a repository, reachable or not, as `git cat-file` prints them. */
export async function readAllObjects(git: FixtureGit): Promise<Buffer> {
  return git.callRaw('cat-file', '--batch', '--batch-all-objects', '--unordered');
}

/** The secrets that occur in the text, by the name given to them. */
export function findLeaks(text: Buffer, canaries: ReadonlyMap<string, readonly Buffer[]>): string[] {
  return [...canaries].flatMap(([name, forms]) => (forms.some((form) => text.includes(form)) ? [name] : []));
}
