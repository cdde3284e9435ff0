import { renderDriftSteps, renderFigures } from './actions-parts.ts';
import { GITHUB, renderJobHead, type MatrixJob } from './github-host.ts';
import { renderHead, type PipelineOptions } from './yaml-parts.ts';

/** .github/workflows/drift.yml: every day, what went wrong unnoticed; one issue for each kind, edited in place. */
export function renderDriftWorkflow(options: PipelineOptions): string {
  return `${renderHead('Every day: is Zivver as approved, is everything merged applied, is the ledger whole? Tells in issues.')}name: drift
on:
  schedule:
    - cron: '41 5 * * *'
  workflow_dispatch:
${renderJobHead(JOB, options)}${renderDriftSteps(GITHUB)}${renderFigures(GITHUB, '${{ matrix.organisation }}')}`;
}

const JOB: MatrixJob = {
  name: 'drift',
  condition: '',
  runsOn: 'ubuntu-24.04',
  timeoutMinutes: 60,
  // Findings are a branch; the page with figures is an artifact.
  permissions: ['contents: write', 'issues: write'],
  environment: 'plan',
};
