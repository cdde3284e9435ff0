import { renderGitlabChecklist } from './checklist-gitlab.ts';
import { renderCodeOwners } from './code-owners.ts';
import type { ForgePipelines } from './forge-pipelines.ts';
import { CALL, DAILY_CHECKS, renderHead, splitList, type PipelineOptions } from './yaml-parts.ts';

export const GITLAB_PIPELINES: ForgePipelines = {
  files: (options) => [
    ['.gitlab-ci.yml', renderPipeline(options)],
    ...renderCodeOwners('gitlab', options, { pipeline: '/.gitlab-ci.yml' }),
  ],
  checklist: renderGitlabChecklist,
};

/** The jobs that one `parallel: matrix` may have. */
const MATRIX = 200;

/** .gitlab-ci.yml: plan, review, apply, and the daily look at what went wrong unnoticed. */
function renderPipeline(options: PipelineOptions): string {
  return (
    `${renderHead(
      'Plan (schedule, runner in the LAN), review (merge requests), apply (after the merge), drift (schedule with DRIFT = yes).',
    )}stages: [plan, review, apply, drift]
default:
  image: node:24
variables:
  GIT_DEPTH: '0'
  BOOTSTRAP:
    value: ''
    description: yes for the very first plan, creates and adoptions only

${TOOL}${renderPlan(options)}${REVIEW}${renderApply(options)}${renderDrift(options)}`.trimEnd() + '\n'
  );
}

function renderPlan(options: PipelineOptions): string {
  const onBranch = `$CI_COMMIT_BRANCH == "${options.branch}"`;
  return `.plan:
  extends: .tool
  stage: plan
  tags: [${options.runner}]
  timeout: 1h
  rules:
    - if: ${onBranch} && $CI_PIPELINE_SOURCE == "schedule" && $DRIFT != "yes"
    - if: ${onBranch} && $CI_PIPELINE_SOURCE == "web" && $DIED == null
  environment:
    name: zivver-plan-$ORGANISATION
    action: prepare
  resource_group: plan-$ORGANISATION
  script:
    - code=0; ${CALL} plan \${BOOTSTRAP:+--bootstrap} || code=$?
    - if test "$code" = 0; then ${CALL} pull-request open || opened=$?; fi
    - ${CALL} notify --after plan --code "$code" || true
    - if test "$code" = 0; then exit "\${opened:-0}"; fi
    - exit "$code"

${renderJobs('plan', options)}`;
}

function renderApply(options: PipelineOptions): string {
  const onBranch = `$CI_COMMIT_BRANCH == "${options.branch}"`;
  return `.apply:
  extends: .tool
  stage: apply
  timeout: 6h
  rules:
    - if: ${onBranch} && $CI_PIPELINE_SOURCE == "push"
    # An apply that died, and whose job is over: run a pipeline by hand with DIED = resume or abandon.
    - if: ${onBranch} && $CI_PIPELINE_SOURCE == "web" && ($DIED == "resume" || $DIED == "abandon")
  environment:
    name: zivver-apply-$ORGANISATION
  resource_group: apply-$ORGANISATION
  script:
    - git fetch origin ${options.branch}
    - git checkout --detach FETCH_HEAD
    - code=0; ${CALL} status || code=$?
    - test "$code" = 0 || test "$code" = 51
    - if test "$code" = 0; then exit 0; fi
    - code=0; ${CALL} apply \${DIED:+"--$DIED"} || code=$?
    - ${CALL} pull-request report || reported=$?
    - ${CALL} notify --after apply --code "$code" || true
    - if test "$code" = 0; then exit "\${reported:-0}"; fi
    - exit "$code"

${renderJobs('apply', options)}`;
}

function renderDrift(options: PipelineOptions): string {
  const onBranch = `$CI_COMMIT_BRANCH == "${options.branch}"`;
  return `.drift:
  extends: .tool
  stage: drift
  timeout: 1h
  rules:
    - if: ${onBranch} && $CI_PIPELINE_SOURCE == "schedule" && $DRIFT == "yes"
  environment:
    name: zivver-plan-$ORGANISATION
    action: prepare
  script:
    - failed=0; told=$(mktemp); drift=0
${DAILY_CHECKS.map(renderCheck).join('')}    - ${CALL} notify --after daily --code "$drift" || true
    - rm -f "$told"
    - ${CALL} site figures || true
    - exit "$failed"
  artifacts:
    when: always
    name: figures-$ORGANISATION
    paths: [figures/]
    expire_in: 2 weeks

${renderJobs('drift', options)}`;
}

/** One job, or several if there are more organisations than a matrix may hold. */
function renderJobs(name: string, { organisations }: PipelineOptions): string {
  return splitList(organisations, MATRIX)
    .map(
      (part, index) => `${index === 0 ? name : `${name} ${index + 1}`}:
  extends: .${name}
  parallel:
    matrix:
      - ORGANISATION: [${part.join(', ')}]

`,
    )
    .join('');
}

function renderCheck({ kind, command }: (typeof DAILY_CHECKS)[number]): string {
  return `    - code=0; ${CALL} ${command} > "$told" 2>&1 || { code=$?; failed=1; }
${kind === 'drift' ? '    - drift=$code\n' : ''}    - cat "$told"
    - ${CALL} issue ${kind} --code "$code" --text "$told"
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
    GIT_CONFIG_VALUE_1: '!f() { test "$$1" = get && echo username=zivver-gitops && echo "password=$$ZIVVER_GITOPS_FORGE_TOKEN"; }; f'

`;

/** Beside the project, in a folder of its own that a runner may have kept from the job before. */
const REVIEW = `# The tool is the one of the target branch, so that a merge request cannot bring its own judge. It knows no secret: this file
# is the one of the merge request, which may say anything. The comment is written by the job that plans.
review:
  stage: review
  timeout: 15m
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - rm -rf "$CI_PROJECT_DIR.tool" && mkdir "$CI_PROJECT_DIR.tool"
    - git archive "$CI_MERGE_REQUEST_DIFF_BASE_SHA" | tar -x -C "$CI_PROJECT_DIR.tool"
    - (cd "$CI_PROJECT_DIR.tool" && npm ci --ignore-scripts)
    - node "$CI_PROJECT_DIR.tool/node_modules/zivver-gitops/dist/cli.js" pull-request verify --base "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --report report
  artifacts:
    expose_as: review
    paths: [report/]
    expire_in: 2 weeks

`;
