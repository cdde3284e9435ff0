import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { execa } from 'execa';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.ts';
import { callCli } from '../e2e/cli.ts';
import type { PlanFile } from '../../../src/model/schema/generated/plan.ts';

const TOKEN = 'day-two.KeyOfTheSandbox';
const STAFF = 'OU=Staff,DC=office,DC=example';
const GIT = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
const REVIEWER = ['-c', 'user.name=Rita Reviewer', '-c', 'user.email=rita@office.example', '-c', 'core.autocrlf=false'];

export const ORGANISATION = 'office';

/** Somebody in the directory; the address is `<login>@office.example`. */
export interface Clerk {
  /** Stays through renames. */
  readonly seed: string;
  readonly name: string;
  readonly login: string;
  readonly aliases?: readonly string[];
  readonly mobile?: string;
  readonly disabled?: boolean;
}

export interface Group {
  readonly name: string;
  /** Seeds. */
  readonly members: readonly string[];
}

export interface Answer {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** An LDIF directory, a sandbox and a git repository with a git remote: a small organisation, day after day. */
export class Office {
  readonly folder: string;
  readonly repository: string;
  readonly gitRemote: string;
  readonly sandbox: Sandbox;
  readonly identity: string;

  private constructor(folder: string, sandbox: Sandbox, identity: string) {
    this.folder = folder;
    this.repository = path.join(folder, 'clone');
    this.gitRemote = path.join(folder, 'remote.git');
    this.sandbox = sandbox;
    this.identity = identity;
  }

