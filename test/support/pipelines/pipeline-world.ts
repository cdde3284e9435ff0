import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.ts';
import type { ForgeKind } from '../../../src/model/forge/forges.ts';
import { makeTools } from './workflow-runner.ts';
import { useLdif, writePeople } from './workflow-world.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Around the generated pipelines of a forge: a git remote, a clone in which `init` is merged, a sandbox, a directory of three. */
export class PipelineWorld {
  readonly folder: string;
  readonly remote: string;
  readonly clone: string;
  /** The directory, as LDIF. */
  readonly people: string;
  /** Private part of the key for plans. */
  readonly identity: string;
  #sandbox: Sandbox | undefined;

  /** Empty until `start`. */
  constructor(name: string) {
    this.folder = mkdtempSync(path.join(os.tmpdir(), `${name}-`));
    this.remote = path.join(this.folder, 'remote.git');
    this.clone = path.join(this.folder, 'clone');
    this.people = path.join(this.folder, 'people.ldif');
    this.identity = path.join(this.folder, 'identity');
  }

  get sandbox(): Sandbox {
    if (this.#sandbox === undefined) throw new Error('the world has not been started');
    return this.#sandbox;
  }

  async start(ci: ForgeKind): Promise<void> {
    this.#sandbox = await startSandbox({ port: 0, token: 'sandbox-token', domains: ['hospital.example'] });
    await makeTools(path.join(this.folder, 'bin'), ROOT);
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', this.remote]);
    execFileSync('git', ['clone', '-q', this.remote, this.clone], { stdio: 'ignore' });
    this.git('checkout', '-q', '-B', 'main');
    this.git('config', 'user.name', 'Reviewer');
    this.git('config', 'user.email', 'reviewer@hospital.example');
    const init = ['init', 'city-hospital', '--domains', 'hospital.example', '--url', this.sandbox.url, '--ci', ci];
    const keys = ['--identity-file', this.identity, '--owners', '@city/reviewers'];
    execFileSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...init, ...keys], { cwd: this.clone });
    useLdif(this.clone, this.people);
    writeFileSync(path.join(this.clone, '.gitignore'), 'node_modules\n');
    this.git('add', '-A');
    this.git('commit', '-qm', 'start');
    this.git('push', '-q', 'origin', 'main');
    writePeople(this.people, ['anna', 'bram', 'celine']);
  }

  /** Of every job: the program is called as the pipelines call it. */
  get environment(): { readonly PATH: string; readonly HOME: string } {
    return { PATH: `${path.join(this.folder, 'bin')}:${process.env['PATH']}`, HOME: this.folder };
  }

  /** In the clone. */
  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.clone, encoding: 'utf8' }).trim();
  }

  /** In the remote. */
  readonly tipOf = (branch: string): string =>
    execFileSync('git', ['rev-parse', branch], { cwd: this.remote, encoding: 'utf8' }).trim();

  async close(): Promise<void> {
    await this.#sandbox?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
