import picocolors from 'picocolors';
import { buildReview } from '../review/review.ts';
import { listLosingAccess } from '../review/losing-access.ts';
import { renderTitle } from '../review/title.ts';
import { losingPhrase } from '../review/words-losing-access.ts';
import type { PlanFile } from '../schema/generated/plan.ts';
import { renderTerminalPhrase } from '../text/terminal-phrase.ts';
import { countWords, DAY_MS, formatMinute, linksTo, type Notice, type NoticeLinks } from './notice.ts';

const plain = picocolors.createColors(false);

/** Of a plan that waits for its review: that it does, and that it ends soon. */
export function buildPlanNotices(plan: PlanFile, { now, links }: { now: Date; links: NoticeLinks }): readonly Notice[] {
  const left = Date.parse(plan.body.expiresAt) - now.getTime();
  if (left <= 0) return [];
  const losing = listLosingAccess(buildReview(plan));
  const more = losing.count - losing.shown.length;
  const open = plan.body.open.length;
  const common = {
    about: plan.digest,
    lines: [
      losing.count === 0
        ? 'Nobody loses access.'
        : `${countWords(losing.count, 'account loses', 'accounts lose')} access.`,
      ...(open === 0 ? [] : [`${countWords(open, 'account or entry stays', 'accounts or entries stay')} open.`]),
      `It can be merged until ${formatMinute(plan.body.expiresAt)}. Read plan.md before you approve.`,
    ],
    names: [
      ...losing.shown.map((change) => `loses access: ${renderTerminalPhrase(losingPhrase(change), plain)}`),
      ...(more > 0 ? [`and ${more} more, see plan.md`] : []),
    ],
    links: linksTo('Pull requests', links.proposals),
  };
  const waiting: Notice = { event: 'waiting', ...common, title: `${renderTitle(plan)}: waits for a review` };
  if (left > DAY_MS) return [waiting];
  const title = `${renderTitle(plan)}: still waits, and expires ${formatMinute(plan.body.expiresAt)}`;
  return [waiting, { event: 'expiring', ...common, title }];
}

/** Merged, not applied, and soon too old for it. */
export function buildMergedNotices(
  { organisation, name, digest, expiresAt }: MergedPlan,
  { now, links }: { now: Date; links: NoticeLinks },
): readonly Notice[] {
  const left = Date.parse(expiresAt) - now.getTime();
  if (left <= 0 || left > DAY_MS) return [];
  return [
    {
      event: 'expiring',
      about: digest,
      title: `Plan ${name} for ${organisation} is merged and not applied, and expires ${formatMinute(expiresAt)}`,
      lines: ['Look at the job that applies; zivver-gitops status tells what is left to do.'],
      names: [],
      links: linksTo('Run', links.run),
    },
  ];
}

export interface MergedPlan {
  readonly organisation: string;
  readonly name: string;
  readonly digest: string;
  readonly expiresAt: string;
}
