import { renderGithubChecklist } from './checklist-github.ts';
import { renderCodeOwners } from './code-owners.ts';
import type { Files, ForgePipelines } from './forge-pipelines.ts';
import { renderApplyWorkflow } from './github-apply.ts';
import { renderDriftWorkflow } from './github-drift.ts';
import { GITHUB_MATRIX } from './github-host.ts';
import { renderPlanWorkflow } from './github-plan.ts';
import { renderReviewWorkflow } from './github-review.ts';
import { splitList, type PipelineOptions } from './yaml-parts.ts';

export const GITHUB_PIPELINES: ForgePipelines = {
  files: (options) => [...renderWorkflows(options), ...renderCodeOwners('github', options)],
  checklist: renderGithubChecklist,
};

/** The matrix of a workflow has its limit: further organisations have further workflows. */
function renderWorkflows(options: PipelineOptions): Files {
  const folder = '.github/workflows';
  const parts = splitList(options.organisations, GITHUB_MATRIX);
  return [
    [`${folder}/review.yml`, renderReviewWorkflow()],
    ...parts.flatMap((organisations, index) => {
      const suffix = index === 0 ? '' : `-${index + 1}`;
      const part = { ...options, organisations };
      const workflows = {
        plan: renderPlanWorkflow(part),
        apply: renderApplyWorkflow(part),
        drift: renderDriftWorkflow(part),
      };
      return Object.entries(workflows).map(
        ([name, text]) =>
          [`${folder}/${name}${suffix}.yml`, text.replace(/^name: (\w+)$/m, `name: $1${suffix}`)] as const,
      );
    }),
  ];
}
