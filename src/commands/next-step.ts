import type { CommandContext } from './context.ts';

/** What people do with a plan that was just written. */
export function renderNextStep({ configuration }: CommandContext, folder: string): string {
  const { organisation, approval } = configuration;
  return [
    '',
    `The review is ${folder}/plan.md. To approve it, commit desired/${organisation} and plans/${organisation},`,
    `open a pull request to ${approval.branch}, and merge it. Nothing happens in Zivver before: zivver-gitops apply`,
  ].join('\n');
}
