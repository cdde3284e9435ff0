import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { endWithParent } from './end-with-parent.ts';
import { buildGitEnvironment, GIT_SETTINGS } from './git-surroundings.ts';

export interface GitRun {
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Null: git was not found, or did not come to its own end. */
  readonly exitCode: number | null;
}

export interface GitInput {
  /** For its stdin. */
  readonly input?: string | Uint8Array;
  /** Beside those that `buildGitEnvironment` lets through. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Far above any listing; a list of blobs holds a whole organisation. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Runs git without its surroundings: it speaks English, never asks for a password, and does not outlive this program. Failing
 * is an answer, so this never throws. By Node alone: execa, which the demo runs commands with, takes four times as long to load
 * as git takes to answer, and every command begins with git (`verify` would start in 3.3 × `node -e 0` instead of 2.9 ×).
 */
export function runGit(cwd: string, args: readonly string[], { input, env }: GitInput = {}): Promise<GitRun> {
  return new Promise((resolve) => {
    const options = {
      cwd,
      encoding: 'buffer',
      maxBuffer: MOST_BYTES,
      windowsHide: true,
      env: buildGitEnvironment(process.env, env),
    } as const;
    const child = execFile('git', [...GIT_SETTINGS, ...args], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ stdout, stderr: stderr.toString('utf8'), exitCode });
    });
    endWithParent(child);
    // Ends early if git does; why, says its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** As `runGit`, for a git that answers for as long as it is asked. */
export function startGit(cwd: string, args: readonly string[]): ChildProcess {
  const child = spawn('git', [...GIT_SETTINGS, ...args], {
    cwd,
    stdio: 'pipe',
    windowsHide: true,
    env: buildGitEnvironment(process.env),
  });
  endWithParent(child);
  return child;
}
