import { readFile, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import path from 'node:path';
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

  /** Several commands of git, one below the other as a shell reads them: a process of a large program is slow to start. */
  async script(text: string): Promise<string> {
    const asReviewer = AS_REVIEWER.map((word) => `'${word}'`).join(' ');
    const script = `git() { command git ${asReviewer} "$@"; }\n${text}`;
    return (await execa('sh', ['-euc', script], { cwd: this.folder, env: ENVIRONMENT })).stdout;
  }

  async commitAll(message: string): Promise<void> {
    await this.script(`git add --all\ngit commit --quiet --message ${quote(message)}`);
  }

  /** As `commitAll`, and pushed. */
  async publish(message: string): Promise<void> {
    await this.script(`git add --all\ngit commit --quiet --message ${quote(message)}\ngit push --quiet origin main`);
  }

  /** The git remote lies elsewhere now. */
  async moveRemote(from: string, to: string): Promise<void> {
    const file = path.join(this.folder, '.git/config');
    await writeFile(file, (await readFile(file, 'utf8')).replace(`url = ${from}\n`, `url = ${to}\n`));
  }

  async push(branch = 'main'): Promise<void> {
    await this.call('push', '--quiet', 'origin', branch);
  }
}

/** One word for a shell. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

const ENVIRONMENT = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
const AS_REVIEWER = ['-c', 'user.name=Rita Reviewer', '-c', 'user.email=rita@company.org', '-c', 'core.autocrlf=false'];
