import { hash } from 'node:crypto';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { formatDesiredAccount } from './yaml.ts';

/** Text of a desired file and git's id of it. */
export interface DesiredFile {
  readonly text: string;
  readonly blob: string;
}

/** Path below desired/<organisation>/ → file. */
export type DesiredFiles = ReadonlyMap<string, DesiredFile>;

const rendered = new WeakMap<DesiredAccount, DesiredFile>();

/** The file of an account; rendered once, since a plan asks for it when it reads the branch and when it writes. */
export function renderDesiredAccount(account: DesiredAccount): DesiredFile {
  const known = rendered.get(account);
  if (known !== undefined) return known;
  const file = buildDesiredFile(formatDesiredAccount(account));
  rendered.set(account, file);
  return file;
}

export function buildDesiredFile(text: string): DesiredFile {
  return { text, blob: blobIdOf(text) };
}

/** git's SHA-1 object id of a file with this content. */
export function blobIdOf(content: string | Uint8Array): string {
  if (typeof content === 'string') return hash('sha1', `blob ${Buffer.byteLength(content)}\0${content}`);
  return hash('sha1', Buffer.concat([Buffer.from(`blob ${content.length}\0`), content]));
}
