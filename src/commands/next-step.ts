import { wrapText } from '../review/terminal-layout.ts';
import type { CommandContext } from './context.ts';

/** What people do with a plan that was just written. */
export function renderNextStep({ configuration }: CommandContext, folder: string, width: number): string {
  const wrap = (text: string): string => wrapText(text, width).join('\n');
  const { organisation, approval } = configuration;
  const people = approval.github?.minimumApprovals ?? 0;
  const reviewed = people === 0 ? '' : `have it approved by ${people} ${people === 1 ? 'person' : 'people'}, `;
  return [
    wrap(`The review is ${folder}/plan.md.`),
    wrap(
      `To approve it, commit desired/${organisation} and plans/${organisation}, open a pull request to ` +
        `${approval.branch}, ${reviewed}and merge it. Nothing happens in Zivver before that; then: zivver-gitops apply`,
    ),
  ].join('\n');
}
