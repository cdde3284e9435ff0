import { renderDriftSteps } from './actions-parts.ts';
import { GITHUB, renderJobHead, type MatrixJob } from './github-host.ts';
import { CALL, renderHead, type PipelineOptions } from './yaml-parts.ts';

/** .github/workflows/drift.yml: every day, what went wrong unnoticed; one issue for each kind, edited in place. */
export function renderDriftWorkflow(options: PipelineOptions): string {
  return `${renderHead('Every day: is Zivver as approved, is everything merged applied, is the ledger whole? Tells in issues.')}name: drift
on:
  schedule:
    - cron: '41 5 * * *'
  workflow_dispatch:
${renderJobHead(JOB, options)}${renderDriftSteps(GITHUB)}${FIGURES}`;
}

const FIGURES = `      - name: A page with figures, without names
        if: always()
        run: ${CALL} site "$RUNNER_TEMP/figures"
        env:
          ${GITHUB.token.variable}: ${GITHUB.token.value}
      - name: Keep the page
        if: always()
        uses: ${GITHUB.actions.upload}
        with:
          name: figures-\${{ matrix.organisation }}
          path: \${{ runner.temp }}/figures
          if-no-files-found: ignore
          retention-days: 14
`;

const JOB: MatrixJob = {
  name: 'drift',
  condition: '',
  runsOn: 'ubuntu-24.04',
  timeoutMinutes: 60,
  // Findings are a branch; the page with figures is an artifact.
  permissions: ['contents: write', 'issues: write'],
  environment: 'plan',
};
