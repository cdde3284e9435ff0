import { renderNode } from './actions-parts.ts';
import { GITHUB } from './github-host.ts';
import { renderHead } from './yaml-parts.ts';

/** .github/workflows/review.yml: the required check of a pull request, also of one from a fork or in a merge queue. */
export function renderReviewWorkflow(): string {
  return `${renderHead(
    'Proves that a plan is whole and shows it. Knows no secret; the tool is the one of the base branch, so that a',
    'pull request cannot bring its own judge.',
  )}name: review
on:
  pull_request:
  merge_group:
permissions: {}
concurrency:
  group: review-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: true
jobs:
  review:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
      pull-requests: write
      issues: write # labels that do not exist yet
    defaults:
      run:
        shell: bash
        working-directory: change
    env:
      TOOL: \${{ github.workspace }}/tool/node_modules/zivver-gitops/dist/cli.js
      REPORT: \${{ github.workspace }}/report
      NUMBER: \${{ github.event.pull_request.number }}
      BASE: \${{ github.event.merge_group.base_sha || 'HEAD^1' }}
      HEAD_COMMIT: \${{ github.event.pull_request.head.sha }}
    steps:
${renderReviewSteps()}`;
}

function renderReviewSteps(): string {
  const { checkout, upload } = GITHUB.actions;
  return `      - uses: ${checkout}
        with:
          ref: \${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}
          path: tool
          persist-credentials: false
      - uses: ${checkout}
        with:
          path: change
          fetch-depth: 0
          persist-credentials: false
${renderNode(GITHUB)}      - run: npm ci --ignore-scripts
        working-directory: tool
      - name: Verify
        run: node "$TOOL" pull-request verify --base "$BASE" --report "$REPORT"
      - name: Comment
        if: github.event.pull_request.head.repo.full_name == github.repository
        run: node "$TOOL" pull-request comment --base "$BASE" --number "$NUMBER" --commit "$HEAD_COMMIT"
        env:
          GITHUB_TOKEN: \${{ github.token }}
      - name: Keep the page with search and filters
        uses: ${upload}
        with:
          name: review
          path: \${{ github.workspace }}/report
          if-no-files-found: ignore
          retention-days: 14
`;
}
