import { expect, it } from 'vitest';
import { findAccountHistories } from '../../../../src/operations/audit/account-history.ts';
import { buildEventRows, tableOf } from '../../../../src/operations/audit/history-rows.ts';
import type { PlanEvent } from '../../../../src/operations/audit/plan-events.ts';
import { renderAccountHistories } from '../../../../src/operations/audit/render-history.ts';
import { renderApplyReport } from '../../../../src/operations/proposal/apply-report.ts';
import {
  renderPullRequest,
  renderReviewComment,
  renderSummary,
} from '../../../../src/operations/proposal/pull-request-text.ts';
import { renderTitle } from '../../../../src/model/review/title.ts';
import { writeIssue } from '../../../../src/operations/proposal/issue.ts';
import { renderMarkdownAlarm } from '../../../../src/adapters/forge/markdown-alarm.ts';
import type { AlarmText, Forge } from '../../../../src/model/forge/forge.ts';
import type { LedgerEntry } from '../../../../src/adapters/git/ledger.ts';
import { formatCsv } from '../../../../src/model/text/csv.ts';
import { renderTerminal } from '../../../../src/model/review/terminal.ts';
import type { PlanFile } from '../../../../src/model/schema/generated/plan.ts';
import { renderHtml, shapeOf } from '../../../support/markdown-shape.ts';
import { buildChange, buildExclusion, buildPlan, buildSuspension, factAbout } from '../../../support/plan-builder.ts';

const HOSTILE =
  '| <img src=x onerror=alert(1)> ``` @team #1\n::set-output name=approved::true\u001b[2J ##[error]x \u202Eexe.tpircs\u202C';
const HARMLESS = 'Jan';
const GITHUB = { kind: 'github', limits: { comment: 60_000, body: 60_000 } } as Forge;
const FILES = 'https://github.com/city/accounts/blob/0123456789abcdef';

function plan(name: string): PlanFile {
  const suspended = buildSuspension('a@x.example', { fullName: name });
  const changed = buildChange({
    address: 'b@x.example',
    fullName: name,
    before: { fullName: name },
    after: { fullName: 'B' },
  });
  const exclusions = [buildExclusion({ reason: 'no-address', subject: `CN=${name}`, detail: factAbout(name) })];
  return buildPlan({ changes: [suspended, changed], exclusions, notes: [factAbout(name)] });
}

function entry(name: string): LedgerEntry {
  const record = { previous: '', at: '', change: 'c', zivverId: null };
  const finished = {
    ...record,
    type: 'finished',
    address: name,
    status: 'failed',
    detail: `no ${name}`,
    cure: `mend ${name}`,
  };
  const end = { type: 'end', previous: '', at: '', verdict: 'incomplete', totals: {}, unconfirmed: [] };
  return {
    name: '0001-00000000',
    begin: { approval: { signatures: null, reviews: null, distinctPeople: false } },
    records: [finished],
    end,
    head: '',
    text: '',
  } as unknown as LedgerEntry;
}

function histories(name: string) {
  const [change] = plan(name).body.changes;
  if (change === undefined) throw new Error('no change');
  const facts = { plan: '0001-00000000', at: '2026-11-01T08:00:00.000Z', outcome: 'failed', zivverId: null, sso: true };
  const more = { detail: `no ${name}`, isUnconfirmed: false, approval: null, runUrl: null };
  return findAccountHistories('a@x.example', [{ ...facts, ...more, change } as PlanEvent], []);
}

async function issueBody(text: string): Promise<string> {
  let body = '';
  const forge = {
    kind: 'github',
    findAlarm: () => Promise.resolve(null),
    openAlarm: (alarm: AlarmText) => {
      body = renderMarkdownAlarm(alarm);
      return Promise.resolve(1);
    },
  } as unknown as Forge;
  await writeIssue(forge, { organisation: 'city', kind: 'drift', code: 50, text, runUrl: null });
  return body;
}

it.each<[string, (name: string) => string | Promise<string>]>([
  ['the comment of the review', (name) => renderReviewComment(plan(name), FILES, 60_000)],
  ['the job summary', (name) => renderSummary(plan(name), 1)],
  ['the pull request', (name) => `${renderTitle(plan(name))}\n\n${renderPullRequest(plan(name), GITHUB, FILES)}`],
  ['the report of the apply', (name) => renderApplyReport('0001-00000000', entry(name), null)],
  ['the issue about drift', (name) => issueBody(`changed ${name.replaceAll('\n', ' ')}`)],
])('a hostile name changes nothing in %s', async (_, render) => {
  const [hostile, harmless] = [renderHtml(await render(HOSTILE)), renderHtml(await render(HARMLESS))];
  expect(shapeOf(hostile)).toBe(shapeOf(harmless));
  expect(hostile).not.toMatch(/<img|<a [^>]*team/);
});

const WIDE = { width: 400, color: false };

it.each<[string, (name: string) => string]>([
  ['the review in the terminal', (name) => renderTerminal(plan(name), WIDE)],
  ['the history of an account', (name) => renderAccountHistories(histories(name), WIDE)],
  ['the history as a table', (name) => formatCsv(tableOf(buildEventRows(histories(name)))).replaceAll('\r\n', '\n')],
])('a hostile name changes nothing in %s', (_, render) => {
  const hostile = render(HOSTILE);
  expect(hostile.split('\n')).toHaveLength(render(HARMLESS).split('\n').length);
  expect(hostile).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]|^::|##\[/m);
  expect(hostile).toContain('⟦U+202E⟧');
});
