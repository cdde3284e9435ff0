import { renderHead, renderJobHead, type MatrixJob, type PipelineOptions } from './yaml-parts.ts';

interface Check {
  /** Of the issue. */
  readonly kind: 'drift' | 'status' | 'ledger';
  readonly title: string;
  readonly command: string;
  /** Variables beside the token, with their indentation. */
  readonly environment: string;
}

const CHECKS: readonly Check[] = [
  {
    kind: 'drift',
    title: 'Compare Zivver with the branch',
    command: 'drift',
    environment: `          ZIVVER_API_KEY: \${{ secrets.ZIVVER_API_KEY }}
          ZIVVER_GITOPS_FINGERPRINT_KEY: \${{ secrets.ZIVVER_GITOPS_FINGERPRINT_KEY }}
`,
  },
  { kind: 'status', title: 'Look for merged plans that are not applied', command: 'status', environment: '' },
  { kind: 'ledger', title: 'Verify the ledger', command: 'ledger verify', environment: '' },
];

/** .github/workflows/drift.yml: every day, what went wrong unnoticed; one issue for each kind, edited in place. */
export function renderDriftWorkflow(options: PipelineOptions): string {
  return `${renderHead('Every day: is Zivver as approved, is everything merged applied, is the ledger whole? Tells in issues.')}name: drift
on:
  schedule:
    - cron: '41 5 * * *'
  workflow_dispatch:
${renderJobHead(JOB, options)}${CHECKS.map(renderCheck).join('')}`;
}

/** The issue step has the token that writes issues, the check itself does not know it is in a workflow. */
function renderCheck({ kind, title, command, environment }: Check): string {
  return `      - name: ${title}
        id: ${kind}
        if: always()
        run: |
          code=0
          npx --no-install zivver-gitops --organisation "$ORGANISATION" ${command} > "$RUNNER_TEMP/${kind}.txt" 2>&1 || code=$?
          cat "$RUNNER_TEMP/${kind}.txt"
          echo "code=$code" >> "$GITHUB_OUTPUT"
          exit "$code"
        env:
          GITHUB_TOKEN: \${{ github.token }}
${environment}      - name: Issue about ${kind}
        if: always() && steps.${kind}.outputs.code != ''
        run: npx --no-install zivver-gitops --organisation "$ORGANISATION" issue ${kind} --code "$CODE" --text "$RUNNER_TEMP/${kind}.txt"
        env:
          CODE: \${{ steps.${kind}.outputs.code }}
          GITHUB_TOKEN: \${{ github.token }}
`;
}

const JOB: MatrixJob = {
  name: 'drift',
  condition: '',
  runsOn: 'ubuntu-24.04',
  timeoutMinutes: 60,
  permissions: ['contents: read', 'issues: write'],
  environment: 'plan',
};
