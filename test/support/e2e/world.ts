import { appendFile, cp, mkdtemp, readdir, readFile, realpath, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { onTestFinished } from 'vitest';
import { generateFingerprintKey, type FingerprintKey } from '../../../src/adapters/secrets/fingerprint-key.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox-options.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.ts';
import { callCli, startCli, type CliResult, type Environment, type StartedCli } from './cli.ts';
import { FixtureGit, quote } from './fixture-git.ts';
import { DOMAIN, type Group, type Person } from './people.ts';
import { renderLdif } from './render-ldif.ts';
import { renderOrganisation } from './render-organisation.ts';
import { isWrite, readRequestLines } from './request-lines.ts';
import { buildStoredUsers } from './stored-users.ts';
import { worldPrefix } from './world-prefix.ts';

export const ORGANISATION = 'head-office';
export const API_KEY = 'e2e.KeyOfTheSandbox-4f19c7';

type SandboxSettings = Partial<SandboxOptions>;

interface WorldParts {
  readonly folder: string;
  readonly identity: string;
  readonly fingerprintKey: FingerprintKey | null;
  readonly port: number;
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
}

export interface WorldOptions {
  readonly people: readonly Person[];
  readonly groups?: readonly Group[];
  /** They have their account in Zivver already, just as the directory wants it. */
  readonly inZivver?: readonly Person[];
  /** Keeps mobile numbers out of git. */
  readonly sealsMobile?: boolean;
  /** More lines of organisation.yaml. */
  readonly settings?: string;
  readonly sandbox?: SandboxSettings;
}

/** Settled worlds of this process, each by what it was made of; removed with the last of all worlds. */
const templates = new Map<string, World>();
const lent = new Set<string>();

/** A directory, a Zivver, and a git repository with a git remote: everything the program meets, on this machine. */
export class World {
  readonly folder: string;
  readonly git: FixtureGit;
  readonly identity: string;
  readonly fingerprintKey: FingerprintKey | null;
  people: readonly Person[];
  groups: readonly Group[];
  readonly #port: number;
  #sandbox: Sandbox | undefined;
  #latestFork: World | undefined;
  #giveBack: (() => void) | undefined;

  private constructor(parts: WorldParts) {
    this.folder = parts.folder;
    this.git = new FixtureGit(path.join(parts.folder, 'repository'));
    this.identity = parts.identity;
    this.fingerprintKey = parts.fingerprintKey;
    this.people = parts.people;
    this.groups = parts.groups;
    this.#port = parts.port;
  }

  /** Ready for the first plan: `init` is done and merged. Close it when it is not needed any more. */
  static async create(options: WorldOptions): Promise<World> {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), worldPrefix(process.ppid))));
    await writeFile(path.join(folder, 'users.json'), buildStoredUsers(options.inZivver ?? []));
    const sandbox = await startSandbox({
      ...sandboxSettings(folder),
      port: 0,
      importUsers: path.join(folder, 'users.json'),
      ...options.sandbox,
    });
    const identity = await generateX25519Identity();
    const fingerprintKey = options.sealsMobile === true ? generateFingerprintKey() : null;
    const { people, groups = [] } = options;
    const world = new World({ folder, identity, fingerprintKey, port: sandbox.port, people, groups });
    world.#sandbox = sandbox;
    await world.#startRepository(await identityToRecipient(identity), options.settings ?? '');
    return world;
  }

  /** As `create`, with everybody managed: a first plan was merged and applied. Files that ask for the same share the work. */
  static async createSettled(options: Omit<WorldOptions, 'inZivver'>): Promise<World> {
    const wanted = JSON.stringify(options);
    // All copies of one have the same port, so that only one at a time can be lent.
    if (options.sandbox !== undefined || lent.has(wanted)) return World.#settle(options);
    lent.add(wanted);
    const template = templates.get(wanted) ?? (await World.#settle(options));
    templates.set(wanted, template);
    const world = await template.copy();
    world.#giveBack = () => lent.delete(wanted);
    return world;
  }

  static async #settle(options: Omit<WorldOptions, 'inZivver'>): Promise<World> {
    const world = await World.create({ ...options, inZivver: options.people });
    await world.planAndMerge('--bootstrap');
    await expectDone(world.apply());
    return world;
  }

  /** `copy`, closed when the test ends. */
  async fork(sandbox: SandboxSettings = {}): Promise<World> {
    const world = await this.copy(sandbox);
    onTestFinished(() => world.close());
    return world;
  }

  /** A full copy to be closed; this world rests from now on. All copies use the same port, one after the other. */
  async copy(sandbox: SandboxSettings = {}): Promise<World> {
    await this.stopSandbox();
    await this.#latestFork?.stopSandbox();
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), worldPrefix(process.ppid))));
    await cp(this.folder, folder, { recursive: true });
    await rm(path.join(folder, 'requests.jsonl'), { force: true });
    const { identity, fingerprintKey, people, groups } = this;
    const world = new World({ folder, identity, fingerprintKey, port: this.#port, people, groups });
    this.#latestFork = world;
    await world.git.moveRemote(this.gitRemote, world.gitRemote);
    await world.startSandbox(sandbox);
    return world;
  }

  async close(): Promise<void> {
    await this.stopSandbox();
    this.#giveBack?.();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  get repository(): string {
    return this.git.folder;
  }

  get gitRemote(): string {
    return path.join(this.folder, 'remote.git');
  }

  get sandbox(): Sandbox {
    if (this.#sandbox === undefined) throw new Error('the sandbox is not running');
    return this.#sandbox;
  }

  /** Zivver again, with everything it held, and with other faults, latency or limits. */
  async startSandbox(settings: SandboxSettings = {}): Promise<void> {
    await this.stopSandbox();
    this.#sandbox = await startSandbox({ ...sandboxSettings(this.folder), port: this.#port, ...settings });
  }

  async stopSandbox(): Promise<void> {
    await this.#sandbox?.close();
    this.#sandbox = undefined;
  }

  /** Lines of the request log, since the world was made or forked. */
  requests() {
    return readRequestLines(path.join(this.folder, 'requests.jsonl'));
  }

  writes() {
    return this.requests().filter(isWrite);
  }

  plan(...args: string[]): Promise<CliResult> {
    return this.call(['plan', ...args], this.planSecrets());
  }

  apply(...args: string[]): Promise<CliResult> {
    return this.call(['apply', ...args], this.#applySecrets());
  }

  startApply(...args: string[]): StartedCli {
    return startCli(this.repository, ['apply', ...args], this.#applySecrets());
  }

  call(args: readonly string[], environment: Environment): Promise<CliResult> {
    return callCli(this.repository, args, environment);
  }

  /** Writes who is in the directory now. */
  async writeDirectory(people: readonly Person[], groups: readonly Group[] = this.groups): Promise<void> {
    this.people = people;
    this.groups = groups;
    await writeFile(path.join(this.folder, 'directory.ldif'), renderLdif(people, groups));
  }

  /** Commits what lies under desired/ and plans/ on a branch, and merges it like a pull request. */
  async merge(): Promise<void> {
    await this.git.script(`git add --all
git commit --quiet --message 'Propose a plan'
git update-ref HEAD "$(git commit-tree 'HEAD^{tree}' -p HEAD^ -p HEAD -m 'Merge the proposal')"
git push --quiet origin main`);
  }

  async planAndMerge(...args: string[]): Promise<string> {
    await expectDone(this.plan(...args));
    await this.merge();
    return this.newestPlan();
  }

  /** Name of the newest plan folder. */
  async newestPlan(): Promise<string> {
    const names = await readdir(path.join(this.repository, 'plans', ORGANISATION));
    const newest = names.sort().at(-1);
    if (newest === undefined) throw new Error('there is no plan');
    return newest;
  }

  read(file: string): Promise<string> {
    return readFile(path.join(this.repository, file), 'utf8');
  }

  /** Changes one file of the repository. */
  async edit(file: string, change: (text: string) => string): Promise<void> {
    const text = await this.read(file);
    const changed = change(text);
    if (changed === text) throw new Error(`the edit of ${file} changes nothing`);
    await writeFile(path.join(this.repository, file), changed);
  }

  /** Changes organisation.yaml as people do: in the branch. */
  async configure(change: (text: string) => string): Promise<void> {
    await this.edit(`desired/${ORGANISATION}/organisation.yaml`, change);
    await this.git.publish('Change the configuration');
  }

  /** Somebody works in Zivver by hand. */
  async callZivver(method: string, pathBelowBase: string, body: object): Promise<void> {
    const response = await fetch(`${this.sandbox.url}${pathBelowBase}`, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }

  planSecrets(): Environment {
    return { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_FINGERPRINT_KEY: this.fingerprintKey?.text };
  }

  #applySecrets(): Environment {
    return { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: this.identity };
  }

  async #startRepository(recipient: string, settings: string): Promise<void> {
    await mkdir(path.join(this.repository, 'desired', ORGANISATION), { recursive: true });
    await mkdir(this.gitRemote);
    await this.git.script(`git init --quiet --bare --template= --initial-branch main ${quote(this.gitRemote)}
git init --quiet --template= --initial-branch main
git remote add origin ${quote(this.gitRemote)}`);
    for (const config of [path.join(this.repository, '.git/config'), path.join(this.gitRemote, 'config')])
      await appendFile(config, SHORT_LIVED);
    const sealing = this.fingerprintKey && `seal: [ssoKey, mobile], fingerprintKey: "${this.fingerprintKey.id}"`;
    const secrets = [`recipients: [${recipient}]`, ...(sealing === null ? [] : [sealing])].join(', ');
    const organisation = renderOrganisation({ url: this.sandbox.url, secrets, settings });
    await writeFile(path.join(this.repository, 'desired', ORGANISATION, 'organisation.yaml'), organisation);
    await this.writeDirectory(this.people, this.groups);
    await expectDone(this.call(['init', ORGANISATION], {}));
    await this.git.publish('Start');
  }
}

/** Nothing is tidied up in repositories that live for a minute, nor must they outlive a power cut. */
const SHORT_LIVED =
  '[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[core]\n\tfsync = none\n[receive]\n\tautoGC = false\n';

function sandboxSettings(folder: string) {
  return {
    token: API_KEY,
    domains: [DOMAIN],
    rateLimit: null,
    stateFile: path.join(folder, 'zivver.jsonl'),
    requestLog: path.join(folder, 'requests.jsonl'),
  };
}

/** For steps that only lead to what a test is about. */
export async function expectDone(called: Promise<CliResult>): Promise<CliResult> {
  const result = await called;
  if (result.exitCode === 0) return result;
  throw new Error(`exit ${result.exitCode}\n${result.stderr}${result.stdout}`);
}