  /** `init` is done and merged. */
  static async open(settings = ''): Promise<Office> {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'day-two-')));
    const sandbox = await startSandbox({ port: 0, token: TOKEN, domains: ['office.example'], rateLimit: null });
    const office = new Office(folder, sandbox, await generateX25519Identity());
    const desired = path.join(office.repository, 'desired', ORGANISATION);
    await mkdir(desired, { recursive: true });
    await mkdir(office.gitRemote);
    await execa('git', ['init', '--quiet', '--bare', '--template=', '--initial-branch', 'main'], {
      cwd: office.gitRemote,
      env: GIT,
    });
    await office.git('init', '--quiet', '--template=', '--initial-branch', 'main');
    await office.git('remote', 'add', 'origin', office.gitRemote);
    const recipient = await identityToRecipient(office.identity);
    await writeFile(path.join(desired, 'organisation.yaml'), renderOrganisation(sandbox.url, recipient, settings));
    await office.call('init', ORGANISATION);
    await office.merge('Start');
    return office;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async git(...args: string[]): Promise<string> {
    return (await execa('git', [...REVIEWER, ...args], { cwd: this.repository, env: GIT })).stdout;
  }

  /** git in the remote: what somebody with the right to push can do to it. */
  async gitInRemote(args: readonly string[], input = ''): Promise<string> {
    const { stdout } = await execa('git', [...REVIEWER, ...args], {
      cwd: this.gitRemote,
      env: GIT,
      input,
      stripFinalNewline: false,
    });
    return stdout;
  }

  /** The built program, with all secrets but the age identity. */
  call(...args: string[]): Promise<Answer> {
    return this.callWith({ ZIVVER_API_KEY: TOKEN }, ...args);
  }

  async callWith(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<Answer> {
    return callCli(this.repository, args, environment);
  }

  apply(): Promise<Answer> {
    return this.callWith({ ZIVVER_API_KEY: TOKEN, ZIVVER_GITOPS_IDENTITY: this.identity }, 'apply');
  }

  invert(name: string, ...args: string[]): Promise<Answer> {
    return this.callWith({ ZIVVER_API_KEY: TOKEN, ZIVVER_GITOPS_IDENTITY: this.identity }, 'invert', name, ...args);
  }

  async merge(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', message);
    await this.git('push', '--quiet', 'origin', 'HEAD:main');
  }

  /** Changes one file of the repository. */
  async edit(file: string, change: (text: string) => string): Promise<void> {
    const whole = path.join(this.repository, file);
    await writeFile(whole, change(await readFile(whole, 'utf8')));
  }

  async writeDirectory(clerks: readonly Clerk[], groups: readonly Group[] = []): Promise<void> {
    await writeFile(path.join(this.folder, 'directory.ldif'), renderLdif(clerks, groups));
  }

  /** The directory is so, and a plan of it is merged and applied. Returns the plan's name. */
  async reconcile(clerks: readonly Clerk[], groups: readonly Group[] = [], ...args: string[]): Promise<string> {
    await this.writeDirectory(clerks, groups);
    expectDone(await this.call('plan', ...args));
    await this.merge('Plan');
    expectDone(await this.apply());
    return this.newestPlan();
  }

  async newestPlan(): Promise<string> {
    return (await readdir(path.join(this.repository, 'plans', ORGANISATION))).sort().at(-1) ?? '';
  }

  async readPlan(name: string): Promise<PlanFile> {
    const file = path.join(this.repository, 'plans', ORGANISATION, name, 'plan.json');
    return JSON.parse(await readFile(file, 'utf8')) as PlanFile;
  }

  /** What an administrator does by hand in Zivver: `null` deletes the account. */
  async meddle(address: string, body: object | null): Promise<void> {
    const account = this.sandbox.accounts().find((one) => one.address === address);
    if (account === undefined) throw new Error(`nobody is ${address}`);
    const list = account.kind === 'user' ? 'Users' : 'Groups';
    const answer = await fetch(`${this.sandbox.url}/${list}/${account.id}`, {
      method: body === null ? 'DELETE' : 'PUT',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/scim+json' },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`meddling: ${answer.status} ${await answer.text()}`);
  }

  /** Everything Zivver would tell of its accounts, sorted by address. */
  accounts(): { address: string; resource: unknown }[] {
    const all = this.sandbox
      .accounts()
      .map(({ address, resource }) => ({ address, resource: structuredClone(resource) }));
    return all.sort((a, b) => (a.address < b.address ? -1 : 1));
  }
}

/** For steps that only lead to what a test is about. */
export function expectDone({ exitCode, stderr, stdout }: Answer): void {
  if (exitCode !== 0) throw new Error(`exit ${exitCode}\n${stderr}${stdout}`);
}

function renderOrganisation(url: string, recipient: string, settings: string): string {
  return `zivver:
  url: ${url}
  claimedDomains: [office.example]
sources:
  - name: directory
    ldif: { files: [../../../directory.ldif], baseDn: "${STAFF}" }
sso: { enabled: true, keyFormat: base64 }
secrets: { recipients: [${recipient}] }
limits:
  suspend: { floor: 50 }
  unexplained: { floor: 50 }
  create: { floor: 50 }
  delete: { floor: 50 }
  sameAttribute: { floor: 50 }
  membersRemoved: { floor: 50 }
  sourceFloor: 1
${settings}`;
}

function renderLdif(clerks: readonly Clerk[], groups: readonly Group[]): string {
  const people = clerks.map(({ seed, name, login, aliases = [], mobile, disabled }) => [
    `dn: CN=${name},${STAFF}`,
    'objectClass: user',
    `objectGUID:: ${guidOf(seed)}`,
    `name: ${name}`,
    `sAMAccountName: ${login}`,
    `userAccountControl: ${disabled === true ? 514 : 512}`,
    `proxyAddresses: SMTP:${login}@office.example`,
    ...aliases.map((alias) => `proxyAddresses: smtp:${alias}@office.example`),
    ...(mobile === undefined ? [] : [`mobile: ${mobile}`]),
    ...groups
      .filter(({ members }) => members.includes(seed))
      .map((group) => `memberOf: CN=${group.name},OU=Groups,DC=office,DC=example`),
  ]);
  const lists = groups.map(({ name, members }) => [
    `dn: CN=${name},OU=Groups,DC=office,DC=example`,
    'objectClass: group',
    `objectGUID:: ${guidOf(`group ${name}`)}`,
    `name: ${name}`,
    `mail: ${name.toLowerCase()}@office.example`,
    `proxyAddresses: SMTP:${name.toLowerCase()}@office.example`,
    ...clerks.filter(({ seed }) => members.includes(seed)).map((clerk) => `member: CN=${clerk.name},${STAFF}`),
  ]);
  return [...people, ...lists].map((lines) => `${lines.join('\n')}\n\n`).join('');
}

function guidOf(seed: string): string {
  return createHash('sha256').update(`day two ${seed}`).digest().subarray(0, 16).toString('base64');
}
