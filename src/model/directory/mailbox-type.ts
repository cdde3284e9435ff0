import { commonNameOf, isDnUnder } from './distinguished-name.ts';
import { type Entry, valueOf } from './entry.ts';

/** What Exchange says a mailbox is. */
export interface MailboxType {
  /** `system`: of Exchange itself, of a team or of a site; no human being reads it. */
  readonly use: 'person' | 'shared' | 'room' | 'equipment' | 'system';
  /** In Exchange Online, with the directory on the own premises. */
  readonly isRemote: boolean;
}

/** msExchRecipientTypeDetails; other types are no mailboxes, or none at all (RemoteRecipientType, Exchange 2010 and later). */
const TYPES_OF_USE: readonly (MailboxType & { readonly types: readonly string[] })[] = [
  { use: 'person', isRemote: false, types: ['1', '2'] },
  { use: 'shared', isRemote: false, types: ['4'] },
  { use: 'room', isRemote: false, types: ['16', '2199023255552'] },
  { use: 'equipment', isRemote: false, types: ['32'] },
  { use: 'person', isRemote: true, types: ['2147483648'] },
  { use: 'room', isRemote: true, types: ['8589934592'] },
  { use: 'equipment', isRemote: true, types: ['17179869184'] },
  { use: 'shared', isRemote: true, types: ['34359738368'] },
  // System attendant, system, Microsoft Exchange itself, arbitration, mailbox plan.
  { use: 'system', isRemote: false, types: ['8192', '16384', '4194304', '8388608', '16777216'] },
  // Discovery, public folders, sites, monitoring, groups.
  {
    use: 'system',
    isRemote: false,
    types: ['536870912', '68719476736', '137438953472', '274877906944', '549755813888', '1099511627776'],
  },
  // Groups in Exchange Online, audit logs, scheduling, supervisory review.
  {
    use: 'system',
    isRemote: false,
    types: ['8796093022208', '4398046511104', '17592186044416', '70368744177664', '140737488355328'],
  },
];

const TYPES: ReadonlyMap<string, MailboxType> = new Map(
  TYPES_OF_USE.flatMap(({ types, ...type }) => types.map((number) => [number, type] as const)),
);

export const MAILBOX_TYPE = 'msExchRecipientTypeDetails';
export const MASTER_ACCOUNT = 'msExchMasterAccountSid';
const LINKED = '2';

/** Null: Exchange does not say, or there is no Exchange. */
export function mailboxTypeOf(entry: Entry): MailboxType | null {
  return TYPES.get(valueOf(entry, MAILBOX_TYPE) ?? '') ?? null;
}

/** The mailbox of somebody who logs on in another forest; the user here is disabled all its life. */
export function isLinkedMailbox(entry: Entry): boolean {
  return valueOf(entry, MAILBOX_TYPE) === LINKED && valueOf(entry, MASTER_ACCOUNT) !== undefined;
}

/** By its name and place, where Exchange's own attribute was not read. */
export function isSystemMailboxName(dn: string): boolean {
  if (!/mailbox|federatedemail|migration|exchange/i.test(dn)) return false;
  const name = commonNameOf(dn) ?? '';
  const container = /CN=Microsoft Exchange System Objects,DC=.*$/i.exec(dn)?.[0];
  return SYSTEM_NAME.test(name) || (container !== undefined && dn !== container && isDnUnder(dn, container));
}

const SYSTEM_NAME =
  /^(?:HealthMailbox[0-9a-z-]*|(?:SystemMailbox|DiscoverySearchMailbox ?)\{[0-9a-f-]+\}|(?:FederatedEmail|Migration)\.[0-9a-f-]+)$/i;
