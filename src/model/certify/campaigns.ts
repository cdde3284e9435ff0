import { groupBy } from '../text/group-by.ts';
import { isCertificationOverdue } from './certification.ts';
import type { DatedCertification } from './decisions.ts';

/** How far one recertification is. */
export interface CampaignStatus {
  readonly campaign: string;
  readonly due: string;
  readonly mailboxes: number;
  readonly keep: number;
  readonly remove: number;
  readonly question: number;
  readonly undecided: number;
  /** Mailboxes with somebody undecided after the last day. */
  readonly overdue: readonly { readonly mailbox: string; readonly owner: string | null; readonly undecided: number }[];
}

/** By name, so the earliest last day first. Pure. */
export function listCampaigns(certifications: readonly DatedCertification[], now: Date): readonly CampaignStatus[] {
  return [...groupBy(certifications, ({ campaign }) => campaign)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([campaign, files]) => {
      const readers = files.flatMap(({ certification }) => certification.readers);
      const count = (decision: string | null): number =>
        readers.filter((reader) => reader.decision === decision).length;
      const late = files.filter(({ certification }) => isCertificationOverdue(certification, now));
      return {
        campaign,
        due: files[0]?.certification.due ?? '',
        mailboxes: files.length,
        keep: count('keep'),
        remove: count('remove'),
        question: count('question'),
        undecided: count(null),
        overdue: late.map(({ certification: { mailbox, owner = null, readers: own } }) => ({
          mailbox,
          owner,
          undecided: own.filter(({ decision }) => decision === null).length,
        })),
      };
    });
}
