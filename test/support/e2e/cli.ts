import { devNull } from 'node:os';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { verifyResult } from '../result-schema.ts';
import { callHere } from './call-here.ts';

/** Built by `.ci/prepare.mjs`. */
export const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export type Environment = Readonly<Record<string, string | undefined>>;

export interface CliResult {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the error on stderr, null if there is none. */
  readonly code: string | null;
}

/** No configuration and no secret of the machine reaches the program. */
export const CLEAN: Environment = {
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  NO_COLOR: '1',
  GITHUB_SERVER_URL: undefined,
  CI_JOB_URL: undefined,
  ZIVVER_API_KEY: undefined,
  ZIVVER_API_KEY_FILE: undefined,
  ZIVVER_GITOPS_IDENTITY: undefined,
  ZIVVER_GITOPS_IDENTITY_FILE: undefined,
  ZIVVER_GITOPS_FINGERPRINT_KEY: undefined,
  ZIVVER_GITOPS_FINGERPRINT_KEY_FILE: undefined,
};

/** Starts the built program and gives its process. */
export function startCli(cwd: string, args: readonly string[], environment: Environment) {
  return execa(process.execPath, [CLI, ...args], { ...SETTINGS, cwd, env: { ...CLEAN, ...environment } });
}

/** Runs the built program to its end, in this process: for all that is not about the process itself. */
export async function callCli(cwd: string, args: readonly string[], environment: Environment): Promise<CliResult> {
  const result = await callHere({ program: CLI, cwd, args, environment: { ...CLEAN, ...environment } });
  if (args.includes('--json')) verifyResult(args, result.stdout);
  return { ...result, signal: undefined, code: codeIn(result.stderr) };
}

/** As `callCli`, in a process of its own: beside others, with its own streams and signals. */
export async function callCliApart(cwd: string, args: readonly string[], environment: Environment): Promise<CliResult> {
  return readResult(startCli(cwd, args, environment));
}

/** As `callCli`, on a disk that has room for so many bytes of journal or desired files. */
export function callCliOnFullDisk(
  roomBytes: number,
  cwd: string,
  args: readonly string[],
  environment: Environment,
): Promise<CliResult> {
  const NODE_OPTIONS = `--import=${new URL('full-disk.mjs', import.meta.url).href}`;
  return callCliApart(cwd, args, { ...environment, NODE_OPTIONS, ROOM_BYTES: String(roomBytes) });
}

export async function readResult(started: StartedCli): Promise<CliResult> {
  const { exitCode, signal, stdout, stderr } = await started;
  const text = String(stderr);
  return { exitCode, signal, stdout: String(stdout), stderr: text, code: codeIn(text) };
}

function codeIn(stderr: string): string | null {
  return /^error ([A-Z_]+):/m.exec(stderr)?.[1] ?? null;
}

export type StartedCli = ReturnType<typeof startCli>;

const SETTINGS = { reject: false, stripFinalNewline: false, stdin: 'ignore', timeout: 180_000 } as const;
