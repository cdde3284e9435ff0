import { hash } from 'node:crypto';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { desiredPath } from './desired-file-name.ts';
import { formatDesiredAccount } from './yaml.ts';

/** Text of a desired file and git's id of it. */
export interface DesiredFile {
  /** Below desired/<organisation>/, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly blob: string;
}

/** By path. */
export type DesiredFiles = ReadonlyMap<string, DesiredFile>;

const rendered = new WeakMap<DesiredAccount, DesiredFile>();

/** The file of an account; rendered once, since a plan asks for it when it reads the branch and when it writes. */
export function renderDesiredAccount(account: DesiredAccount): DesiredFile {
  const known = rendered.get(account);
  if (known !== undefined) return known;
  const file = buildDesiredFile(desiredPath(account.kind, account.address), formatDesiredAccount(account));
  rendered.set(account, file);
  return file;
}

export function buildDesiredFile(path: string, text: string): DesiredFile {
  return { path, text, blob: blobIdOf(text) };
}

/** git's SHA-1 object id of a file with this content. */
export function blobIdOf(content: string | Uint8Array): string {
  if (typeof content === 'string') return hash('sha1', `blob ${Buffer.byteLength(content)}\0${content}`);
  return hash('sha1', Buffer.concat([Buffer.from(`blob ${content.length}\0`), content]));
}
