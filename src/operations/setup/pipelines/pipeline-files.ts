import { checklistOf, reviewingFileOf, type ForgeKind } from '../../../model/forge/forges.ts';
import { AZURE_PIPELINES } from './azure.ts';
import { FORGEJO_PIPELINES } from './forgejo.ts';
import type { ForgePipelines } from './forge-pipelines.ts';
import { GITHUB_PIPELINES } from './github.ts';
import { GITLAB_PIPELINES } from './gitlab.ts';
import { REVIEWING_PAGE } from './reviewing-page.ts';
import type { PipelineOptions } from './yaml-parts.ts';

const PIPELINES: Readonly<Record<ForgeKind, ForgePipelines>> = {
  github: GITHUB_PIPELINES,
  gitlab: GITLAB_PIPELINES,
  forgejo: FORGEJO_PIPELINES,
  azure: AZURE_PIPELINES,
};

/** All files of a pipeline: path from the root of the repository, with forward slashes → text. Pure. */
export function buildPipelineFiles(kind: ForgeKind, options: PipelineOptions): ReadonlyMap<string, string> {
  const { files, checklist } = PIPELINES[kind];
  return new Map([...files(options), [checklistOf(kind), checklist(options)], [reviewingFileOf(kind), REVIEWING_PAGE]]);
}
