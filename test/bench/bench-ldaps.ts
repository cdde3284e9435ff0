import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { openSource } from '../../src/operations/reading/open-sources.ts';
import { readSource } from '../../src/operations/reading/read-sources.ts';
import { parseConfiguration } from '../../src/model/configuration/configuration.ts';
import { mapAccounts } from '../../src/model/mapping/map-accounts.ts';
import { attributesToRead } from '../../src/model/mapping/mapped-attributes.ts';
import type { DesiredAccount } from '../../src/model/schema/generated/account.ts';
import { DEFAULT_QUERY } from '../../src/adapters/ldap/ldap-query.ts';
import { GROUP_ATTRIBUTES } from '../../src/model/directory/source.ts';
import { isAdLabAvailable, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import { describeRun } from './bench-plan.ts';
import { measure, middleOf, type Measured } from './measure.ts';
import { writeDesired, writeLists } from './population.ts';
import { CLI, commitAndPush, git, makeRepository, TOKEN, writeOrganisation } from './repository.ts';
import { seconds, type Row } from './row.ts';
import { startSandboxProcess } from './world.ts';

const EXISTING_SHARE = 0.75;
const ROUNDS = 3;
const LIMITS = 'limits: { create: { floor: 100000 }, sameAttribute: { floor: 100000 } }';

/** Reading and planning over LDAPS from the AD lab, three people in four in place, beside ldapsearch and curl for the same data. */
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
    return await planWith(lab, { people, folder, clone });
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

async function planWith(lab: AdLab, { people, folder, clone }: Place): Promise<Row[]> {
  const source = renderSource(lab);
  const { accounts } = await readLab(writeOrganisation(clone, 'http://127.0.0.1:1/api/scim/v2', source));
  const kept = keepShare(accounts);
  const server = await startSandboxProcess(writeLists(folder, kept), ['--rate-limit', 'off']);
  try {
    const draft = writeOrganisation(clone, server.url, source);
    writeDesired(path.join(clone, 'desired/bench'), kept);
    git(clone, 'config', 'gc.auto', '0');
    commitAndPush(clone, 'start');
    measure({ args: [CLI, 'init', 'bench'], cwd: clone });
    commitAndPush(clone, 'attributes');
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { readMs } = await readLab(draft);
      const floor = fetchPlainly(lab, { url: server.url, draft, folder });
      rounds.push({ readMs, ...floor, plan: makePlan(path.join(folder, `round-${round}`), folder) });
    }
    return buildRows(rounds, { people, accounts: kept.length });
  } finally {
    server.stop();
  }
}

/** All that is compared, one after the other, so that noise of the machine hits it alike. */
interface Round {
  readonly readMs: number;
  readonly searchMs: number;
  readonly listsMs: number;
  readonly plan: Measured;
}

/** In a fresh clone, as a pipeline does it: where files were deleted, new ones cost a file system many times as much. */
function makePlan(clone: string, folder: string): Measured {
  git(folder, 'clone', '-q', 'origin.git', clone);
  const plan = measure({ args: [CLI, 'plan', '--quiet'], cwd: clone, env: { ZIVVER_API_KEY: TOKEN } });
  if (plan.exitCode !== 0) throw new Error(`plan ended with ${plan.exitCode}: ${plan.stderr}`);
  return plan;
}

/** Of the round in the middle. */
function buildRows(rounds: readonly Round[], size: { people: number; accounts: number }): Row[] {
  const [reading, planning] = [middleOf(rounds, readRatio), middleOf(rounds, planRatio)];
  return [
    {
      name: `reading over LDAPS, ${size.people} people and all groups`,
      measured: seconds(reading.readMs),
      against: `${seconds(reading.searchMs)} ldapsearch`,
      ratio: readRatio(reading),
      goal: null,
    },
    {
      name: `plan over LDAPS, ${size.people} people, ${size.accounts} accounts`,
      measured: describeRun(planning.plan),
      against: `${seconds(planning.searchMs + planning.listsMs)} ldapsearch, then curl`,
      ratio: planRatio(planning),
      goal: 1.3,
    },
  ];
}

function readRatio({ readMs, searchMs }: Round): number {
  return readMs / searchMs;
}

function planRatio({ plan, searchMs, listsMs }: Round): number {
  return plan.wallMs / (searchMs + listsMs);
}

function renderSource({ url, user, baseDn, caFile }: AdLab): string {
  const ldap = { urls: [url], user, baseDn, caFile };
  return `  - name: lab\n    ldap: ${JSON.stringify(ldap)}\n${LIMITS}`;
}

async function readLab(
  organisationYaml: string,
): Promise<{ readonly readMs: number; readonly accounts: readonly DesiredAccount[] }> {
  const configuration = parseConfiguration(organisationYaml, 'bench', '/');
  const [configured] = configuration.sources;
  if (configured === undefined) throw new Error('the bench has one source');
  const now = new Date();
  const started = performance.now();
  const source = await openSource(configured, configuration);
  const read = await readSource(configured, source, { configuration, now });
  const readMs = performance.now() - started;
  await source.close();
  const mapped = mapAccounts({ configuration, now, sources: [read], managedKeys: new Set() });
  return { readMs, accounts: mapped.accounts.map(({ account }) => account) };
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

/** As a script would, everything that the plan reads: the attributes of people and of groups, then both lists. */
function fetchPlainly(
  lab: AdLab,
  { url, draft, folder }: { url: string; draft: string; folder: string },
): { readonly searchMs: number; readonly listsMs: number } {
  const [configured] = parseConfiguration(draft, 'bench', '/').sources;
  const attributes = configured === undefined ? [] : attributesToRead(configured);
  const common = ['-LLL', '-H', `ldaps://${lab.address}`, '-x', '-D', lab.user, '-w', lab.password];
  const search = (filter: string, more: readonly string[] = []): void =>
    execute('ldapsearch', [...common, '-b', lab.baseDn, '-E', 'pr=1000/noprompt', filter, ...attributes, ...more], {
      LDAPTLS_CACERT: lab.caFile,
    });
  const curl = (name: string): string[] => [
    '-sSf',
    '-H',
    `Authorization: Bearer ${TOKEN}`,
    '-o',
    path.join(folder, name),
    `${url}/${name}`,
  ];
  const started = performance.now();
  search(DEFAULT_QUERY);
  search('(objectCategory=group)', GROUP_ATTRIBUTES);
  const searched = performance.now();
  execute('curl', curl('Users'));
  execute('curl', curl('Groups'));
  return { searchMs: searched - started, listsMs: performance.now() - searched };
}

function execute(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const run = spawnSync(program, args, { env: { ...process.env, ...env }, maxBuffer: 2 ** 30 });
  if (run.status !== 0) throw new Error(`${program} ended with ${run.status}: ${run.stderr.toString('utf8')}`);
}
