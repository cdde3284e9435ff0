import { renderGithubChecklist, renderGitlabChecklist } from './checklist.ts';
import { renderApplyWorkflow } from './github-apply.ts';
import { renderDriftWorkflow } from './github-drift.ts';
import { renderPlanWorkflow } from './github-plan.ts';
import { renderReviewWorkflow } from './github-review.ts';
import { renderGitlabPipeline } from './gitlab.ts';
import { REVIEWING_PAGE } from './reviewing-page.ts';
import { renderHead, type PipelineOptions } from './yaml-parts.ts';

export type PipelineKind = 'github' | 'gitlab';

/** What has to be set by hand. */
export const CHECKLISTS: Readonly<Record<PipelineKind, string>> = {
  github: '.github/zivver-gitops-settings.md',
  gitlab: '.gitlab/zivver-gitops-settings.md',
};

/** For reviewers; pull requests link to it. */
export const REVIEWING_FILES: Readonly<Record<PipelineKind, string>> = {
  github: '.github/zivver-gitops-reviewing.md',
  gitlab: '.gitlab/zivver-gitops-reviewing.md',
};

/** All files of a pipeline: path from the root of the repository, with forward slashes → text. Pure. */
export function buildPipelineFiles(kind: PipelineKind, options: PipelineOptions): ReadonlyMap<string, string> {
  if (kind === 'gitlab')
    return new Map([
      ['.gitlab-ci.yml', renderGitlabPipeline(options)],
      ['.gitlab/CODEOWNERS', renderCodeOwners(options, '/.gitlab-ci.yml')],
      [CHECKLISTS.gitlab, renderGitlabChecklist(options)],
      [REVIEWING_FILES.gitlab, REVIEWING_PAGE],
    ]);
  return new Map([
    ['.github/workflows/plan.yml', renderPlanWorkflow(options)],
    ['.github/workflows/review.yml', renderReviewWorkflow()],
    ['.github/workflows/apply.yml', renderApplyWorkflow(options)],
    ['.github/workflows/drift.yml', renderDriftWorkflow(options)],
    ['.github/CODEOWNERS', renderCodeOwners(options, '/.github/')],
    [CHECKLISTS.github, renderGithubChecklist(options)],
    [REVIEWING_FILES.github, REVIEWING_PAGE],
  ]);
}

/** Everything that decides what happens has an owner: limits, plans, the pipeline, and the version of the tool. */
function renderCodeOwners({ owners }: PipelineOptions, pipeline: string): string {
  const tool = ['/vendor/', '/package.json', '/package-lock.json', '/.npmrc', '/.gitattributes'];
  const paths = ['/desired/', '/plans/', pipeline, ...tool];
  return `${renderHead('Who must approve what.')}${paths.map((path) => `${path} ${owners.join(' ')}\n`).join('')}`;
}
