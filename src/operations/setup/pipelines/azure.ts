import { renderAzureChecklist } from './checklist-azure.ts';
import type { Files, ForgePipelines } from './forge-pipelines.ts';
import { FIGURES, renderTellStep } from './azure-telling.ts';
import { CALL, DAILY_CHECKS, renderHead, type PipelineOptions } from './yaml-parts.ts';

/** Azure DevOps has no file of owners: its branch policy names reviewers by path. */
export const AZURE_PIPELINES: ForgePipelines = { files: renderPipelines, checklist: renderAzureChecklist };

/** .azuredevops/pipelines/*.yml: one pipeline each for plan, review, apply and drift; a job for each organisation. */
function renderPipelines(options: PipelineOptions): Files {
  const folder = '.azuredevops/pipelines';
  return [
    [`${folder}/plan.yml`, renderPlan(options)],
    [`${folder}/review.yml`, renderReview()],
    [`${folder}/apply.yml`, renderApply(options)],
    [`${folder}/drift.yml`, renderDrift(options)],
  ];
}

function renderPlan(options: PipelineOptions): string {
  const { branch, schedule, runner, organisations } = options;
  return `${renderHead('Reads Active Directory and Zivver, and opens or updates one pull request for each organisation.')}trigger: none
pr: none
schedules:
  - cron: '${schedule}' # UTC
    displayName: plan
    branches: { include: [${branch}] }
    always: true
parameters:
  - name: bootstrap
    displayName: The very first plan, creates and adoptions only
    type: boolean
    default: false
pool: ${runner}
jobs:
${organisations.map((organisation) => renderPlanJob(organisation, options)).join('')}`;
}

function renderPlanJob(organisation: string, { branch }: PipelineOptions): string {
  return `${renderJobHead({ job: 'plan' }, organisation, branch)}      - bash: |
          code=0
          ${CALL} plan \${BOOTSTRAP:+--bootstrap} || code=$?
          echo "##vso[task.setvariable variable=planned]$code"
          exit "$code"
        displayName: Plan
        env:
          \${{ if parameters.bootstrap }}:
            BOOTSTRAP: yes
          SYSTEM_ACCESSTOKEN: $(System.AccessToken)
          LDAP_PASSWORD: $(LDAP_PASSWORD)
          ZIVVER_API_KEY: $(ZIVVER_API_KEY)
          ZIVVER_GITOPS_FINGERPRINT_KEY: $(ZIVVER_GITOPS_FINGERPRINT_KEY)
      - bash: ${CALL} pull-request open
        displayName: Open or update the pull request
        env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }
${renderTellStep('planned', 'plan')}`;
}

/** Azure runs this file as the pull request has it: it knows no secret, and no right to write comes of it. */
function renderReview(): string {
  return `${renderHead(
    'Proves that a plan is whole: the build validation of the branch. The tool is the one of the target branch, so that a pull',
    'request cannot bring its own judge.',
  )}trigger: none
pool: { vmImage: ubuntu-24.04 }
steps:
  - checkout: self
    fetchDepth: 0
    persistCredentials: false
  - task: UseNode@1
    inputs: { version: 24.x }
  - bash: |
      set -eo pipefail
      mkdir "$(Agent.TempDirectory)/tool"
      git archive HEAD^1 | tar -x -C "$(Agent.TempDirectory)/tool"
      cd "$(Agent.TempDirectory)/tool" && npm ci --ignore-scripts
    displayName: The tool of the target branch
  - bash: node "$(Agent.TempDirectory)/tool/node_modules/zivver-gitops/dist/cli.js" pull-request verify --base HEAD^1 --report "$(Build.ArtifactStagingDirectory)/report"
    displayName: Verify
  - publish: $(Build.ArtifactStagingDirectory)/report
    artifact: review
    displayName: Keep the page with search and filters
`;
}

function renderApply({ branch, organisations }: PipelineOptions): string {
  return `${renderHead(
    'Applies the newest merged plan: every run takes the branch as it is then, and asks what is left to do. The environment of an',
    'organisation lets one run at a time through, and only from this branch.',
  )}trigger:
  batch: true
  branches: { include: [${branch}] }
pr: none
lockBehavior: sequential
parameters:
  - name: died
    displayName: An apply that died and whose run is over
    type: string
    values: [none, resume, abandon]
    default: none
pool: { vmImage: ubuntu-24.04 }
jobs:
${organisations.map((organisation) => renderApplyJob(organisation, branch)).join('')}`;
}

