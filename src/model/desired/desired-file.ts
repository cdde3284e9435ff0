import { hash } from 'node:crypto';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { desiredPath } from './desired-file-name.ts';
import { formatDesiredAccount } from './yaml.ts';

/** A file below desired/<organisation>/ that is known, or to be written. */
export interface DesiredFile {
  /** With forward slashes. */
  readonly path: string;
  /** git's id of the text. */
  readonly blob: string;
  readonly text: string;
}

/** By path. */
export type DesiredFiles = ReadonlyMap<string, DesiredFile>;

/** The file of one account. Of most only the id is ever asked for, so the text is rendered again instead of held. */
export class AccountFile implements DesiredFile {
  readonly path: string;
  readonly blob: string;
  readonly account: DesiredAccount;

  constructor(account: DesiredAccount, path = desiredPath(account.kind, account.address)) {
    this.path = path;
    this.account = account;
    this.blob = blobIdOf(this.text);
  }

  get text(): string {
    return formatDesiredAccount(this.account);
  }
}

/** git's SHA-1 object id of a file with this content. */
export function blobIdOf(content: string | Uint8Array): string {
  if (typeof content === 'string') return hash('sha1', `blob ${Buffer.byteLength(content)}\0${content}`);
  return hash('sha1', Buffer.concat([Buffer.from(`blob ${content.length}\0`), content]));
}
