import { estimateApplyMs, formatAbout } from '../../model/change/apply-time.ts';
import { renderTitle } from '../../model/review/title.ts';
import { wrapText } from '../../model/text/terminal-layout.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import type { CommandContext } from '../context.ts';

/** What people do with a plan that was just written; its sum once more, because its top may have left the screen. */
export function renderNextStep(
  { configuration }: CommandContext,
  { plan, folder, width }: { plan: PlanFile; folder: string; width: number },
): string {
  const { organisation, approval } = configuration;
  const people = approval.reviews?.minimum ?? 0;
  const reviewed = people === 0 ? '' : `have it approved by ${people} ${people === 1 ? 'person' : 'people'}, `;
  return [
    `${renderTitle(plan)}. Read its review from the top: ${folder}/plan.md`,
    `To approve it, commit desired/${organisation} and plans/${organisation}, open a pull request to ${approval.branch}, ${reviewed}and merge it. Nothing happens in Zivver before that. Then:`,
    '  zivver-gitops apply',
    `It will take ${formatAbout(estimateApplyMs(plan.body.changes.length))} at Zivver's limit of 50 requests in 10 seconds.`,
  ]
    .flatMap((text) => (text.startsWith(' ') ? [text] : wrapText(text, width)))
    .join('\n');
}

/** For whoever plans before anything was applied. */
export function renderFirstPlan({ width }: { width: number }): string {
  const text =
    'Nothing was applied yet. A first plan suspends nobody and has no limit on new accounts; it is made with:';
  return [...wrapText(text, width), '  zivver-gitops plan --bootstrap'].join('\n');
}
