import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readPageScript } from '../../../../src/operations/proposal/write-report.ts';
import { formatInertJson, renderHtml } from '../../../../src/model/review/html.ts';
import { buildReportData, type ReportData } from '../../../../src/model/review/html-data.ts';
import { joinPageScript } from '../../../../src/model/review/html-script.ts';
import { buildReview } from '../../../../src/model/review/review.ts';
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts';
import { buildChange, buildOpen, buildPlan } from '../../../support/plan-builder.ts';
import { REVIEW_FIXTURES } from '../../../support/review-fixtures.ts';

const script = await readPageScript();
const fixtures = Object.entries(REVIEW_FIXTURES).map(([name, build]) => ({ name, plan: build() }));

describe('the HTML report', () => {
  it.each(fixtures)('of $name tells every change once, in the classes of plan.md', ({ plan }) => {
    const { changes, classes } = buildReportData(plan);
    const review = buildReview(plan);
    expect(changes.map(({ id }) => id).sort()).toEqual(plan.body.changes.map(({ id }) => id).sort());
    expect(classes.map(({ risk, count }) => [risk, count])).toEqual(
      review.classes.map(({ risk, count }) => [risk, count]),
    );
    expect([...new Set(changes.map(({ risk }) => risk))]).toEqual(classes.map(({ risk }) => risk));
  });

  it('names what stays open and what is adopted, beside the changes', () => {
    const account = { kind: 'user', key: 'k', zivverId: 'z', fullName: 'Ann', externalAccountId: null } as const;
    const adopted = [{ ...account, address: 'ann@hospital.example', entry: 'CN=Ann,DC=hospital,DC=example' }];
    const open = [buildOpen({ reason: 'claimed', address: 'bas@hospital.example' })];
    const told = JSON.stringify(buildReportData(buildPlan({ adopted, open })));
    expect(told).toContain('Adopted as they are (1)');
    for (const text of ['ann@hospital.example', 'CN=Ann,DC=hospital,DC=example', 'bas@hospital.example'])
      expect(told).toContain(text);
  });

  it.each(fixtures)('of $name carries its data where no parser can leave it', ({ plan }) => {
    const page = renderHtml(plan, script);
    const [, data = ''] = /<script type="application\/json" id="data">(.*)<\/script>/.exec(page) ?? [];
    expect(data).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify(buildReportData(plan))));
  });

  it('has the same markup whatever the plan says', () => {
    const frames = fixtures.map(({ plan }) => renderHtml(plan, script).replace(/(id="data">).*(<\/script>)/, '$1$2'));
    expect(new Set(frames).size).toBe(1);
  });

  it('allows exactly its own script and style, and no network', () => {
    const page = renderHtml(buildPlan(), script);
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
    const [, module = ''] = /<script type="module">([^]*?)<\/script>/.exec(page) ?? [];
    expect(policy.split('; ')).toEqual([
      `default-src 'none'`,
      `style-src '${hashOf(style)}'`,
      `base-uri 'none'`,
      `form-action 'none'`,
      `script-src '${hashOf(module)}'`,
      `require-trusted-types-for 'script'`,
      `trusted-types 'none'`,
    ]);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toMatch(/ (?:src|href)="(?!#)| style=| on\w+=/);
  });

  it('never puts text into markup by other means than as text', () => {
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|DOMParser/);
    expect(script).not.toMatch(/^(?:import|export) /m);
  });

  it('shows hidden characters instead of sending them', () => {
    const changes = HOSTILE_TEXTS.map((fullName, index) =>
      buildChange({
        address: `p${index}@a.example`,
        fullName,
        before: { fullName },
        after: { fullName: `${fullName}!` },
      }),
    );
    const text = JSON.stringify(buildReportData(buildPlan({ changes })));
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).toContain('⟦U+202E⟧');
  });

  it('shows both sides of a value and marks the words that differ', () => {
    const change = buildChange({
      address: 'y@a.example',
      before: { fullName: 'Yara van der Berg', aliases: ['b@a.example', 'c@a.example'], mobile: '+31611111111' },
      after: { fullName: 'Yara van den Berg', aliases: ['c@a.example', 'd@a.example'], mobile: null },
    });
    expect(differencesOf(buildReportData(buildPlan({ changes: [change] })))).toEqual({
      name: ['Yara van [der] Berg', 'Yara van [den] Berg'],
      aliases: ['[b@a.example] c@a.example', 'c@a.example [d@a.example]'],
      'mobile number': ['[+31611111111]', ''],
    });
  });

  it('writes JSON that is the same value and cannot end its element', () => {
    const value = ['</script><!--', '\u2028\u2029&amp;', '\ud800', '\\u003c'];
    expect(JSON.parse(formatInertJson(value))).toEqual(value);
    expect(formatInertJson(value)).not.toMatch(/[<>&]|\u2028|\u2029/);
  });

  it('joins the files of the script whatever their line ends', () => {
    const texts = [
      `export const a = 1;\r\n`,
      `import {\r\n  a,\r\n} from './a.js';\r\nexport function b() {}\r\n//# sourceMappingURL=b.js.map`,
    ];
    expect(joinPageScript(texts)).toBe('const a = 1;\n\nfunction b() {}\n');
  });
});

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function differencesOf({ changes }: ReportData): Record<string, string[]> {
  type Lines = ReportData['changes'][number]['differences'][number]['before'];
  const show = (lines: Lines): string =>
    lines.map((line) => line.map(([text, mark]) => (mark === 1 ? `[${text}]` : text)).join('')).join(' ');
  const rows = changes.flatMap(({ differences }) => differences);
  return Object.fromEntries(rows.map(({ name, before, after }) => [name, [show(before), show(after)]]));
}
