import { renderHead, renderJobHead, type MatrixJob, type PipelineOptions } from './yaml-parts.ts';

/** .github/workflows/apply.yml: replays what was merged. The only place that knows a key that can write to Zivver. */
export function renderApplyWorkflow(options: PipelineOptions): string {
  return `${renderHead(
    'Applies the newest merged plan. GitHub cancels a waiting run when a newer one comes: nothing is lost by it, because',
    'every run takes the branch as it is then, and asks what is left to do.',
  )}name: apply
on:
  push:
    branches: [${options.branch}]
    paths: ['plans/**']
  workflow_dispatch:
    inputs:
      died:
        description: An apply that died and whose run is over. A re-run of that run goes on by itself.
        type: choice
        options: [none, resume, abandon]
        default: none
${renderJobHead(buildJob(options), options)}${STEPS}`;
}

const STEPS = `      - name: What is left to do
        id: status
        run: |
          code=0
          npx --no-install zivver-gitops --organisation "$ORGANISATION" status || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          test "$code" = 0 || test "$code" = 51
        env:
          GITHUB_TOKEN: \${{ github.token }}
      - name: Apply
        if: steps.status.outputs.code == '51'
        run: |
          died=()
          case "$DIED" in resume | abandon) died=("--$DIED") ;; esac
          npx --no-install zivver-gitops --organisation "$ORGANISATION" apply "\${died[@]}"
        env:
          DIED: \${{ inputs.died }}
          GITHUB_TOKEN: \${{ github.token }}
          ZIVVER_API_KEY: \${{ secrets.ZIVVER_API_KEY }}
          ZIVVER_GITOPS_IDENTITY: \${{ secrets.ZIVVER_GITOPS_IDENTITY }}
      - name: Report to the pull request
        if: always() && steps.status.outputs.code == '51'
        run: npx --no-install zivver-gitops --organisation "$ORGANISATION" pull-request report
        env:
          GITHUB_TOKEN: \${{ github.token }}
`;

function buildJob(options: PipelineOptions): MatrixJob {
  return {
    name: 'apply',
    condition: `    if: github.ref_name == '${options.branch}'\n`,
    runsOn: 'ubuntu-24.04',
    timeoutMinutes: 360,
    permissions: ['contents: write', 'pull-requests: write'],
    environment: 'apply',
  };
}
