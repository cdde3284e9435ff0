import { DIED_INPUT, renderApplySteps } from './actions-parts.ts';
import { GITHUB, renderJobHead } from './github-host.ts';
import { renderHead, type PipelineOptions } from './yaml-parts.ts';

/**
 * .github/workflows/apply.yml: replays what was merged. The only place that knows a key that can write to Zivver. It starts with
 * every push: GitHub looks for `paths` in the first 300 changed files only, and those of desired/ come first.
 */
export function renderApplyWorkflow(options: PipelineOptions): string {
  const head = renderJobHead(
    {
      name: 'apply',
      condition: `    if: github.ref_name == '${options.branch}'\n`,
      runsOn: 'ubuntu-24.04',
      timeoutMinutes: 360,
      permissions: ['contents: write', 'pull-requests: write'],
      environment: 'apply',
    },
    options,
  );
  return `${renderHead(
    'Applies the newest merged plan. GitHub cancels a waiting run when a newer one comes: nothing is lost by it, because',
    'every run takes the branch as it is then, and asks what is left to do.',
  )}name: apply
on:
  push:
    branches: [${options.branch}]
${DIED_INPUT}${head}${renderApplySteps(GITHUB)}`;
}
