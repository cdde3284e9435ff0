/** The hand-made part of the example: what src/demo invents, and the week before as a first plan would have left it. */
import { identityToRecipient } from 'age-encryption';
import { digestOf } from '../../../src/model/canonical.ts';
import { listTakings } from '../../../src/model/change/takings.ts';
import { parseConfiguration } from '../../../src/model/configuration/configuration.ts';
import { renderDirectoryLdif } from '../../../src/demo/directory-ldif.ts';
import { buildFriday } from '../../../src/demo/friday.ts';
import { buildMonday } from '../../../src/demo/monday.ts';
import { renderOrganisationExample } from '../../../src/demo/organisation-file.ts';
import { buildStoredAnswers, FIRST_FUNCTIONAL, FIRST_USERS } from '../../../src/demo/population.ts';
import { digestOfLine, formatRecord } from '../../../src/model/ledger/chain.ts';
import { planName } from '../../../src/model/plan/plan-name.ts';
import type { PlanFile } from '../../../src/model/schema/generated/plan.ts';
import { ORGANISATION, type Files } from './example-paths.ts';
import { planFromStored } from './plan-from-stored.ts';
import { buildAnswersAfter } from './stored-zivver.ts';
import { formatPlanFile } from '../format-plan-file.ts';

const TARGET = 'http://127.0.0.1:8080/api/scim/v2';
const LINEAGE = 'b7a1f6c4-2d3e-4f58-9a60-1c2d3e4f5a6b';
const FRIDAY = new Date('2026-11-13T14:00:00.000Z');

/** `identityText`: the throw-away age identity of the fixtures. Every file of the result is a pure function of it. */
export async function renderInputs(identityText: string, version: string): Promise<Files> {
  const recipient = await readRecipient(identityText);
  const settings = renderOrganisationExample({ url: TARGET, recipient });
  const genesis = formatRecord({
    type: 'genesis',
    organisation: ORGANISATION,
    target: TARGET,
    lineage: LINEAGE,
    at: FRIDAY.toISOString(),
  });
  const first = await planFromStored({
    configuration: parseConfiguration(settings, ORGANISATION, '/'),
    ldif: renderDirectoryLdif(buildFriday()),
    answers: buildStoredAnswers(FIRST_USERS, FIRST_FUNCTIONAL),
    baseline: [],
    open: [],
    last: null,
    place: { lineage: LINEAGE, sequence: 1, parent: digestOfLine(genesis) },
    now: FRIDAY,
    version,
    sealed: () => null,
  });
  const answers = buildAnswersAfter(first.files);
  return new Map([
    ['desired/example/organisation.yaml', settings],
    ['desired/example/active-directory.ldif', renderDirectoryLdif(buildMonday())],
    ['test/fixtures/example/zivver-users.json', `${JSON.stringify(answers.users, null, 1)}\n`],
    ['test/fixtures/example/zivver-groups.json', `${JSON.stringify(answers.groups, null, 1)}\n`],
    ['test/fixtures/example/ledger/genesis.json', `${genesis}\n`],
    [`test/fixtures/example/ledger/${planName(first.plan)}.jsonl`, renderLedger(first.plan, genesis)],
    ['test/fixtures/example/plan-before.json', formatPlanFile(first.plan)],
    ...[...first.files].map(([file, { text }]) => [`test/fixtures/example/desired-before/${file}`, text] as const),
  ]);
}

/** Begin and end of an apply that nobody watched: the changes in between are left out. */
function renderLedger(plan: PlanFile, genesis: string): string {
  const at = '2026-11-13T14:20:00.000Z';
  const commit = digestOf(plan.digest).slice('sha256:'.length, 'sha256:'.length + 40);
  const begin = formatRecord({
    type: 'begin',
    previous: digestOfLine(genesis),
    at,
    plan: plan.digest,
    sequence: plan.body.sequence,
    changes: plan.body.changes.length,
    existing: { ...plan.body.existing },
    takes: listTakings(plan.body.changes),
    holder: { host: 'ci', processId: 1, bootId: null, pidNamespace: null, processStart: null, runUrl: null },
    approval: {
      branch: 'main',
      gitRemote: 'origin',
      commit,
      planCommit: commit,
      planAuthor: 'Wouter Bos <w.bos@lindenhof.example>',
      mergedBy: 'Vera Jacobs <v.jacobs@lindenhof.example>',
      mergedAt: at,
      distinctPeople: false,
      reviews: null,
      signatures: null,
    },
  });
  const totals = { applied: plan.body.changes.length };
  const end = formatRecord({
    type: 'end',
    previous: digestOfLine(begin),
    at,
    verdict: 'complete',
    totals,
    unconfirmed: [],
  });
  return `${begin}\n${end}\n`;
}

/** Public key of an identity file. */
export async function readRecipient(identityText: string): Promise<string> {
  return identityToRecipient(/AGE-SECRET-KEY-1[A-Z0-9]+/.exec(identityText)?.[0] ?? '');
}
