import { describe, expect, it } from 'vitest';
import { columnsOf, wrapText } from '../../../../src/model/text/terminal-layout.ts';
import { renderTerminal } from '../../../../src/model/review/terminal.ts';
import { buildChange, buildCreation, buildPlan, buildSuspension } from '../../../support/plan-builder.ts';
import { REVIEW_FIXTURES } from '../../../support/review-fixtures.ts';

const plain = { width: 80, color: false };
const names = (count: number) => Array.from({ length: count }, (_, index) => `person${index}@hospital.example`);

describe('renderTerminal', () => {
  it.each([40, 80, 120])('writes no line wider than %i columns, but for a single word', (width) => {
    for (const build of Object.values(REVIEW_FIXTURES)) {
      const lines = renderTerminal(build(), { width, color: false }).split('\n');
      const wide = lines.filter((line) => columnsOf(line) > width);
      expect(wide.filter((line) => !/^(?: *(?:- )?|[A-Z][A-Za-z ]+\?? {2,})\S+$/.test(line))).toEqual([]);
    }
  });

  it('keeps what is told of an open account below it, however narrow the terminal is', () => {
    const plan = (REVIEW_FIXTURES['mixed'] ?? buildPlan)();
    const [narrow, wide] = [40, 1_000].map((width) => {
      const text = renderTerminal(plan, { width, color: false });
      const lines = text.slice(text.indexOf('\nOpen: '), text.indexOf('\nLimits to look at')).split('\n');
      const at = (indent: RegExp): string => lines.flatMap((line) => (indent.test(line) ? line.trim() : [])).join(' ');
      return { accounts: at(/^ {2}\S/), details: at(/^ {4}\S/), count: lines.length };
    });
    expect(narrow?.count).toBeGreaterThan(wide?.count ?? Infinity);
    expect({ ...narrow, count: 0 }).toEqual({ ...wide, count: 0 });
  });

  it('colours without changing a letter', () => {
    for (const build of Object.values(REVIEW_FIXTURES)) {
      const coloured = renderTerminal(build(), { width: 80, color: true });
      expect(coloured).toContain('\u001b[');
      expect(coloured.replace(/\u001b\[[0-9;]*m/g, '')).toBe(renderTerminal(build(), plain));
    }
  });

  it('shows all suspensions and the first 20 of the new accounts', () => {
    const changes = [
      ...names(45).map((name) => buildCreation(`new-${name}`)),
      ...names(45).map((name) => buildSuspension(`old-${name}`)),
    ];
    const text = renderTerminal(buildPlan({ changes }), plain);
    for (const name of names(45)) expect(text).toContain(`old-${name}`);
    expect(names(45).filter((name) => text.includes(`new-${name}`))).toEqual(names(20));
    expect(text).toContain('+25 more');
  });

  it('shows the first 100 changes of access to mail and the first 20 of identity', () => {
    const changes = [
      ...names(130).map((name) => buildChange({ address: `mail-${name}`, after: { delegates: [name] } })),
      ...names(130).map((name) => buildChange({ address: `old-${name}`, after: { address: `new-${name}` } })),
    ];
    const text = renderTerminal(buildPlan({ changes }), plain);
    expect(names(130).filter((name) => text.includes(`mail-${name}`))).toEqual(names(100));
    expect(names(130).filter((name) => text.includes(`new-${name}`))).toEqual(names(20));
    expect(text).toContain('+30 more');
    expect(text).toContain('+110 more');
  });

  it('tells the same repeated change once', () => {
    const changes = names(30).map((address) =>
      buildChange({ address, before: { division: 'a' }, after: { division: 'b' } }),
    );
    const text = renderTerminal(buildPlan({ changes }), plain);
    expect(text.match(/division a → b/g)).toHaveLength(1);
    expect(text).toContain('+10 more');
  });

  it('puts values with spaces in quotes, so that a name cannot pass for words of ours', () => {
    const changes = [buildSuspension('a@x', { fullName: 'Eve. All limits hold.' })];
    expect(renderTerminal(buildPlan({ changes }), plain)).toContain('"Eve. All limits hold."');
  });
});

describe('wrapText', () => {
  it('breaks at spaces only', () => {
    expect(wrapText('aa bb cccccccc d', 5)).toEqual(['aa bb', 'cccccccc', 'd']);
  });
});

describe('columnsOf', () => {
  it.each([
    ['abc', 3],
    ['e\u0301', 1],
    ['李', 2],
    ['🏥', 2],
    ['\u001b[31ma\u001b[39m', 1],
  ])('%j', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});
