import { renderHead, type PipelineOptions } from './yaml-parts.ts';

/** .gitlab-ci.yml: plan, review and apply. GitLab opens the merge request itself, by options of the push. */
export function renderGitlabPipeline(options: PipelineOptions): string {
  const matrix = `  parallel:
    matrix:
      - ORGANISATION: [${options.organisations.join(', ')}]
`;
  return `${renderHead('Plan (schedule, runner in the LAN), review (merge requests), apply (after the merge).')}stages: [plan, review, apply]
default:
  image: node:24
variables:
  GIT_DEPTH: '0'
  BOOTSTRAP:
    value: ''
    description: yes for the very first plan, creates and adoptions only

${TOOL}plan:
  extends: .tool
  stage: plan
  tags: [${options.runner}]
  timeout: 1h
  rules:
    - if: $CI_COMMIT_BRANCH == "${options.branch}" && ($CI_PIPELINE_SOURCE == "schedule" || ($CI_PIPELINE_SOURCE == "web" && $DIED == null))
  environment:
    name: zivver-plan-$ORGANISATION
    action: prepare
  resource_group: plan-$ORGANISATION
${matrix}  script:
    - npx --no-install zivver-gitops --organisation "$ORGANISATION" plan \${BOOTSTRAP:+--bootstrap}
    - npx --no-install zivver-gitops --organisation "$ORGANISATION" pull-request open --forge gitlab

${REVIEW}apply:
  extends: .tool
  stage: apply
  timeout: 6h
  rules:
    - if: $CI_COMMIT_BRANCH == "${options.branch}" && $CI_PIPELINE_SOURCE == "push"
      changes: ['plans/**/*']
    # An apply that died, and whose job is over: run a pipeline by hand with DIED = resume or abandon.
    - if: $CI_COMMIT_BRANCH == "${options.branch}" && $CI_PIPELINE_SOURCE == "web" && ($DIED == "resume" || $DIED == "abandon")
  environment:
    name: zivver-apply-$ORGANISATION
  resource_group: apply-$ORGANISATION
${matrix}  script:
    - git fetch origin ${options.branch} && git checkout --detach FETCH_HEAD
    - code=0; npx --no-install zivver-gitops --organisation "$ORGANISATION" status || code=$?
    - test "$code" = 0 || test "$code" = 51
    - test "$code" = 0 || npx --no-install zivver-gitops --organisation "$ORGANISATION" apply \${DIED:+"--$DIED"}
`;
}

const TOOL = `.tool:
  before_script:
    - npm ci --ignore-scripts
    - git remote set-url origin "$CI_SERVER_URL/$CI_PROJECT_PATH.git"
  variables:
    GIT_CONFIG_COUNT: '2'
    GIT_CONFIG_KEY_0: credential.helper
    GIT_CONFIG_VALUE_0: ''
    GIT_CONFIG_KEY_1: credential.$CI_SERVER_URL.helper
    GIT_CONFIG_VALUE_1: '!f() { test "$$1" = get && echo username=zivver-gitops && echo "password=$$ZIVVER_GITOPS_PUSH_TOKEN"; }; f'

`;

const REVIEW = `# The tool is the one of the target branch, so that a merge request cannot bring its own judge.
review:
  stage: review
  timeout: 15m
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - git worktree add --detach ../tool "$CI_MERGE_REQUEST_DIFF_BASE_SHA"
    - (cd ../tool && npm ci --ignore-scripts)
    - node ../tool/node_modules/zivver-gitops/dist/cli.js pull-request verify --base "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --report report
  artifacts:
    expose_as: review
    paths: [report/]
    expire_in: 2 weeks

`;
