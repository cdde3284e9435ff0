import { type Entry, valueOf } from './entry.ts';

/** What Exchange says a mailbox is. */
export interface MailboxType {
  readonly use: 'person' | 'shared' | 'room' | 'equipment';
  /** In Exchange Online, with the directory on the own premises. */
  readonly isRemote: boolean;
}

/** msExchRecipientTypeDetails; other types are no mailboxes of people, or none at all (RemoteRecipientType, Exchange 2010 and later). */
const TYPES: ReadonlyMap<string, MailboxType> = new Map([
  ['1', { use: 'person', isRemote: false }],
  ['2', { use: 'person', isRemote: false }],
  ['4', { use: 'shared', isRemote: false }],
  ['16', { use: 'room', isRemote: false }],
  ['32', { use: 'equipment', isRemote: false }],
  ['2147483648', { use: 'person', isRemote: true }],
  ['8589934592', { use: 'room', isRemote: true }],
  ['17179869184', { use: 'equipment', isRemote: true }],
  ['34359738368', { use: 'shared', isRemote: true }],
]);

export const MAILBOX_TYPE = 'msExchRecipientTypeDetails';

/** Null: Exchange does not say, or there is no Exchange. */
export function mailboxTypeOf(entry: Entry): MailboxType | null {
  return TYPES.get(valueOf(entry, MAILBOX_TYPE) ?? '') ?? null;
}