function renderApplyJob(organisation: string, branch: string): string {
  const id = organisation.replaceAll('-', '_');
  return `  - deployment: apply_${id}
    displayName: apply ${organisation}
    environment: zivver-apply-${organisation}
    condition: eq(variables['Build.SourceBranch'], 'refs/heads/${branch}')
    timeoutInMinutes: 360
${renderVariables('apply', organisation)}    strategy:
      runOnce:
        deploy:
          steps:
${indent(
  `${renderSetup(branch)}      - bash: |
          code=0
          ${CALL} status || code=$?
          echo "##vso[task.setvariable variable=left]$code"
          test "$code" = 0 || test "$code" = 51
        displayName: What is left to do
        env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }
      - bash: |
          died=()
          case "$DIED" in resume | abandon) died=("--$DIED") ;; esac
          code=0
          ${CALL} apply "\${died[@]}" || code=$?
          echo "##vso[task.setvariable variable=applied]$code"
          exit "$code"
        displayName: Apply
        condition: and(succeeded(), eq(variables['left'], '51'))
        env:
          DIED: \${{ parameters.died }}
          SYSTEM_ACCESSTOKEN: $(System.AccessToken)
          ZIVVER_API_KEY: $(ZIVVER_API_KEY)
          ZIVVER_GITOPS_IDENTITY: $(ZIVVER_GITOPS_IDENTITY)
          ZIVVER_GITOPS_LEDGER_KEY: $(ZIVVER_GITOPS_LEDGER_KEY)
      - bash: ${CALL} pull-request report
        displayName: Report to the pull request
        condition: and(always(), eq(variables['left'], '51'))
        env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }
${renderTellStep('applied', 'apply')}`,
  6,
)}`;
}

function renderDrift({ branch, organisations }: PipelineOptions): string {
  return `${renderHead('Every day: is Zivver as approved, is everything merged applied, is the ledger whole? Tells in work items.')}trigger: none
pr: none
schedules:
  - cron: '41 5 * * *' # UTC
    displayName: drift
    branches: { include: [${branch}] }
    always: true
pool: { vmImage: ubuntu-24.04 }
jobs:
${organisations
  .map(
    (organisation) =>
      `${renderJobHead({ job: 'plan', name: 'drift' }, organisation, branch)}${DAILY_CHECKS.map(renderCheck).join('')}${renderTellStep('drift', 'daily')}${FIGURES}`,
  )
  .join('')}`;
}

function renderCheck({ kind, title, command }: (typeof DAILY_CHECKS)[number]): string {
  const keys =
    kind === 'drift'
      ? '          ZIVVER_API_KEY: $(ZIVVER_API_KEY)\n          ZIVVER_GITOPS_FINGERPRINT_KEY: $(ZIVVER_GITOPS_FINGERPRINT_KEY)\n'
      : '';
  return `      - bash: |
          code=0
          ${CALL} ${command} > "$AGENT_TEMPDIRECTORY/${kind}.txt" 2>&1 || code=$?
          cat "$AGENT_TEMPDIRECTORY/${kind}.txt"
          echo "##vso[task.setvariable variable=${kind}]$code"
          exit "$code"
        displayName: ${title}
        condition: always()
        env:
          SYSTEM_ACCESSTOKEN: $(System.AccessToken)
${keys}      - bash: ${CALL} issue ${kind} --code "$CODE" --text "$AGENT_TEMPDIRECTORY/${kind}.txt"
        displayName: Work item about ${kind}
        condition: and(always(), ne(variables['${kind}'], ''))
        env:
          CODE: $(${kind})
          SYSTEM_ACCESSTOKEN: $(System.AccessToken)
`;
}

/** `job` says which variables it gets. */
interface JobName {
  readonly job: 'plan' | 'apply';
  readonly name?: string;
}

function renderJobHead({ job, name = job }: JobName, organisation: string, branch: string): string {
  const id = organisation.replaceAll('-', '_');
  return `  - job: ${name}_${id}
    displayName: ${name} ${organisation}
    timeoutInMinutes: 60
${renderVariables(job, organisation)}    steps:
${renderSetup(branch)}`;
}

/** git asks the helper, which answers with the token of the very step. A variable of the group that is not set stays `$(NAME)`. */
function renderVariables(job: 'plan' | 'apply', organisation: string): string {
  return `    variables:
      - group: zivver-${job}-${organisation}
      - { name: ORGANISATION, value: ${organisation} }
      - { name: GIT_CONFIG_COUNT, value: '2' }
      - { name: GIT_CONFIG_KEY_0, value: credential.helper }
      - { name: GIT_CONFIG_VALUE_0, value: '' }
      - { name: GIT_CONFIG_KEY_1, value: credential.helper }
      - name: GIT_CONFIG_VALUE_1
        value: '!f() { test "$1" = get && echo username=x-access-token && echo "password=$SYSTEM_ACCESSTOKEN"; }; f'
`;
}

/** The branch as it is now, not as it was when the run was queued. A script of Azure goes on after what fails, unless it says so. */
function renderSetup(branch: string): string {
  return `      - checkout: self
        fetchDepth: 0
        persistCredentials: false
      - task: UseNode@1
        inputs: { version: 24.x }
      - bash: |
          set -e
          git fetch origin ${branch}
          git checkout --detach FETCH_HEAD
          npm ci --ignore-scripts
        displayName: The branch and the tool
        env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }
`;
}

function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
