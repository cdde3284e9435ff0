import { execFile } from 'node:child_process';

export interface GitRun {
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Null: git was not found, or did not come to its own end. */
  readonly exitCode: number | null;
}

export interface GitInput {
  /** For its stdin. */
  readonly input?: string | Uint8Array;
  /** Beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

const ENVIRONMENT = { GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };

/** Far above any listing; a list of blobs holds a whole organisation. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Runs git, which speaks English and never asks for a password. Failing is an answer, so this never throws. It needs no
 * library, which would take longer to load than git takes to answer.
 */
export function runGit(cwd: string, args: readonly string[], { input, env }: GitInput = {}): Promise<GitRun> {
  return new Promise((resolve) => {
    const options = {
      cwd,
      encoding: 'buffer',
      maxBuffer: MOST_BYTES,
      windowsHide: true,
      env: { ...process.env, ...ENVIRONMENT, ...env },
    } as const;
    const child = execFile('git', [...args], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ stdout, stderr: stderr.toString('utf8'), exitCode });
    });
    // Ends early if git does; why, says its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
