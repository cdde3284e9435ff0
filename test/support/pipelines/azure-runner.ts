/** Runs the steps of a generated pipeline of Azure DevOps with bash, as its agent would: macros, conditions, logging commands. */
import { mkdir, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';

export interface AzureRun {
  /** Text of the pipeline; it has one job. */
  readonly pipeline: string;
  /** Values of `parameters.…`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What the server sets, and the variables of the group: secrets, which a step sees only if it names them. */
  readonly predefined: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** What an agent has in every step. */
  readonly environment: Readonly<Record<string, string>>;
  /** An empty folder. */
  readonly folder: string;
  /** Called for `checkout: self`. */
  readonly checkOut: (target: string) => Promise<void>;
}

interface Step {
  readonly checkout?: string;
  readonly bash?: string;
  readonly displayName?: string;
  readonly condition?: string;
  readonly env?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

interface Job {
  readonly condition?: string;
  readonly variables?: readonly { readonly name?: string; readonly value?: string }[];
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly runOnce: { readonly deploy: { readonly steps: readonly Step[] } } };
}

export interface AzureResult {
  /** Of the last step that failed; 0 if none did. */
  readonly exitCode: number;
  /** stdout and stderr of all steps. */
  readonly output: string;
  /** Names of the steps with a script that ran. */
  readonly ran: readonly string[];
  /** `$(Build.ArtifactStagingDirectory)` */
  readonly staging: string;
  readonly workspace: string;
}

export async function runAzurePipeline(run: AzureRun): Promise<AzureResult> {
  const above = await mkdtemp(path.join(run.folder, 'run-'));
  const [workspace = '', temporary = '', staging = ''] = ['s', 'tmp', 'a'].map((name) => path.join(above, name));
  for (const folder of [workspace, temporary, staging]) await mkdir(folder);
  const pipeline = parse(run.pipeline) as Job & { readonly jobs?: readonly Job[] };
  const job = pipeline.jobs?.[0] ?? pipeline;
  const written = (job.variables ?? []).flatMap(({ name, value }) => (name === undefined ? [] : [[name, value ?? '']]));
  const state: State = {
    run,
    workspace,
    variables: {
      ...run.predefined,
      'Agent.TempDirectory': temporary,
      'Build.ArtifactStagingDirectory': staging,
      ...(Object.fromEntries(written) as Record<string, string>),
    },
    exitCode: 0,
    output: [],
    ran: [],
  };
  const steps = job.strategy?.runOnce.deploy.steps ?? job.steps ?? [];
  if (holds(job.condition ?? 'always()', state)) for (const step of steps) await runStep(step, state);
  const { exitCode, output, ran } = state;
  return { exitCode, output: output.join('\n'), ran, staging, workspace };
}

interface State {
  readonly run: AzureRun;
  readonly workspace: string;
  readonly variables: Record<string, string>;
  exitCode: number;
  readonly output: string[];
  readonly ran: string[];
}

async function runStep({ checkout, bash, displayName, condition, env }: Step, state: State): Promise<void> {
  const { run, variables, workspace } = state;
  if (!holds(condition ?? 'succeeded()', state)) return;
  if (checkout !== undefined) await run.checkOut(workspace);
  if (bash === undefined) return;
  state.ran.push(displayName ?? bash);
  const result = await execa('bash', ['--noprofile', '--norc', '-c', fill(bash, state)], {
    cwd: workspace,
    reject: false,
    all: true,
    extendEnv: false,
    env: { ...run.environment, ...environmentOf(variables), ...environmentOf(ownOf(env ?? {}, state)) },
  });
  state.output.push(result.all ?? '');
  for (const [, name = '', value = ''] of result.all.matchAll(/##vso\[task\.setvariable variable=(\w+)](.*)/g))
    variables[name] = value;
  if (result.exitCode !== 0) state.exitCode = result.exitCode ?? 1;
}

/** A name in the environment has no dots and no small letters. */
function environmentOf(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name.toUpperCase().replaceAll('.', '_'), value]),
  );
}

/** `${{ if parameters.NAME }}:` lets through what stands below it. */
function ownOf(env: NonNullable<Step['env']>, state: State): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const [, parameter] = /^\$\{\{ if parameters\.(\w+) }}$/.exec(name) ?? [];
    if (typeof value !== 'object') own[name] = fill(String(value), state);
    else if (parameter === undefined) throw new Error(`no agent of this test knows ${name}`);
    else if (state.run.parameters[parameter] === 'true') Object.assign(own, value);
  }
  return own;
}

/** What no variable has the name of stays as it is. */
function fill(text: string, { run, variables }: State): string {
  const known: Readonly<Record<string, string>> = { ...variables, ...run.secrets };
  return text
    .replace(/\$\{\{ parameters\.(\w+) }}/g, (_whole, name: string) => run.parameters[name] ?? '')
    .replace(/\$\(([A-Za-z_][\w.]*)\)/g, (whole, name: string) => known[name] ?? whole);
}

const EXPRESSION = /^(\w+)\((.*)\)$/;

function holds(condition: string, state: State): boolean {
  const [, name = '', inner = ''] = EXPRESSION.exec(condition) ?? [];
  const parts = splitArguments(inner);
  if (name === 'always') return true;
  if (name === 'succeeded') return state.exitCode === 0;
  if (name === 'and') return parts.every((part) => holds(part, state));
  const [left = '', right = ''] = parts.map((part) => valueOf(part, state));
  if (name === 'eq') return left === right;
  if (name === 'ne') return left !== right;
  throw new Error(`no agent of this test knows ${condition}`);
}

function splitArguments(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter !== ',' || depth > 0) part += letter;
    else {
      parts.push(part.trim());
      part = '';
    }
  }
  return [...parts, part.trim()];
}

function valueOf(text: string, { variables }: State): string {
  const [, name] = /^variables\['([^']+)'\]$/.exec(text) ?? [];
  return name === undefined ? text.replace(/^'|'$/g, '') : (variables[name] ?? '');
}
