import { FORGE_FOLDERS, reviewingFileOf, type ForgeKind } from '../../../model/forge/forge-kind.ts';
import { buildAzurePipelines } from './azure.ts';
import { renderAzureChecklist } from './checklist-azure.ts';
import { renderForgejoChecklist } from './checklist-forgejo.ts';
import { renderGithubChecklist } from './checklist-github.ts';
import { renderGitlabChecklist } from './checklist-gitlab.ts';
import { buildForgejoWorkflows } from './forgejo.ts';
import { renderApplyWorkflow } from './github-apply.ts';
import { renderDriftWorkflow } from './github-drift.ts';
import { GITHUB_MATRIX } from './github-host.ts';
import { renderPlanWorkflow } from './github-plan.ts';
import { renderReviewWorkflow } from './github-review.ts';
import { renderGitlabPipeline } from './gitlab.ts';
import { REVIEWING_PAGE } from './reviewing-page.ts';
import { renderHead, splitList, type PipelineOptions } from './yaml-parts.ts';

/** What has to be set by hand. */
export function checklistOf(kind: ForgeKind): string {
  return `${FORGE_FOLDERS[kind]}/zivver-gitops-settings.md`;
}

/** All files of a pipeline: path from the root of the repository, with forward slashes → text. Pure. */
export function buildPipelineFiles(kind: ForgeKind, options: PipelineOptions): ReadonlyMap<string, string> {
  return new Map([
    ...PIPELINES[kind](options),
    ...renderOwners(kind, options),
    [checklistOf(kind), CHECKLISTS[kind](options)],
    [reviewingFileOf(kind), REVIEWING_PAGE],
  ]);
}

type Files = readonly (readonly [path: string, text: string])[];

const PIPELINES: Readonly<Record<ForgeKind, (options: PipelineOptions) => Files>> = {
  github: buildGithubWorkflows,
  gitlab: (options) => [['.gitlab-ci.yml', renderGitlabPipeline(options)]],
  forgejo: (options) => [...buildForgejoWorkflows(options)],
  azure: (options) => [...buildAzurePipelines(options)],
};

const CHECKLISTS: Readonly<Record<ForgeKind, (options: PipelineOptions) => string>> = {
  github: renderGithubChecklist,
  gitlab: renderGitlabChecklist,
  forgejo: renderForgejoChecklist,
  azure: renderAzureChecklist,
};

/** The matrix of a workflow has its limit: further organisations have further workflows. */
function buildGithubWorkflows(options: PipelineOptions): Files {
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

/** Everything that decides what happens has an owner: limits, plans, the pipeline, and the version of the tool. */
function renderOwners(kind: ForgeKind, { owners }: PipelineOptions): Files {
  // Azure DevOps has no such file: its branch policy names reviewers by path.
  if (kind === 'azure') return [];
  const pipeline = kind === 'gitlab' ? '/.gitlab-ci.yml' : `/${FORGE_FOLDERS[kind]}/`;
  const tool = ['/vendor/', '/package.json', '/package-lock.json', '/.npmrc', '/.gitattributes'];
  const paths = ['/desired/', '/plans/', pipeline, ...tool];
  // Forgejo reads them as regular expressions of whole paths.
  const patterns = kind === 'forgejo' ? paths.map(patternOf) : paths;
  const text = `${renderHead('Who must approve what.')}${patterns.map((path) => `${path} ${owners.join(' ')}\n`).join('')}`;
  return [[`${FORGE_FOLDERS[kind]}/CODEOWNERS`, text]];
}

function patternOf(path: string): string {
  const pattern = path.slice(1).replaceAll('.', '\\.');
  return pattern.endsWith('/') ? `${pattern}.*` : pattern;
}
