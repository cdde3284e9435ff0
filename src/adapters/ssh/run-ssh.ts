import { spawn } from 'node:child_process';

export interface SshRun {
  readonly stdout: string;
  readonly stderr: string;
  /** Null: not found, or it did not come to its own end. */
  readonly exitCode: number | null;
}

export interface SshInput {
  readonly input?: string;
  /** Gets what the program tells the person, such as to touch the key. It asks for a passphrase itself, at the terminal. */
  readonly tell?: (text: string) => void;
}

/** Runs a program of OpenSSH without our secrets in its surroundings. Failing is an answer, so this never throws. */
export function runSsh(
  program: 'ssh-keygen' | 'ssh-add',
  args: readonly string[],
  { input, tell }: SshInput = {},
): Promise<SshRun> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { stdio: 'pipe', windowsHide: true, env: withoutSecrets(process.env) });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      tell?.(text);
    });
    child.on('error', (error) => resolve({ stdout, stderr: error.message, exitCode: null }));
    child.on('close', (exitCode) => resolve({ stdout, stderr, exitCode }));
    // Ends early if the program does; why, says its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = Object.keys(environment).filter((name) => !/^(ZIVVER_|LDAP_|GITHUB_TOKEN|GITLAB_TOKEN)/i.test(name));
  return Object.fromEntries(names.map((name) => [name, environment[name]]));
}
