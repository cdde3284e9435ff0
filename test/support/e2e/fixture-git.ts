import { devNull } from 'node:os';
import { execa } from 'execa';

/** git as the people around the program use it. */
export class FixtureGit {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async call(...args: string[]): Promise<string> {
    const { stdout } = await execa('git', [...AS_REVIEWER, ...args], { cwd: this.folder, env: ENVIRONMENT });
    return stdout;
  }

  async callWith(input: string, ...args: string[]): Promise<string> {
    const { stdout } = await execa('git', [...AS_REVIEWER, ...args], { cwd: this.folder, env: ENVIRONMENT, input });
    return stdout;
  }

  async callRaw(...args: string[]): Promise<Buffer> {
    const settings = { cwd: this.folder, env: ENVIRONMENT, encoding: 'buffer', maxBuffer: 2 ** 30 } as const;
    return Buffer.from((await execa('git', [...AS_REVIEWER, ...args], settings)).stdout);
  }

  /** Empty = clean. */
  status(): Promise<string> {
    return this.call('status', '--porcelain');
  }

  async commitAll(message: string): Promise<void> {
    await this.call('add', '--all');
    await this.call('commit', '--quiet', '--message', message);
  }

  async push(branch = 'main'): Promise<void> {
    await this.call('push', '--quiet', 'origin', branch);
  }
}

const ENVIRONMENT = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
const AS_REVIEWER = ['-c', 'user.name=Rita Reviewer', '-c', 'user.email=rita@company.org', '-c', 'core.autocrlf=false'];
