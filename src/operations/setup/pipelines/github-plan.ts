import { renderHead, renderJobHead, type MatrixJob, type PipelineOptions } from './yaml-parts.ts';

/** .github/workflows/plan.yml: reads Active Directory and Zivver in the LAN and opens the pull request. */
export function renderPlanWorkflow(options: PipelineOptions): string {
  return `${renderHead('Reads Active Directory and Zivver, and opens or updates one pull request for each organisation.')}name: plan
on:
  schedule:
    - cron: '23 4 * * 1-5'
  workflow_dispatch:
    inputs:
      bootstrap:
        description: The very first plan, creates and adoptions only
        type: boolean
        default: false
${renderJobHead(buildJob(options), options)}      - name: Plan
        run: npx --no-install zivver-gitops --organisation "$ORGANISATION" plan \${BOOTSTRAP:+"$BOOTSTRAP"}
        env:
          BOOTSTRAP: \${{ inputs.bootstrap && '--bootstrap' || '' }}
          GITHUB_TOKEN: \${{ github.token }}
          LDAP_PASSWORD: \${{ secrets.LDAP_PASSWORD }}
          ZIVVER_API_KEY: \${{ secrets.ZIVVER_API_KEY }}
          ZIVVER_GITOPS_FINGERPRINT_KEY: \${{ secrets.ZIVVER_GITOPS_FINGERPRINT_KEY }}
      # Not the token of the workflow: what that opens starts no review.
      - name: Open or update the pull request
        run: npx --no-install zivver-gitops --organisation "$ORGANISATION" pull-request open
        env:
          GITHUB_TOKEN: \${{ secrets.ZIVVER_GITOPS_PR_TOKEN }}
`;
}

function buildJob(options: PipelineOptions): MatrixJob {
  return {
    name: 'plan',
    condition: '',
    runsOn: `[self-hosted, ${options.runner}]`,
    timeoutMinutes: 60,
    permissions: ['contents: read'],
    environment: 'plan',
  };
}
