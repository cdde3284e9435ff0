import {
  BOOTSTRAP_INPUT,
  DIED_INPUT,
  renderApplySteps,
  renderCredentials,
  renderDriftSteps,
  renderFigures,
  renderNode,
  renderPlanSteps,
  renderSetup,
  type ActionsHost,
} from './actions-parts.ts';
import { renderForgejoChecklist } from './checklist-forgejo.ts';
import { renderCodeOwners } from './code-owners.ts';
import type { Files, ForgePipelines } from './forge-pipelines.ts';
import { forgejoSecret } from '../../../model/forge/forgejo-secret.ts';
import { renderHead, type PipelineOptions } from './yaml-parts.ts';

export const FORGEJO_PIPELINES: ForgePipelines = {
  files: (options) => [...renderWorkflows(options), ...renderCodeOwners('forgejo', options, { patternOf })],
  checklist: renderForgejoChecklist,
};

function hostOf(organisation: string): ActionsHost {
  const source = 'https://data.forgejo.org/actions';
  const value = '${{ secrets.ZIVVER_GITOPS_FORGE_TOKEN }}';
  return {
    actions: {
      checkout: `${source}/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1`,
      setupNode: `${source}/setup-node@2028fbc5c25fe9cf00d9f06a71cc4710d4507903 # v6.0.0`,
      // Forgejo and Gitea take the artifacts of version 3; later versions upload to GitHub only.
      upload: `${source}/upload-artifact@c24449f33cd45d4826c6702db7e49f7cdb9b551d # v3.2.1-node20`,
    },
    token: { variable: 'ZIVVER_GITOPS_FORGE_TOKEN', value },
    proposalToken: value,
    secretOf: (name, job) => forgejoSecret(organisation, job, name),
  };
}

/** .forgejo/workflows/*.yml, which Gitea runs too: a job for each organisation, because secrets are known by name only. */
function renderWorkflows(options: PipelineOptions): Files {
  const { branch, runner, schedule } = options;
  const lan = { runsOn: runner, timeoutMinutes: 60 };
  return [
    [
      '.forgejo/workflows/plan.yml',
      `${renderHead('Reads Active Directory and Zivver, and opens or updates one pull request for each organisation.')}name: plan
on:
  schedule:
    - cron: '${schedule}' # UTC
${BOOTSTRAP_INPUT}jobs:
${renderJobs({ ...lan, name: 'plan', condition: '' }, options, renderPlanSteps)}`,
    ],
    ['.forgejo/workflows/review.yml', renderReview()],
    [
      '.forgejo/workflows/apply.yml',
      `${renderHead('Applies the newest merged plan: every run takes the branch as it is then, and asks what is left to do.')}name: apply
on:
  push:
    branches: [${branch}]
${DIED_INPUT}jobs:
${renderJobs({ name: 'apply', runsOn: 'docker', timeoutMinutes: 360, condition: `    if: github.ref_name == '${branch}'\n` }, options, renderApplySteps)}`,
    ],
    [
      '.forgejo/workflows/drift.yml',
      `${renderHead('Every day: is Zivver as approved, is everything merged applied, is the ledger whole? Tells in issues.')}name: drift
on:
  schedule:
    - cron: '41 5 * * *'
  workflow_dispatch:
jobs:
${renderJobs({ name: 'drift', runsOn: 'docker', timeoutMinutes: 60, condition: '' }, options, renderDaily)}`,
    ],
  ];
}

interface Job {
  readonly name: string;
  readonly runsOn: string;
  readonly timeoutMinutes: number;
  readonly condition: string;
}

function renderJobs(
  { name, runsOn, timeoutMinutes, condition }: Job,
  { organisations, branch }: PipelineOptions,
  renderSteps: (host: ActionsHost, organisation: string) => string,
): string {
  return organisations
    .map((organisation) => {
      const host = hostOf(organisation);
      return `  ${name}-${organisation}:
${condition}    runs-on: ${runsOn}
    timeout-minutes: ${timeoutMinutes}
    concurrency:
      group: ${name}-${organisation}
      cancel-in-progress: false
    defaults:
      run:
        shell: bash
    env:
      ORGANISATION: ${organisation}
${renderCredentials(host)}    steps:
${renderSetup(host, branch)}${renderSteps(host, organisation)}`;
    })
    .join('');
}

function renderDaily(host: ActionsHost, organisation: string): string {
  return `${renderDriftSteps(host)}${renderFigures(host, organisation)}`;
}

/** Without a token: the comment is written by the job that plans, which a pull request cannot change. */
function renderReview(): string {
  const host = hostOf('');
  return `${renderHead(
    'Proves that a plan is whole. Knows no secret; the tool is the one of the base branch, so that a pull request cannot',
    'bring its own judge.',
  )}name: review
on:
  pull_request:
jobs:
  review:
    runs-on: docker
    timeout-minutes: 15
    defaults:
      run:
        shell: bash
        working-directory: change
    env:
      TOOL: \${{ github.workspace }}/tool/node_modules/zivver-gitops/dist/cli.js
      BASE: \${{ github.event.pull_request.base.sha }}
    steps:
      - uses: ${host.actions.checkout}
        with:
          ref: \${{ github.event.pull_request.base.sha }}
          path: tool
          persist-credentials: false
      - uses: ${host.actions.checkout}
        with:
          ref: \${{ github.event.pull_request.head.sha }}
          path: change
          fetch-depth: 0
          persist-credentials: false
${renderNode(host)}      - run: npm ci --ignore-scripts
        working-directory: tool
      - name: Verify
        run: node "$TOOL" pull-request verify --base "$(git merge-base "$BASE" HEAD)"
`;
}

/** Forgejo reads the owners of files as regular expressions of whole paths. */
function patternOf(path: string): string {
  const pattern = path.slice(1).replaceAll('.', '\\.');
  return pattern.endsWith('/') ? `${pattern}.*` : pattern;
}
