/** Runs the steps of a generated workflow with bash, as GitHub's runner would: checkouts, expressions, outputs, exit codes. */
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';

export interface WorkflowRun {
  /** Text of the workflow. */
  readonly workflow: string;
  /** By its id; without one, the only one. */
  readonly job?: string;
  /** Value of every name in an expression, such as `secrets.LDAP_PASSWORD`; an unknown one is an error. */
  readonly names: Readonly<Record<string, string>>;
  /** What a runner has in every step. */
  readonly environment: Readonly<Record<string, string>>;
  /** An empty folder. */
  readonly folder: string;
  /** Called for each `actions/checkout`, with what it asks for and where it goes. */
  readonly checkOut: (options: Readonly<Record<string, string>>, target: string) => Promise<void>;
}

export interface StepResult {
  readonly name: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly exitCode: number;
  /** stdout and stderr. */
  readonly output: string;
}

export interface RunResult {
  readonly workspace: string;
  readonly summary: string;
  readonly steps: readonly StepResult[];
  /** The step with this name or this script. */
  step(name: string): StepResult;
}

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
  readonly 'continue-on-error'?: boolean;
}

interface Job {
  readonly if?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly defaults: { readonly run: { readonly 'working-directory'?: string } };
  readonly steps: readonly Step[];
}

/** Folder for PATH with `npm` and `npx` that install and call the built tool of this repository. */
export async function makeTools(folder: string, root: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const install = `mkdir -p node_modules && ln -sfn '${root}' node_modules/zivver-gitops`;
  const npm = `#!/bin/bash\ntest "$*" = 'ci --ignore-scripts' || exit 99\n${install}\n`;
  const npx = [
    '#!/bin/bash',
    'test "$1 $2" = "--no-install zivver-gitops" || exit 99',
    'shift 2',
    'test -d node_modules/zivver-gitops || exit 98',
    'exec node node_modules/zivver-gitops/dist/cli.js "$@"',
    '',
  ].join('\n');
  await writeFile(path.join(folder, 'npm'), npm, { mode: 0o755 });
  await writeFile(path.join(folder, 'npx'), npx, { mode: 0o755 });
  await symlink(process.execPath, path.join(folder, 'node'));
}

export async function runWorkflow(run: WorkflowRun): Promise<RunResult> {
  const workspace = path.join(await mkdtemp(path.join(run.folder, 'run-')), 'workspace');
  await mkdir(workspace);
  const files = { output: `${workspace}.output`, summary: `${workspace}.summary`, temp: path.dirname(workspace) };
  const { jobs } = parse(run.workflow) as { jobs: Record<string, Job> };
  const job = run.job === undefined ? Object.values(jobs)[0] : jobs[run.job];
  if (job === undefined) throw new Error(`the workflow has no job ${run.job ?? ''}`);
  const names: Record<string, string> = { ...run.names, 'github.workspace': workspace };
  const results: StepResult[] = [];
  await writeFile(files.summary, '');
  const isWanted = job.if === undefined || evaluate(job.if, names) !== '';
  for (const step of isWanted ? job.steps : []) {
    const hasFailed = results.some(({ outcome }) => outcome === 'failure');
    const result = await runStep(step, { run, job, names, workspace, files, hasFailed });
    results.push(result);
  }
  const find = (name: string): StepResult => {
    const found = results.find((result) => result.name === name);
    if (found === undefined) throw new Error(`there is no step ${name}`);
    return found;
  };
  return { workspace, summary: await readFile(files.summary, 'utf8'), steps: results, step: find };
}

interface StepContext {
  readonly run: WorkflowRun;
  readonly job: Job;
  readonly names: Record<string, string>;
  readonly workspace: string;
  readonly files: { readonly output: string; readonly summary: string; readonly temp: string };
  readonly hasFailed: boolean;
}

async function runStep(step: Step, context: StepContext): Promise<StepResult> {
  const { run, job, names, workspace, files, hasFailed } = context;
  const name = step.name ?? step.run ?? step.uses ?? '';
  const condition = step.if ?? '';
  const isWanted = condition.includes('always()') || !hasFailed;
  if (!isWanted || (condition !== '' && evaluate(condition, names) === ''))
    return { name, outcome: 'skipped', exitCode: 0, output: '' };
  if (/(?:^|\/)actions\/checkout@/.test(step.uses ?? '')) {
    const options = Object.fromEntries(
      Object.entries(step.with ?? {}).map(([key, value]) => [key, fill(value, names)]),
    );
    await run.checkOut(options, path.join(workspace, options['path'] ?? ''));
  }
  if (step.run === undefined) return { name, outcome: 'success', exitCode: 0, output: '' };
  await writeFile(files.output, '');
  const folder = step['working-directory'] ?? job.defaults.run['working-directory'] ?? '';
  const env = Object.entries({ ...job.env, ...step.env }).map(([key, value]) => [key, fill(value, names)]);
  const result = await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd: path.join(workspace, folder),
    reject: false,
    all: true,
    extendEnv: false,
    env: {
      ...run.environment,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      RUNNER_TEMP: files.temp,
      ...(Object.fromEntries(env) as Record<string, string>),
    },
  });
  for (const line of (await readFile(files.output, 'utf8')).split('\n')) {
    const [key = '', value = ''] = line.split('=');
    if (key !== '') names[`steps.${step.id}.outputs.${key}`] = value;
  }
  const exitCode = result.exitCode ?? 1;
  const isFine = exitCode === 0 || step['continue-on-error'] === true;
  return { name, outcome: isFine ? 'success' : 'failure', exitCode, output: result.all ?? '' };
}

/** Replaces every `${{ … }}`. */
function fill(value: string | number | boolean, names: Readonly<Record<string, string>>): string {
  return String(value).replace(/\$\{\{ (.*?) }}/g, (_whole, expression: string) => evaluate(expression, names));
}

/** `||`, `&&`, `==`, `!=`, texts and names; false is the empty text. */
function evaluate(expression: string, names: Readonly<Record<string, string>>): string {
  for (const operand of expression.split(' || ')) {
    const parts = operand.split(' && ').map((part) => evaluateComparison(part, names));
    const value = parts.includes('') ? '' : (parts.at(-1) ?? '');
    if (value !== '') return value;
  }
  return '';
}

function evaluateComparison(text: string, names: Readonly<Record<string, string>>): string {
  const [left = '', operator, right = ''] = text.split(/ (==|!=) /);
  if (operator === undefined) return valueOf(left, names);
  const isEqual = valueOf(left, names) === valueOf(right, names);
  return isEqual === (operator === '==') ? 'true' : '';
}

function valueOf(name: string, names: Readonly<Record<string, string>>): string {
  if (name === 'always()') return 'true';
  const [, text] = /^'(.*)'$/.exec(name) ?? [];
  const value = text ?? names[name] ?? (name.startsWith('steps.') ? '' : undefined);
  if (value === undefined) throw new Error(`the workflow names ${name}, which no runner of this test knows`);
  return value;
}
