import type { OpenAccount } from '../schema/generated/plan.ts';
import { rowsOf, type Block } from './budget.ts';
import { listBlock, paragraphs, foldedBlock } from './markdown-block.ts';
import { renderPhrase } from './markdown-phrase.ts';
import { formatCount } from '../text/format-count.ts';
import type { Review } from './review.ts';
import { openDetails, openHeadline } from './words-open.ts';

/** After everything that changes access; what only waits for this plan gives way first. */
const GIVES_WAY = { waiting: 1, others: 8 } as const;

/** Accounts that this plan leaves as they are: those that keep access first, never shortened. */
export function renderOpen({ open }: Review): readonly Block[] {
  if (open.length === 0) return [];
  const keeping = open.filter(({ keepsAccess }) => keepsAccess);
  const waiting = open.filter(({ reason }) => reason === 'waiting');
  const others = open.filter((one) => !one.keepsAccess && one.reason !== 'waiting');
  return [
    paragraphs(
      `## Open: left as they are (${formatCount(open.length)})`,
      'The tool could not decide about these, or may not act. They stand in open.yaml until that ends.',
    ),
    ...listed('**Keep access although the source does not say so:**', keeping, null),
    ...listed('**Left as they are:**', others, GIVES_WAY.others),
    ...(waiting.length === 0
      ? []
      : [
          foldedBlock(
            rowsOf(waiting, renderOpenAccount),
            GIVES_WAY.waiting,
            ({ shown, all, isWhole }) => `Show ${isWhole ? 'the' : `${shown} of the`} ${all} that wait for this plan`,
          ),
        ]),
  ];
}

function listed(head: string, open: readonly OpenAccount[], givesWay: number | null): Block[] {
  return open.length === 0 ? [] : [paragraphs(head), listBlock(rowsOf(open, renderOpenAccount), givesWay)];
}

function renderOpenAccount(open: OpenAccount): string {
  const details = openDetails(open).map((detail) => `  - ${renderPhrase(detail)}`);
  return [`- ${renderPhrase(openHeadline(open))}`, ...details].join('\n');
}
