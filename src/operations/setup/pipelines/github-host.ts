import { renderCredentials, renderSetup, type ActionsHost } from './actions-parts.ts';
import type { PipelineOptions } from './yaml-parts.ts';

export const GITHUB: ActionsHost = {
  actions: {
    checkout: 'actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1',
    setupNode: 'actions/setup-node@2028fbc5c25fe9cf00d9f06a71cc4710d4507903 # v6.0.0',
    upload: 'actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0',
  },
  token: { variable: 'GITHUB_TOKEN', value: '${{ github.token }}' },
  proposalToken: '${{ secrets.ZIVVER_GITOPS_PR_TOKEN }}',
  secretOf: (name) => name,
};

/** The jobs that the matrix of one workflow may have. */
export const GITHUB_MATRIX = 256;

export interface MatrixJob {
  /** Of the workflow, the job and its queue. */
  readonly name: string;
  /** With its indentation and line break; empty = always. */
  readonly condition: string;
  readonly runsOn: string;
  readonly timeoutMinutes: number;
  /** `contents: read` … */
  readonly permissions: readonly string[];
  /** Whose secrets it gets. */
  readonly environment: 'plan' | 'apply';
}

/** Everything of a job before its own steps: one run for each organisation, one after the other, with the least rights. */
export function renderJobHead(job: MatrixJob, { organisations, branch }: PipelineOptions): string {
  const { name, condition, runsOn, timeoutMinutes, permissions, environment } = job;
  return `permissions: {}
jobs:
  ${name}:
    name: ${name} \${{ matrix.organisation }}
${condition}    runs-on: ${runsOn}
    timeout-minutes: ${timeoutMinutes}
    permissions:
${permissions.map((permission) => `      ${permission}\n`).join('')}    environment: zivver-${environment}-\${{ matrix.organisation }}
    concurrency:
      group: ${name}-\${{ matrix.organisation }}
      cancel-in-progress: false
    strategy:
      fail-fast: false
      matrix:
        organisation: [${organisations.join(', ')}]
    defaults:
      run:
        shell: bash
    env:
      ORGANISATION: \${{ matrix.organisation }}
${renderCredentials(GITHUB)}    steps:
${renderSetup(GITHUB, branch)}`;
}
