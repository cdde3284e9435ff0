import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { openSource } from '../../src/commands/open-sources.ts';
import { readSource } from '../../src/commands/read-sources.ts';
import { parseConfiguration } from '../../src/configuration.ts';
import { mapAccounts } from '../../src/mapping/map-accounts.ts';
import { attributesToRead } from '../../src/mapping/mapped-attributes.ts';
import type { DesiredAccount } from '../../src/schema/generated/account.ts';
import { DEFAULT_QUERY } from '../../src/source/ldap-query.ts';
import { isAdLabAvailable, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import { describeRun } from './bench-plan.ts';
import { measure } from './measure.ts';
import { writeDesired, writeLists } from './population.ts';
import { CLI, commitAndPush, git, makeRepository, TOKEN, writeOrganisation } from './repository.ts';
import { seconds, type Row } from './row.ts';
import { startSandboxProcess } from './world.ts';

const EXISTING_SHARE = 0.75;
const LIMITS = 'limits: { create: { floor: 100000 }, sameAttribute: { floor: 100000 } }';

/** Plan over LDAPS from the AD lab, three people in four in place, beside what ldapsearch and curl take for the same data. */
export async function benchLdaps(people: number): Promise<Row[]> {
  const obstacle = isAdLabAvailable();
  if (obstacle !== true) {
    process.stderr.write(`NOT MEASURED: the plan over LDAPS needs the AD lab: ${obstacle}\n`);
    return [];
  }
  process.stderr.write(`Loading ${people} people into the AD lab …\n`);
  const lab = await startAdLab({ people });
  const { folder, clone } = makeRepository();
  process.env['LDAP_PASSWORD'] = lab.password;
  try {
    return [await planWith(lab, { people, folder, clone })];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await lab.stop();
  }
}

interface Place {
  readonly people: number;
  readonly folder: string;
  readonly clone: string;
}

async function planWith(lab: AdLab, { people, folder, clone }: Place): Promise<Row> {
  const source = renderSource(lab);
  const accounts = keepShare(await mapLab(writeOrganisation(clone, 'http://127.0.0.1:1/api/scim/v2', source)));
  const server = await startSandboxProcess(writeLists(folder, accounts), ['--rate-limit', 'off']);
  try {
    const draft = writeOrganisation(clone, server.url, source);
    writeDesired(path.join(clone, 'desired/bench'), accounts);
    git(clone, 'config', 'gc.auto', '0');
    commitAndPush(clone, 'start');
    measure({ args: [CLI, 'init', 'bench'], cwd: clone });
    commitAndPush(clone, 'attributes');
    const floorMs = fetchPlainly(lab, { url: server.url, draft, folder });
    const plan = measure({ args: [CLI, 'plan', '--quiet'], cwd: clone, env: { ZIVVER_API_KEY: TOKEN } });
    if (plan.exitCode !== 0) throw new Error(`plan ended with ${plan.exitCode}: ${plan.stderr}`);
    return {
      name: `plan over LDAPS, ${people} people, ${accounts.length} accounts`,
      measured: describeRun(plan),
      against: `${seconds(floorMs)} ldapsearch, then curl`,
      ratio: plan.wallMs / floorMs,
      goal: 1.3,
    };
  } finally {
    server.stop();
  }
}

function renderSource({ url, user, baseDn, caFile }: AdLab): string {
  const ldap = { urls: [url], user, baseDn, caFile };
  return `  - name: lab\n    ldap: ${JSON.stringify(ldap)}\n${LIMITS}`;
}

async function mapLab(organisationYaml: string): Promise<readonly DesiredAccount[]> {
  const configuration = parseConfiguration(organisationYaml, 'bench', '/');
  const [configured] = configuration.sources;
  if (configured === undefined) throw new Error('the bench has one source');
  const source = await openSource(configured, configuration);
  const read = await readSource(configured, source);
  await source.close();
  const mapped = mapAccounts({ configuration, now: new Date(), sources: [read], managedKeys: new Set() });
  return mapped.accounts.map(({ account }) => account);
}

/** Of the users; members and delegates only among them. */
function keepShare(accounts: readonly DesiredAccount[]): DesiredAccount[] {
  const users = accounts.filter(({ kind }) => kind === 'user');
  const kept = new Set(users.slice(0, Math.round(users.length * EXISTING_SHARE)));
  const addresses = new Set([...kept].map(({ address }) => address));
  const known = (list: readonly string[] | undefined): string[] => (list ?? []).filter((one) => addresses.has(one));
  return accounts.flatMap((account): DesiredAccount[] => {
    if (account.kind === 'functional') return [{ ...account, members: known(account.members) }];
    return kept.has(account) ? [{ ...account, delegates: known(account.delegates) }] : [];
  });
}

/** One after the other, as a script would: everybody's attributes, then both lists. */
function fetchPlainly(lab: AdLab, { url, draft, folder }: { url: string; draft: string; folder: string }): number {
  const [configured] = parseConfiguration(draft, 'bench', '/').sources;
  const attributes = configured === undefined ? [] : attributesToRead(configured);
  const login = ['-x', '-D', lab.user, '-w', lab.password];
  const search = [
    '-LLL',
    '-H',
    `ldaps://${lab.address}`,
    ...login,
    '-b',
    lab.baseDn,
    '-E',
    'pr=1000/noprompt',
    DEFAULT_QUERY,
    ...attributes,
  ];
  const curl = (name: string): string[] => [
    '-sSf',
    '-H',
    `Authorization: Bearer ${TOKEN}`,
    '-o',
    path.join(folder, name),
    `${url}/${name}`,
  ];
  const started = performance.now();
  execute('ldapsearch', search, { LDAPTLS_CACERT: lab.caFile });
  execute('curl', curl('Users'));
  execute('curl', curl('Groups'));
  return performance.now() - started;
}

function execute(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const run = spawnSync(program, args, { env: { ...process.env, ...env }, maxBuffer: 2 ** 30 });
  if (run.status !== 0) throw new Error(`${program} ended with ${run.status}: ${run.stderr.toString('utf8')}`);
}
