import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Change } from '../../src/model/change/change.ts';
import { listTakings } from '../../src/model/change/takings.ts';
import { digestOfLine, formatRecord } from '../../src/model/ledger/chain.ts';
import { buildPlanFile } from '../../src/model/plan/plan-file.ts';
import { planFolder, planName } from '../../src/model/plan/plan-name.ts';
import { renderMarkdown } from '../../src/model/review/markdown.ts';
import type { GenesisRecord } from '../../src/model/schema/generated/ledger.ts';
import type { PlanBody, PlanFile } from '../../src/model/schema/generated/plan.ts';
import { chainRecords } from '../support/day-two/ledger-repository.ts';
import { formatPlanFile } from '../support/format-plan-file.ts';
import {
  buildChange,
  buildCreation,
  buildEvidence,
  buildPlan,
  buildSource,
  buildSuspension,
} from '../support/plan-builder.ts';

const ORGANISATION = 'bench';
const GENESIS = `${ORGANISATION}/genesis.json`;
const HOUR_MS = 3_600_000;
/** The windows of limits over time hold none of it. */
const AGO_MS = 10 * 24 * HOUR_MS;

/** A repository where `init` is done, and how much is to have been applied in it. */
export interface History {
  /** Folder of the git remote. */
  readonly remote: string;
  readonly target: string;
  readonly people: number;
  readonly plans: number;
  /** Of each plan. */
  readonly changes: number;
  /** Between one plan and the next. */
  readonly hours: number;
}

/** Plans on `main`, their records on `ledger` and a tag each, as if they had been applied one after the other. */
export async function writeHistory({ remote, target, people, plans, changes, hours }: History): Promise<void> {
  const first = Date.now() - AGO_MS - plans * hours * HOUR_MS;
  const importer = openImporter(remote);
  const genesis = readGenesis(remote, first);
  const { lineage } = genesis;
  await importer.commit('ledger', new Date(first), { [GENESIS]: `${formatRecord(genesis)}\n` });
  importer.tag(`zivver-gitops/${ORGANISATION}/genesis`);
  let head = digestOfLine(formatRecord(genesis));
  for (let sequence = 1; sequence <= plans; sequence += 1) {
    const at = new Date(first + sequence * hours * HOUR_MS);
    const plan = buildNext({ target, lineage, sequence, parent: head }, { people, changes }, at);
    const bringing = await importer.commit('main', at, filesOf(plan));
    const lines = chainRecords(recordsOf(plan, bringing), head);
    const file = `${ORGANISATION}/${planName(plan)}.jsonl`;
    await importer.commit('ledger', at, { [file]: `${lines[0]}\n` });
    await importer.commit('ledger', at, { [file]: `${lines.join('\n')}\n` });
    importer.tag(`zivver-gitops/${ORGANISATION}/${planName(plan)}`);
    head = digestOfLine(lines.at(-1) ?? '');
  }
  await importer.close();
}

/** As `init` wrote it, before the first plan: the branch begins anew with it. */
function readGenesis(remote: string, at: number): GenesisRecord {
  const text = execFileSync('git', ['show', `ledger:${GENESIS}`], { cwd: remote, encoding: 'utf8' });
  return { ...(JSON.parse(text) as GenesisRecord), at: new Date(at).toISOString() };
}

function buildNext(
  place: Pick<PlanBody, 'target' | 'lineage' | 'sequence' | 'parent'>,
  { people, changes: count }: Pick<History, 'people' | 'changes'>,
  at: Date,
): PlanFile {
  const createdAt = at.toISOString();
  const expiresAt = new Date(at.getTime() + 72 * HOUR_MS).toISOString();
  const since = new Date(at.getTime() - 20 * HOUR_MS).toISOString();
  const changes = Array.from({ length: count }, (_, number) =>
    buildOne(place.sequence * count + number, { people, since }),
  );
  const source = [buildSource({ name: 'export', kind: 'ldif', entries: people, previousEntries: people })];
  const approval = { branch: 'main', distinctPeople: false, reviews: null, signatures: null };
  const organisation = ORGANISATION;
  return buildPlanFile(buildPlan({ ...place, organisation, createdAt, expiresAt, source, approval, changes }).body);
}

