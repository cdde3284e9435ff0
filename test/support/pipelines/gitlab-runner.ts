/** Runs a job of a generated .gitlab-ci.yml with bash, as GitLab's runner would: its checkout, its variables, one shell. */
import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';

export interface GitlabRun {
  /** Text of the pipeline. */
  readonly pipeline: string;
  readonly job: string;
  /** What GitLab and the project's settings put into the environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly remote: string;
  /** Commit or branch that is checked out. */
  readonly ref: string;
  /** An empty folder. */
  readonly folder: string;
  /** Folder of the project on a runner that has had it before; without one, a new runner is taken. */
  readonly project?: string;
}

export interface GitlabResult {
  readonly exitCode: number | undefined;
  /** stdout and stderr. */
  readonly output: string;
  readonly project: string;
}

interface Job {
  readonly extends?: string;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly variables?: Readonly<Record<string, unknown>>;
}

export async function runGitlabJob({
  pipeline,
  job,
  variables,
  remote,
  ref,
  folder,
  project: kept,
}: GitlabRun): Promise<GitlabResult> {
  const jobs = parse(pipeline) as Record<string, Job>;
  const own = resolveJob(jobs, job);
  const project = kept ?? path.join(await mkdtemp(path.join(folder, 'job-')), 'project');
  if (kept === undefined) execFileSync('git', ['clone', '-q', remote, project]);
  else execFileSync('git', ['clean', '-ffdxq'], { cwd: project });
  execFileSync('git', ['checkout', '-q', '--detach', ref], { cwd: project });
  const written = {
    ...valuesOf(jobs['variables'] as Job['variables']),
    ...valuesOf(own.variables),
  };
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(written)) env[name] = expand(value, variables);
  const script = [...(own.before_script ?? []), ...(own.script ?? [])].join('\n');
  const result = await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: project,
    reject: false,
    all: true,
    extendEnv: false,
    env: { ...env, CI_PROJECT_DIR: project, ...variables },
  });
  return { exitCode: result.exitCode, output: result.all ?? '', project };
}

/** What a job has of its own and of all that it extends. */
function resolveJob(jobs: Readonly<Record<string, Job>>, name: string): Job {
  const own = jobs[name];
  if (own === undefined) throw new Error(`there is no job ${name}`);
  if (own.extends === undefined) return own;
  const above = resolveJob(jobs, own.extends);
  return { ...above, ...own, variables: { ...above.variables, ...own.variables } };
}

/** A variable is a text, or a text with a description for the form. */
function valuesOf(variables: Job['variables'] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      String(typeof value === 'object' && value !== null ? (value as { value: unknown }).value : value),
    ]),
  );
}

/** `$NAME` is replaced, `$$` is a dollar. */
function expand(value: string, variables: Readonly<Record<string, string>>): string {
  return value.replace(/\$\$|\$(\w+)/g, (whole, name?: string) =>
    whole === '$$' ? '$' : (variables[name ?? ''] ?? ''),
  );
}
