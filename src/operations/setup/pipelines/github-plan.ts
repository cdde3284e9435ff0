import { BOOTSTRAP_INPUT, renderPlanSteps } from './actions-parts.ts';
import { GITHUB, renderJobHead } from './github-host.ts';
import { renderHead, type PipelineOptions } from './yaml-parts.ts';

/** .github/workflows/plan.yml: reads Active Directory and Zivver in the LAN and opens the pull request. */
export function renderPlanWorkflow(options: PipelineOptions): string {
  const head = renderJobHead(
    {
      name: 'plan',
      condition: '',
      runsOn: `[self-hosted, ${options.runner}]`,
      timeoutMinutes: 60,
      permissions: ['contents: read'],
      environment: 'plan',
    },
    options,
  );
  return `${renderHead('Reads Active Directory and Zivver, and opens or updates one pull request for each organisation.')}name: plan
on:
  schedule:
    - cron: '${options.schedule}' # UTC
${BOOTSTRAP_INPUT}${head}${renderPlanSteps(GITHUB)}`;
}
