import { FORGES, type ForgeKind } from '../../../model/forge/forges.ts';
import type { Files } from './forge-pipelines.ts';
import { renderHead, type PipelineOptions } from './yaml-parts.ts';

/** Everything that decides what happens has an owner: limits, plans, the pipeline, and the version of the tool. */
export function renderCodeOwners(
  kind: ForgeKind,
  { owners }: PipelineOptions,
  { pipeline = `/${FORGES[kind].folder}/`, patternOf = (path: string): string => path } = {},
): Files {
  const tool = ['/vendor/', '/package.json', '/package-lock.json', '/.npmrc', '/.gitattributes'];
  const patterns = ['/desired/', '/plans/', pipeline, ...tool].map(patternOf);
  const lines = patterns.map((pattern) => `${pattern} ${owners.join(' ')}\n`);
  return [[`${FORGES[kind].folder}/CODEOWNERS`, `${renderHead('Who must approve what.')}${lines.join('')}`]];
}
