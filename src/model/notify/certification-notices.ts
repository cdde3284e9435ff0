import type { CampaignStatus } from '../certify/campaigns.ts';
import { countWords, DAY_MS, linksTo, type Notice, type NoticeLinks } from './notice.ts';

/** Owners who are late; told again every week. */
export function buildCertificationNotices(
  organisation: string,
  campaigns: readonly CampaignStatus[],
  { now, links }: { now: Date; links: NoticeLinks },
): readonly Notice[] {
  return campaigns.flatMap(({ campaign, due, overdue }) => {
    if (overdue.length === 0) return [];
    const undecided = overdue.reduce((sum, one) => sum + one.undecided, 0);
    const week = Math.floor((now.getTime() - Date.parse(due)) / (7 * DAY_MS));
    return [
      {
        event: 'certification' as const,
        about: `${campaign} ${week}`,
        title: `${organisation}: the recertification ${campaign} is late, ${countWords(undecided, 'reader', 'readers')} undecided`,
        lines: [
          `${countWords(overdue.length, 'mailbox', 'mailboxes')}, due ${due}. zivver-gitops certify status tells which.`,
        ],
        names: overdue.map(
          ({ mailbox, owner, undecided: open }) => `${mailbox}, ${owner ?? 'no owner'}: ${open} undecided`,
        ),
        links: linksTo('Run', links.run),
      },
    ];
  });
}
