import { CALL, DAILY_CHECKS, NOTIFY_SECRETS } from './yaml-parts.ts';

/** Where GitHub’s and Forgejo’s workflows differ. */
export interface ActionsHost {
  /** Actions by commit: a tag can be moved to other code, a commit cannot. */
  readonly actions: { readonly checkout: string; readonly setupNode: string; readonly upload: string };
  /** The variable with the token of git and of the API, and what it is given. */
  readonly token: { readonly variable: string; readonly value: string };
  /** What opens pull requests. */
  readonly proposalToken: string;
  /** A secret of the job that plans, or of the one that applies. */
  readonly secretOf: (name: string, job: 'plan' | 'apply') => string;
}

/** git asks this helper, which answers with the token of the very step: the token is in no file and no argument. */
export function renderCredentials({ token }: ActionsHost): string {
  return `      GIT_CONFIG_COUNT: '2'
      GIT_CONFIG_KEY_0: credential.helper
      GIT_CONFIG_VALUE_0: ''
      GIT_CONFIG_KEY_1: credential.\${{ github.server_url }}.helper
      GIT_CONFIG_VALUE_1: '!f() { test "$1" = get && echo username=x-access-token && echo "password=$${token.variable}"; }; f'
`;
}

/** Checkout of the branch itself, never of a pull request, and the tool from its lock file, without scripts of packages. */
export function renderSetup(host: ActionsHost, branch: string): string {
  return `      - uses: ${host.actions.checkout}
        with:
          ref: ${branch}
          fetch-depth: 0
          persist-credentials: false
${renderNode(host)}      - run: npm ci --ignore-scripts
`;
}

export function renderNode({ actions }: ActionsHost): string {
  return `      - uses: ${actions.setupNode}
        with:
          node-version: '24'
          package-manager-cache: false
`;
}

export function renderPlanSteps(host: ActionsHost): string {
  const { token, proposalToken } = host;
  return `      - name: Plan
        id: plan
        run: |
          code=0
          ${CALL} plan \${BOOTSTRAP:+"$BOOTSTRAP"} || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          exit "$code"
        env:
          BOOTSTRAP: \${{ inputs.bootstrap && '--bootstrap' || '' }}
          ${token.variable}: ${token.value}
${renderSecrets(host, 'plan', ['LDAP_PASSWORD', 'ZIVVER_API_KEY', 'ZIVVER_GITOPS_FINGERPRINT_KEY'])}      # Not the token of the workflow: what that opens starts no review.
      - name: Open or update the pull request
        run: ${CALL} pull-request open
        env:
          ${token.variable}: ${proposalToken}
${renderTellStep(host, { step: 'plan', job: 'plan', after: 'plan', token: proposalToken })}`;
}

export function renderApplySteps(host: ActionsHost): string {
  const token = `          ${host.token.variable}: ${host.token.value}\n`;
  return `      - name: What is left to do
        id: status
        run: |
          code=0
          ${CALL} status || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          test "$code" = 0 || test "$code" = 51
        env:
${token}      - name: Apply
        id: apply
        if: steps.status.outputs.code == '51'
        run: |
          died=()
          case "$DIED" in resume | abandon) died=("--$DIED") ;; esac
          code=0
          ${CALL} apply "\${died[@]}" || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          exit "$code"
        env:
          DIED: \${{ inputs.died }}
${token}${renderSecrets(host, 'apply', ['ZIVVER_API_KEY', 'ZIVVER_GITOPS_IDENTITY', 'ZIVVER_GITOPS_LEDGER_KEY'])}      - name: Report to the pull request
        if: always() && steps.status.outputs.code == '51'
        run: ${CALL} pull-request report
        env:
${token}${renderTellStep(host, { step: 'apply', job: 'apply', after: 'apply', token: host.token.value })}`;
}

/** The issue step has the token that writes issues, the check itself does not know it is in a workflow. */
export function renderDriftSteps(host: ActionsHost): string {
  const token = `          ${host.token.variable}: ${host.token.value}\n`;
  const secrets = renderSecrets(host, 'plan', ['ZIVVER_API_KEY', 'ZIVVER_GITOPS_FINGERPRINT_KEY']);
  const checks = DAILY_CHECKS.map(
    ({ kind, title, command }) => `      - name: ${title}
        id: ${kind}
        if: always()
        run: |
          code=0
          ${CALL} ${command} > "$RUNNER_TEMP/${kind}.txt" 2>&1 || code=$?
          cat "$RUNNER_TEMP/${kind}.txt"
          echo "code=$code" >> "$GITHUB_OUTPUT"
          exit "$code"
        env:
${token}${kind === 'drift' ? secrets : ''}      - name: Issue about ${kind}
        if: always() && steps.${kind}.outputs.code != ''
        run: ${CALL} issue ${kind} --code "$CODE" --text "$RUNNER_TEMP/${kind}.txt"
        env:
          CODE: \${{ steps.${kind}.outputs.code }}
${token}`,
  ).join('');
  return `${checks}${renderTellStep(host, { step: 'drift', job: 'plan', after: 'daily', token: host.token.value })}`;
}

/** The page of `site`, kept with the run. */
export function renderFigures(host: ActionsHost, organisation: string): string {
  return `      - name: A page with figures, without names
        if: always()
        run: ${CALL} site "$RUNNER_TEMP/figures"
        env:
          ${host.token.variable}: ${host.token.value}
      - name: Keep the page
        if: always()
        uses: ${host.actions.upload}
        with:
          name: figures-${organisation}
          path: \${{ runner.temp }}/figures
          if-no-files-found: ignore
          retention-days: 14
`;
}

interface TellStep {
  /** Whose exit code is told. */
  readonly step: string;
  /** Whose secrets it gets. */
  readonly job: 'plan' | 'apply';
  readonly after: 'plan' | 'apply' | 'daily';
  /** That may push the branch with the findings. */
  readonly token: string;
}

/** Last, and alone with the secrets of mail and webhooks: whatever it does, the job ends as it would without it. */
function renderTellStep(host: ActionsHost, { step, job, after, token }: TellStep): string {
  const text = after === 'daily' ? ' --text "$RUNNER_TEMP/drift.txt"' : '';
  return `      - name: Tell whom organisation.yaml says (notify)
        if: always() && steps.${step}.outputs.code != ''
        continue-on-error: true
        run: ${CALL} notify --after ${after} --code "$CODE"${text}
        env:
          CODE: \${{ steps.${step}.outputs.code }}
          ${host.token.variable}: ${token}
${renderSecrets(host, job, NOTIFY_SECRETS)}`;
}

function renderSecrets(host: ActionsHost, job: 'plan' | 'apply', names: readonly string[]): string {
  return names.map((name) => `          ${name}: \${{ secrets.${host.secretOf(name, job)} }}\n`).join('');
}

/** Of the workflow that applies. */
export const DIED_INPUT = `  workflow_dispatch:
    inputs:
      died:
        description: An apply that died and whose run is over. A re-run of that run goes on by itself.
        type: choice
        options: [none, resume, abandon]
        default: none
`;

/** Of the workflow that plans. */
export const BOOTSTRAP_INPUT = `  workflow_dispatch:
    inputs:
      bootstrap:
        description: The very first plan, creates and adoptions only
        type: boolean
        default: false
`;
