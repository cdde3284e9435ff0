import { renderHead, renderReviewSetup, UPLOAD_ARTIFACT } from './yaml-parts.ts';

/** .github/workflows/review.yml: the required check of a pull request, also of one from a fork. */
export function renderReviewWorkflow(): string {
  return `${renderHead(
    'Proves that a plan is whole and shows it. Knows no secret; the tool is the one of the base branch, so that a',
    'pull request cannot bring its own judge.',
  )}name: review
on:
  pull_request:
permissions: {}
concurrency:
  group: review-\${{ github.event.pull_request.number }}
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
      HEAD_COMMIT: \${{ github.event.pull_request.head.sha }}
    steps:
${renderReviewSetup()}      - name: Verify
        run: node "$TOOL" pull-request verify --base HEAD^1 --report "$REPORT"
      - name: Comment
        if: github.event.pull_request.head.repo.full_name == github.repository
        run: node "$TOOL" pull-request comment --base HEAD^1 --number "$NUMBER" --commit "$HEAD_COMMIT"
        env:
          GITHUB_TOKEN: \${{ github.token }}
      - name: Keep the page with search and filters
        uses: ${UPLOAD_ARTIFACT}
        with:
          name: review
          path: \${{ github.workspace }}/report
          if-no-files-found: ignore
          retention-days: 14
`;
}
