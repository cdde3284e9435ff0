import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';
import type { AdLab } from './ad-lab/lab.ts';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');

export interface CliAnswer {
  readonly exitCode?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program in a git repository with a remote, between a lab's domain controllers and a local Zivver. */
export interface LabOffice {
  readonly repository: string;
  readonly sandbox: Sandbox;
  readonly requestLog: string;
  cli(...args: string[]): Promise<CliAnswer>;
  git(...args: string[]): Promise<string>;
  /** Replaces the source of organisation.yaml; `lines` come after the `ldap:` block. Not merged. */
  configure(source: OfficeSource): void;
  /** Commits everything and pushes it. */
  merge(message: string): Promise<void>;
  newestPlan(): PlanFile;
  close(): Promise<void>;
}

export interface OfficeSource {
  readonly urls?: readonly string[];
  readonly baseDn?: string;
  readonly lines?: string;
}

export async function startLabOffice(lab: AdLab): Promise<LabOffice> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lab-office-'));
  const repository = path.join(folder, 'clone');
  const requestLog = path.join(folder, 'requests.jsonl');
  const identity = path.join(folder, 'identity');
  const domains = ['company.org', 'company.nl'];
  const sandbox = await startSandbox({ port: 0, token: 'sandbox-token', domains, requestLog });
  const git = async (...args: string[]): Promise<string> => (await execa('git', args, { cwd: repository })).stdout;
  const cli = (...args: string[]): Promise<CliAnswer> =>
    execa(process.execPath, [CLI, ...args], {
      cwd: repository,
      reject: false,
      env: { ZIVVER_API_KEY: 'sandbox-token', LDAP_PASSWORD: lab.password, ZIVVER_GITOPS_IDENTITY_FILE: identity },
    });
  await execa('git', ['init', '-q', '--bare', '-b', 'main', path.join(folder, 'origin.git')]);
  await execa('git', ['clone', '-q', path.join(folder, 'origin.git'), repository]);
  await git('checkout', '-q', '-B', 'main');
  await git('config', 'user.name', 'Reviewer');
  await git('config', 'user.email', 'reviewer@company.org');
  const started = await cli(
    'init',
    'company',
    '--domains',
    domains.join(),
    '--url',
    sandbox.url,
    '--identity-file',
    identity,
  );
  if (started.stderr !== '') throw new Error(started.stderr);
  const file = path.join(repository, 'desired/company/organisation.yaml');
  const template = readFileSync(file, 'utf8')
    .replace('protected:', 'limits: { ambiguous: { floor: 20 }, sourceFloor: 50 }\nprotected:')
    // One person does everything here.
    .replace('distinctPeople: true', 'distinctPeople: false');
  const office: LabOffice = {
    repository,
    sandbox,
    requestLog,
    cli,
    git,
    configure: (source) => writeFileSync(file, template.replace(LDAP_BLOCK, renderSource(lab, source))),
    async merge(message) {
      await git('add', '-A');
      await git('commit', '-q', '-m', message);
      await git('push', '-q', 'origin', 'main');
    },
    newestPlan() {
      const plans = path.join(repository, 'plans/company');
      const newest = readdirSync(plans).sort().at(-1) ?? '';
      return JSON.parse(readFileSync(path.join(plans, newest, 'plan.json'), 'utf8')) as PlanFile;
    },
    async close() {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  office.configure({});
  await office.merge('start company');
  return office;
}

const LDAP_BLOCK = / {4}ldap:\n[\s\S]*?(?= {4}# query)/;

function renderSource(lab: AdLab, { urls = [lab.url], baseDn = `OU=Staff,${lab.baseDn}`, lines = '' }: OfficeSource) {
  return [
    '    ldap:',
    `      urls: [${urls.join(', ')}]`,
    `      user: ${lab.user}`,
    `      baseDn: ${baseDn}`,
    `      caFile: ${JSON.stringify(lab.caFile)}`,
    lines,
  ].join('\n');
}
