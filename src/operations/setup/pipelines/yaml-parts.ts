/** Parts that several generated pipelines share, with their indentation. */

/** Actions by commit: a tag can be moved to other code, a commit cannot. */
const CHECKOUT = 'actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1';
const SETUP_NODE = 'actions/setup-node@2028fbc5c25fe9cf00d9f06a71cc4710d4507903 # v6.0.0';
export const UPLOAD_ARTIFACT = 'actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0';

/** What a pipeline is made for. */
export interface PipelineOptions {
  /** Names of the folders under desired/, sorted. */
  readonly organisations: readonly string[];
  /** Branch whose merges are approvals. */
  readonly branch: string;
  /** Label of the self-hosted runner in the LAN. */
  readonly runner: string;
  /** Who must review: `@org/team` or `@login`, at least one. */
  readonly owners: readonly string[];
}

export function renderHead(...lines: readonly string[]): string {
  return [...lines, 'Made by `zivver-gitops init --ci`: run it again after a new organisation or version.']
    .map((line) => `# ${line}\n`)
    .join('');
}

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
export function renderJobHead(job: MatrixJob, options: PipelineOptions): string {
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
${renderMatrix(options)}    defaults:
      run:
        shell: bash
    env:
      ORGANISATION: \${{ matrix.organisation }}
${GIT_CREDENTIALS}    steps:
${renderSetup(options)}`;
}

function renderMatrix({ organisations }: PipelineOptions): string {
  return `    strategy:
      fail-fast: false
      matrix:
        organisation: [${organisations.join(', ')}]
`;
}

/** git asks this helper, which answers with the token of the very step: the token is in no file and no argument. */
const GIT_CREDENTIALS = `      GIT_CONFIG_COUNT: '2'
      GIT_CONFIG_KEY_0: credential.helper
      GIT_CONFIG_VALUE_0: ''
      GIT_CONFIG_KEY_1: credential.\${{ github.server_url }}.helper
      GIT_CONFIG_VALUE_1: '!f() { test "$1" = get && echo username=x-access-token && echo "password=$GITHUB_TOKEN"; }; f'
`;

/** Checkout of the branch itself, never of a pull request, and the tool from its lock file, without scripts of packages. */
function renderSetup({ branch }: PipelineOptions): string {
  return `      - uses: ${CHECKOUT}
        with:
          ref: ${branch}
          fetch-depth: 0
          persist-credentials: false
${renderNode()}      - run: npm ci --ignore-scripts
`;
}

/** Two checkouts: the tool from the base branch, and the pull request, which is only read. */
export function renderReviewSetup(): string {
  return `      - uses: ${CHECKOUT}
        with:
          ref: \${{ github.event.pull_request.base.sha }}
          path: tool
          persist-credentials: false
      - uses: ${CHECKOUT}
        with:
          path: change
          fetch-depth: 2
          persist-credentials: false
${renderNode()}      - run: npm ci --ignore-scripts
        working-directory: tool
`;
}

function renderNode(): string {
  return `      - uses: ${SETUP_NODE}
        with:
          node-version: '24'
`;
}
