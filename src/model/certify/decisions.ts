import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Certification, CertifiedReader } from './certification.ts';

/** A file of the branch. */
export interface DatedCertification {
  /** `2027-03-01-functional` */
  readonly campaign: string;
  readonly certification: Certification;
  /** ISO timestamp of the commit that brought the file as it is. */
  readonly decidedAt: string;
}

/** What an owner decided about one reader of one mailbox. */
export interface Decision {
  readonly campaign: string;
  readonly mailbox: string;
  /** Of the mailbox. */
  readonly key: string;
  readonly reader: string;
  readonly name: string;
  readonly decision: NonNullable<CertifiedReader['decision']>;
  readonly by: string;
  readonly note: string;
  readonly decidedAt: string;
}

/** Every decision, oldest campaign first. */
export function listDecisions(certifications: readonly DatedCertification[]): readonly Decision[] {
  return [...certifications]
    .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
    .flatMap(({ campaign, certification: { mailbox, key, readers }, decidedAt }) =>
      readers.flatMap(({ reader, name, decision, by, note }) =>
        decision === null
          ? []
          : [
              {
                campaign,
                mailbox,
                key,
                reader: reader.toLowerCase(),
                name,
                decision,
                by: by ?? '',
                note: note ?? '',
                decidedAt,
              },
            ],
      ),
    );
}

function orderOf({ certification: { started, mailbox }, campaign }: DatedCertification): string {
  return `${started} ${campaign} ${mailbox}`;
}

/** Those that stand: the newest about each mailbox and reader, if it refuses the reader. */
export function listRefusals(decisions: readonly Decision[]): readonly Decision[] {
  const newest = new Map(
    decisions.filter(({ decision }) => decision !== 'question').map((one) => [`${one.key} ${one.reader}`, one]),
  );
  return [...newest.values()].filter(({ decision }) => decision === 'remove');
}

/** Readers who were refused and have the mailbox all the same, by what the accounts say. Addresses and aliases are one person. */
export function listStillReading(
  refusals: readonly Decision[],
  accounts: readonly DesiredAccount[],
): readonly Decision[] {
  if (refusals.length === 0) return [];
  const byKey = new Map(accounts.map((account) => [account.key, account]));
  const byAddress = new Map(
    accounts.flatMap((account) =>
      [account.address, ...(account.aliases ?? [])].map((name) => [name, account] as const),
    ),
  );
  const keyOf = (address: string): string => byAddress.get(address)?.key ?? address;
  return refusals.filter(({ key, reader }) => {
    const mailbox = byKey.get(key);
    const readers = (mailbox?.kind === 'functional' ? mailbox.members : mailbox?.delegates) ?? [];
    return readers.some((address) => keyOf(address) === keyOf(reader));
  });
}