/** One in four comes, one leaves, one is let into mail, and one moves. */
function buildOne(number: number, { people, since }: { readonly people: number; readonly since: string }): Change {
  const address = `person${number % people}@company.org`;
  switch (number % 4) {
    case 0:
      return buildCreation(`new${number}@company.org`);
    case 1:
      return buildSuspension(`old${number}@company.org`, {
        evidence: buildEvidence({
          entry: `CN=old${number},OU=Staff,DC=company,DC=org`,
          attribute: 'userAccountControl',
          value: '514',
          since: { at: since, by: 'replPropertyMetaData' },
        }),
      });
    case 2:
      return buildChange({ address, before: { delegates: [] }, after: { delegates: [`new${number}@company.org`] } });
    default:
      return buildChange({ address, before: { division: 'Before' }, after: { division: `After ${number}` } });
  }
}

function filesOf(plan: PlanFile): Files {
  const folder = planFolder(ORGANISATION, planName(plan));
  return { [`${folder}/plan.json`]: formatPlanFile(plan), [`${folder}/plan.md`]: renderMarkdown(plan) };
}

function recordsOf({ digest, body }: PlanFile, commit: string): Readonly<Record<string, unknown>>[] {
  const { createdAt: at, sequence, changes, existing } = body;
  const people = { planAuthor: 'Ann <ann@company.org>', mergedBy: 'Ben <ben@company.org>' };
  const proof = { mergedAt: at, distinctPeople: false, reviews: null, signatures: null };
  const approval = { branch: 'main', gitRemote: 'origin', commit, planCommit: commit, ...people, ...proof };
  const holder = { host: 'runner', processId: 7, bootId: null, pidNamespace: null, processStart: null, runUrl: null };
  const begin = { sequence, changes: changes.length, existing, takes: listTakings(changes), holder, approval };
  const done = { status: 'applied', detail: null, cure: null };
  return [
    { type: 'begin', at, plan: digest, ...begin },
    ...changes.flatMap(({ id: change, address, zivverId }) => [
      { type: 'started', at, change },
      { type: 'finished', at, change, address, zivverId, ...done },
    ]),
    { type: 'end', at, verdict: 'complete', totals: { applied: changes.length }, unconfirmed: [] },
  ];
}

type Files = Readonly<Record<string, string>>;

interface Importer {
  /** Adds a commit that changes these files to a branch, and tells its id. */
  commit(branch: string, at: Date, files: Files): Promise<string>;
  /** On the commit added last. */
  tag(name: string): void;
  close(): Promise<void>;
}

/** One `git fast-import` for thousands of commits. */
function openImporter(remote: string): Importer {
  const child = spawn('git', ['fast-import', '--quiet', '--force'], {
    cwd: remote,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const begun = new Set<string>();
  child.stdin.write('reset refs/heads/ledger\n\n');
  let mark = 0;
  return {
    commit: async (branch, at, files) => {
      mark += 1;
      const ref = `refs/heads/${branch}`;
      const who = `Ann <ann@company.org> ${Math.floor(at.getTime() / 1000)} +0000`;
      const changed = Object.entries(files).flatMap(([name, text]) => [`M 100644 inline ${name}`, ...dataOf(text)]);
      const from = begun.has(branch) || branch === 'ledger' ? [] : [`from ${ref}^0`];
      begun.add(branch);
      const head = [`commit ${ref}`, `mark :${mark}`, `committer ${who}`, ...dataOf('step'), ...from];
      child.stdin.write(`${[...head, ...changed, '', `get-mark :${mark}`].join('\n')}\n`);
      return String((await answers.next()).value);
    },
    tag: (name) => void child.stdin.write(`reset refs/tags/${name}\nfrom :${mark}\n\n`),
    close: async () => {
      child.stdin.end();
      const [code] = (await once(child, 'close')) as [number];
      if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
    },
  };
}

function dataOf(text: string): string[] {
  return [`data ${Buffer.byteLength(text)}`, text];
}
