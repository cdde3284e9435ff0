/** The pipelines as `init --ci` writes them for the example organisation. Rewrite them with `npx tsx test/support/write-pipeline-examples.ts`. */
import path from 'node:path';
import { FORGE_KINDS } from '../../src/model/forge/forges.ts';
import { buildPipelineFiles } from '../../src/operations/setup/pipelines/pipeline-files.ts';
import { HOURLY } from '../../src/operations/setup/pipelines/yaml-parts.ts';

export const PIPELINE_EXAMPLES: string = path.resolve(import.meta.dirname, '../../.github/docs/pipelines');

/** Path below the folder of the examples → text. Names that begin with a dot are shown without it. */
export function renderPipelineExamples(): ReadonlyMap<string, string> {
  const owners = {
    github: '@lindenhof/reviewers',
    gitlab: '@lindenhof/reviewers',
    forgejo: '@lindenhof/reviewers',
    azure: '[Accounts]\\Reviewers',
  };
  const files = FORGE_KINDS.flatMap((kind) => {
    const options = {
      organisations: ['example'],
      branch: 'main',
      runner: 'zivver-gitops',
      owners: [owners[kind]],
      schedule: HOURLY,
    };
    const built = [...buildPipelineFiles(kind, options)];
    return built.map(
      ([name, text]) =>
        [`${kind}/${name.replace(/^\.(?:github|gitlab|forgejo|azuredevops)\/|^\./, '')}`, text] as const,
    );
  });
  return new Map(files.filter(([name]) => !name.endsWith('zivver-gitops-reviewing.md')));
}
