/** The report of the example organisation, as if its plan had been merged and applied on Monday morning. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseLedger } from '../../../src/adapters/git/ledger.ts';
import { parseConfiguration } from '../../../src/model/configuration/configuration.ts';
import { parseDesiredAccount } from '../../../src/model/desired/yaml.ts';
import { digestOfLine, formatRecord } from '../../../src/model/ledger/chain.ts';
import type { LedgerRecord } from '../../../src/model/schema/generated/ledger.ts';
import type { PlanFile } from '../../../src/model/schema/generated/plan.ts';
import { parsePlanFile } from '../../../src/model/plan/plan-file.ts';
import { planName } from '../../../src/model/plan/plan-name.ts';
import { listTakings } from '../../../src/model/change/takings.ts';
import { accountsAfter } from '../../../src/operations/audit/account-at.ts';
import { listPlanEvents, listPlanRecords } from '../../../src/operations/audit/plan-events.ts';
import { buildReport } from '../../../src/operations/audit/report/build-report.ts';
import type { ReportFacts } from '../../../src/operations/audit/report/report-facts.ts';
import { renderReportHtml } from '../../../src/operations/audit/report/render-report-html.ts';
import { formatPlanFile } from '../format-plan-file.ts';
import { BEFORE, ORGANISATION, ROOT } from './example-paths.ts';

export const SAMPLE_REPORT = '.github/docs/sample-report.html';

const COMMIT = '5c1e2f7a90b84d36a1f0c9e8d7b6a5948372615f';
/** When the first and the second plan were applied. */
const APPLIED_AT = [Date.parse('2026-11-13T14:20:00.000Z'), Date.parse('2026-11-16T10:05:00.000Z')] as const;

export async function renderSampleReport(): Promise<string> {
  return renderReportHtml(buildReport(await buildSampleFacts()));
}

export async function buildSampleFacts(): Promise<ReportFacts> {
  const read = async (...names: string[]): Promise<string> => readFile(path.join(ROOT, ...names), 'utf8');
  const desired = path.join('desired', ORGANISATION);
  const settings = await read(desired, 'organisation.yaml');
  const first = parsePlanFile(await read(BEFORE, 'plan-before.json'), 'plan-before.json');
  const plan = await readOnlyPlan(read);
  const ledger = await readLedgerAfter(read, first, plan);
  const archive = new Map(
    [first, plan].map((one) => {
      const name = planName(one);
      return [name, { name, text: formatPlanFile(one), origin: 'branch' as const }];
    }),
  );
  const records = listPlanRecords(archive, ledger);
  const { protected: named } = parseConfiguration(settings, ORGANISATION, '');
  const to = new Date('2026-11-30T23:59:59.999Z');
  const done = new Set<string>(plan.body.changes.map(({ id }) => id));
  const accounts = accountsAfter(await readDesired(read), plan, done);
  return {
    organisation: ORGANISATION,
    from: new Date('2026-11-01T00:00:00.000Z'),
    to,
    records,
    events: records.flatMap(listPlanEvents),
    access: { at: to.toISOString(), plan: planName(plan), commit: COMMIT, record: ledger.head, accounts },
    owners: [
      {
        account: 'complaints@lindenhof.example',
        owner: 'Vera Jacobs <v.jacobs@lindenhof.example>',
        reason: 'complaints of patients and family, in confidence',
        reviewBy: '2027-05-01',
      },
      {
        account: 'night.shift@lindenhof.example',
        owner: 'Pieter Vos <p.vos@lindenhof.example>',
        reason: 'hand-over between the wards at night',
        reviewBy: '2026-10-01',
      },
    ],
    protected: named,
    certifications: [],
    findings: [],
    holds: [],
  };
}

type Read = (...names: string[]) => Promise<string>;

async function readOnlyPlan(read: Read): Promise<PlanFile> {
  const [name = ''] = await readdir(path.join(ROOT, 'plans', ORGANISATION));
  return parsePlanFile(await read('plans', ORGANISATION, name, 'plan.json'), name);
}

async function readDesired(read: Read) {
  const folders = ['users', 'functional'].map((folder) => path.join('desired', ORGANISATION, folder));
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(path.join(ROOT, folder))).map((file) => path.join(folder, file))),
  );
  return Promise.all(files.flat().map(async (file) => parseDesiredAccount(await read(file), file)));
}

/** Of two applies in which all went well. Of the first one the fixtures have no more than begin and end. */
async function readLedgerAfter(read: Read, first: PlanFile, plan: PlanFile) {
  const genesis = await read(BEFORE, 'ledger', 'genesis.json');
  const before = renderApply(first, genesis, APPLIED_AT[0]);
  const files = new Map([
    ['genesis.json', genesis],
    [`${planName(first)}.jsonl`, before],
    [`${planName(plan)}.jsonl`, renderApply(plan, before, APPLIED_AT[1])],
  ]);
  return parseLedger(files, ORGANISATION);
}

function renderApply(plan: PlanFile, before: string, beganAt: number): string {
  const { changes, sequence, existing } = plan.body;
  const at = (second: number): string => new Date(beganAt + second * 1000).toISOString();
  const loose: object[] = [
    {
      type: 'begin',
      at: at(0),
      plan: plan.digest,
      sequence,
      changes: changes.length,
      existing: { ...existing },
      takes: listTakings(changes),
      holder: { host: 'ci', processId: 1, bootId: null, pidNamespace: null, processStart: null, runUrl: null },
      approval: {
        branch: 'main',
        gitRemote: 'origin',
        commit: COMMIT,
        planCommit: COMMIT,
        planAuthor: 'zivver-gitops <planner@lindenhof.example>',
        mergedBy: 'Vera Jacobs <v.jacobs@lindenhof.example>',
        mergedAt: at(-240),
        distinctPeople: sequence > 1,
        reviews: null,
        signatures: null,
      },
    },
    ...changes.flatMap(({ id, address, zivverId }, place) => [
      { type: 'started', at: at(place), change: id },
      {
        type: 'finished',
        at: at(place + 1),
        change: id,
        address,
        status: 'applied',
        zivverId,
        detail: null,
        cure: null,
      },
    ]),
    {
      type: 'end',
      at: at(changes.length + 1),
      verdict: 'complete',
      totals: { applied: changes.length },
      unconfirmed: [],
    },
  ];
  let previous = digestOfLine(before.trimEnd().split('\n').at(-1) ?? '');
  return loose
    .map((record) => {
      const line = formatRecord({ ...record, previous } as LedgerRecord);
      previous = digestOfLine(line);
      return `${line}\n`;
    })
    .join('');
}
