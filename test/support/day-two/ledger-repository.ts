import { mkdtemp, rm } from 'node:fs/promises';
import { listTakings } from '../../../src/model/change/takings.ts';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { GitRepository } from '../../../src/adapters/git/repository.ts';
import { digestOfLine, formatRecord } from '../../../src/model/ledger/chain.ts';
import { formatUnsignedEnd, type SignEnd } from '../../../src/model/ledger/signed-end.ts';
import type { LedgerRecord } from '../../../src/model/schema/generated/ledger.ts';
import { buildPlanFile } from '../../../src/model/plan/plan-file.ts';
import { planName } from '../../../src/model/plan/plan-name.ts';
import type { PlanFile } from '../../../src/model/schema/generated/plan.ts';
import type { Change } from '../../../src/model/change/change.ts';
import { buildPlan, buildSuspension } from '../plan-builder.ts';
import { formatPlanFile } from '../format-plan-file.ts';

export const ORGANISATION = 'city-hospital';
const LINEAGE = '5f0e8a9c-3a9b-4c1e-9c57-0b6b2f6f3a11';
const ENVIRONMENT = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };

/** File name below the organisation → lines. */
export type LedgerFiles = ReadonlyMap<string, readonly string[]>;

/** A repository without a git remote whose ledger branch can be set to anything. Each `set` starts from nothing known before. */
export class LedgerRepository {
  readonly git: GitRepository;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.git = new GitRepository(folder);
  }

  /** Without a reflog, the state of a fresh clone. */
  static async create(): Promise<LedgerRepository> {
    const repository = new LedgerRepository(await mkdtemp(path.join(tmpdir(), 'ledger-')));
    await repository.#call(['init', '--quiet', '--initial-branch', 'main']);
    await repository.#call(['config', 'core.logAllRefUpdates', 'false']);
    return repository;
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The memory of a clone: every tip it saw. */
  async keepReflog(isKept: boolean): Promise<void> {
    await this.#call(['config', 'core.logAllRefUpdates', String(isKept)]);
    await this.#call(['reflog', 'expire', '--expire=all', '--all']);
  }

  /** The branch as these commits make it, oldest first; each holds all its files. */
  async setLedger(commits: readonly LedgerFiles[]): Promise<void> {
    const texts = commits.map(
      (files) => new Map([...files].map(([name, lines]) => [name, lines.map((line) => `${line}\n`).join('')])),
    );
    await this.setTexts(
      'ledger',
      texts.map((files) => new Map([...files].map(([name, text]) => [`${ORGANISATION}/${name}`, text]))),
    );
    await this.#setAnchors(commits);
  }

  /** As `setLedger` leaves them: a tag on what every commit ended, and nothing remembered. */
  async #setAnchors(commits: readonly LedgerFiles[]): Promise<void> {
    const stale = await this.#call(['for-each-ref', '--format=delete %(refname)', 'refs/tags/', 'refs/zivver-gitops/']);
    const ids = (await this.#call(['rev-list', '--reverse', 'refs/heads/ledger'])).split('\n');
    const anchors = new Map<string, string>();
    for (const [index, files] of commits.entries())
      for (const [name, lines] of files) {
        const isEnded = name === 'genesis.json' || (lines.at(-1) ?? '').includes('"type":"end"');
        const anchor = name.replace(/\.jsonl?$/, '');
        if (isEnded && !anchors.has(anchor)) anchors.set(anchor, ids[index] ?? '');
      }
    const updates = [...anchors].map(([name, id]) => `create refs/tags/zivver-gitops/${ORGANISATION}/${name} ${id}`);
    await this.#call(['update-ref', '--stdin'], `${stale}\n`.replace(/^\n$/, ''));
    await this.#call(['update-ref', '--stdin'], updates.map((line) => `${line}\n`).join(''));
  }

  async setTexts(branch: string, commits: readonly ReadonlyMap<string, string>[]): Promise<string> {
    await this.#call(['fast-import', '--quiet', '--force'], renderImport('refs/heads/scratch', commits));
    const commit = (await this.#call(['rev-parse', 'refs/heads/scratch'])).trim();
    await this.#call(['update-ref', `refs/heads/${branch}`, commit]);
    return commit;
  }

  async #call(args: readonly string[], input = ''): Promise<string> {
    return (await execa('git', args, { cwd: this.#folder, env: ENVIRONMENT, input })).stdout;
  }
}

/** `from nothing`: a first commit without parent, then one on top of the other. */
function renderImport(ref: string, commits: readonly ReadonlyMap<string, string>[]): string {
  const lines = [`reset ${ref}`, ''];
  commits.forEach((files, number) => {
    lines.push(
      `commit ${ref}`,
      `committer Ledger <ledger@office.example> ${1_790_000_000 + number} +0000`,
      'data 6',
      'record',
    );
    lines.push('deleteall');
    for (const [name, text] of files) lines.push(`M 100644 inline ${name}`, `data ${Buffer.byteLength(text)}`, text);
    lines.push('');
  });
  return `${lines.join('\n')}\n`;
}

/** Some plans that were applied one after the other, with their ledger. `signEnd`: of the apply job. */
export function buildAppliedPlans(
  sizes: readonly number[],
  signEnd: SignEnd | null = null,
): { plans: PlanFile[]; commits: LedgerFiles[] } {
  const genesis = formatRecord({
    type: 'genesis',
    organisation: ORGANISATION,
    target: 'https://zivver.example/api/scim/v2',
    lineage: LINEAGE,
    at: moment(0),
  });
  let head = digestOfLine(genesis);
  const plans: PlanFile[] = [];
  const commits: Map<string, readonly string[]>[] = [new Map([['genesis.json', [genesis]]])];
  sizes.forEach((size, number) => {
    const changes = Array.from({ length: size }, (_, place) => buildSuspension(`p${number}-${place}@hospital.example`));
    const createdAt = moment(number + 1);
    const body = buildPlan({ sequence: number + 1, parent: head, lineage: LINEAGE, createdAt, changes }).body;
    const plan = buildPlanFile(body);
    const lines = chainRecords(recordsOf(plan, changes), head, signEnd);
    head = digestOfLine(lines.at(-1) ?? '');
    plans.push(plan);
    const before = commits.at(-1) ?? new Map();
    commits.push(new Map([...before, [`${planName(plan)}.jsonl`, lines.slice(0, 1)]]));
    commits.push(new Map([...before, [`${planName(plan)}.jsonl`, lines]]));
  });
  return { plans, commits };
}

/** plan.json files as they lie on the branch. */
export function planFiles(plans: readonly PlanFile[]): Map<string, string> {
  return new Map(plans.map((plan) => [`plans/${ORGANISATION}/${planName(plan)}/plan.json`, formatPlanFile(plan)]));
}

type Loose = Record<string, unknown>;

/** Gives every record its place in the chain, and ends their signature. */
export function chainRecords(records: readonly Loose[], head: string, signEnd: SignEnd | null = null): string[] {
  let previous = head;
  return records.map((record) => {
    const chained = { ...record, previous } as unknown as LedgerRecord;
    const isSigned = chained.type === 'end' && signEnd !== null;
    const line = formatRecord(isSigned ? { ...chained, signature: signEnd(formatUnsignedEnd(chained)) } : chained);
    previous = digestOfLine(line);
    return line;
  });
}

function recordsOf({ digest, body }: PlanFile, changes: readonly Change[]): Loose[] {
  const at = moment(body.sequence);
  const commit = 'c0ffee'.padEnd(40, '0');
  const approval = {
    branch: 'main',
    gitRemote: null,
    commit,
    planCommit: commit,
    planAuthor: 'P',
    mergedBy: 'R',
    mergedAt: at,
    distinctPeople: false,
    reviews: null,
    signatures: null,
  };
  const existing = { ...body.existing };
  const takes = listTakings(changes);
  const holder = { host: 'runner', processId: 7, bootId: null, pidNamespace: null, processStart: null, runUrl: null };
  return [
    {
      type: 'begin',
      at,
      plan: digest,
      sequence: body.sequence,
      changes: changes.length,
      existing,
      takes,
      holder,
      approval,
    },
    ...changes.flatMap(({ id, address, zivverId }) => [
      { type: 'started', at, change: id },
      { type: 'finished', at, change: id, address, status: 'applied', zivverId, detail: null, cure: null },
    ]),
    { type: 'end', at, verdict: 'complete', totals: { applied: changes.length }, unconfirmed: [] },
  ];
}

/** Eight o’clock of a day after the first one. */
export function moment(day: number): string {
  return `2026-11-${String(day + 1).padStart(2, '0')}T08:00:00.000Z`;
}
