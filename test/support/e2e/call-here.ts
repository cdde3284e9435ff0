import type { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { CliResult, Environment } from './cli.ts';

/** Signals and streams on which the program listens for as long as it runs. */
const LISTENED: readonly { readonly emitter: EventEmitter; readonly event: string }[] = [
  ...(['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((event) => ({ emitter: process, event })),
  ...[process.stdout, process.stderr].map((emitter) => ({ emitter, event: 'error' })),
];

/** Above every number that a system gives: whoever looks for the process of a run that is over finds none. */
const FIRST_PROCESS_ID = 2 ** 22 + 1;

let runs = 0;
let latest: Promise<unknown> = Promise.resolve();

interface Called {
  readonly program: string;
  readonly cwd: string;
  readonly args: readonly string[];
  readonly environment: Environment;
}

/**
 * Runs the built program to its end in this process: the very files that a process of its own would load, with its own
 * arguments, folder, environment and output, and without the start that takes most of its time. One after the other.
 */
export function callHere(called: Called): Promise<Pick<CliResult, 'exitCode' | 'stdout' | 'stderr'>> {
  const result = latest.then(() => runHere(called));
  latest = result.catch(() => undefined);
  return result;
}

async function runHere({ program, cwd, args, environment }: Called) {
  const output = { stdout: '', stderr: '' };
  const restore = [
    replaceEnvironment(environment),
    replaceArguments([process.execPath, program, ...args]),
    replaceFolder(cwd),
    replaceProcessId(FIRST_PROCESS_ID + runs),
    captureOutput('stdout', output),
    captureOutput('stderr', output),
    ...LISTENED.map(forgetListeners),
  ];
  process.exitCode = undefined;
  runs += 1;
  try {
    // Another module for Node each time: its top level is the program. What it imports is loaded once.
    await import(/* @vite-ignore */ `${pathToFileURL(program).href}?run=${runs}`);
    return { exitCode: Number(process.exitCode ?? 0), ...output };
  } finally {
    process.exitCode = undefined;
    for (const one of restore.toReversed()) one();
  }
}

function replaceEnvironment(environment: Environment): () => void {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(environment))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  return () => {
    for (const name of Object.keys(environment))
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  };
}

function replaceArguments(args: string[]): () => void {
  const before = process.argv;
  process.argv = args;
  return () => void (process.argv = before);
}

function replaceProcessId(value: number): () => void {
  const before = process.pid;
  Object.defineProperty(process, 'pid', { value, configurable: true });
  return () => void Object.defineProperty(process, 'pid', { value: before, configurable: true });
}

function replaceFolder(folder: string): () => void {
  const before = process.cwd();
  process.chdir(folder);
  return () => process.chdir(before);
}

function captureOutput(name: 'stdout' | 'stderr', output: Record<'stdout' | 'stderr', string>): () => void {
  const stream = process[name];
  const before = stream.write;
  stream.write = (chunk: string | Uint8Array) => {
    output[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    return true;
  };
  return () => void (stream.write = before);
}

function forgetListeners({ emitter, event }: (typeof LISTENED)[number]): () => void {
  const before = new Set(emitter.listeners(event));
  return () => {
    for (const listener of emitter.listeners(event))
      if (!before.has(listener)) emitter.removeListener(event, listener as () => void);
  };
}
