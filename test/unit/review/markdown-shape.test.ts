import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/review/markdown.ts';
import { renderTerminal } from '../../../src/review/terminal.ts';
import { formatVisible } from '../../../src/review/visible-text.ts';
import type { PlanFile } from '../../../src/schema/generated/plan.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';
import { KNOWN_ELEMENTS, renderHtml, shapeOf, textOf } from '../../support/markdown-shape.ts';
import { buildMoveOf, buildPlanOf, buildRenamesOf, TEXT_PLACES } from '../../support/text-positions.ts';

/** Pieces of hostile texts in any order, between any other characters. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS.filter((text) => text.length < 80)),
      fc.constantFrom('`', '|', '\\', '<', '&', '*', '_', '~~', '](', '@', '#1', '\n', '\n\n', '    ', '://', '$', ' '),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

const RUNS = 100;

describe('the shape of plan.md', () => {
  const plain = shapeOf(renderHtml(renderMarkdown(buildPlanOf('harmless'))));
  const plainMove = shapeOf(renderHtml(renderMarkdown(buildMoveOf('harmless'))));

  it.each(HOSTILE_TEXTS)('is the same with %j in every place', (text) => {
    expectShape(buildPlanOf(text), text, plain);
    expectShape(buildMoveOf(text), text, plainMove);
    expectRenames(text);
  });

  it(`is the same with any text, ${RUNS} texts in ${TEXT_PLACES} places`, () => {
    fc.assert(
      fc.property(hostileText, (text) => expectShape(buildPlanOf(text), text, plain)),
      { numRuns: RUNS, seed: 17 },
    );
  });

  it('has the text in so many places', () => {
    const shown = renderMarkdown(buildPlanOf('zzyzx')).split('zzyzx').length - 1;
    expect(shown).toBeGreaterThanOrEqual(TEXT_PLACES);
  });

  it('is the same with any alias that moves and any name that changes', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expectShape(buildMoveOf(text), text, plainMove);
        expectRenames(text);
      }),
      { numRuns: RUNS, seed: 18 },
    );
  });
});

describe('the terminal review', () => {
  it('has no control character and no workflow command, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = renderTerminal(buildPlanOf(text), { width: 80, color: false });
        expect(shown).not.toMatch(/(?!\n)\p{C}|::|##\[/u);
      }),
      { numRuns: RUNS * 3, seed: 19 },
    );
  });
});

function expectShape(plan: PlanFile, text: string, shape: string): void {
  const html = renderHtml(renderMarkdown(plan));
  expect(shapeOf(html)).toBe(shape);
  expectOnlyOurs(html);
  expect(textOf(html)).toContain(formatVisible(text));
}

/** How many words are marked depends on the words: every mark must be one that the renderer wrote. */
function expectRenames(text: string): void {
  const markdown = renderMarkdown(buildRenamesOf(text));
  const html = renderHtml(markdown);
  const marked = (where: string) => where.match(/<del>|<\/del>/g) ?? [];
  expect(marked(html)).toEqual(marked(markdown));
  const withoutMarks = shapeOf(html).replace(/<\/?(?:del|strong)>/g, '');
  const plain = shapeOf(renderHtml(renderMarkdown(buildRenamesOf('harmless')))).replace(/<\/?(?:del|strong)>/g, '');
  expect(collapseCodes(withoutMarks)).toBe(collapseCodes(plain));
  expectOnlyOurs(html);
}

function collapseCodes(shape: string): string {
  return shape.replace(/(?:<code><\/code>)+/g, '<code></code>');
}

function expectOnlyOurs(html: string): void {
  const elements = new Set([...html.matchAll(/<\/?([a-zA-Z0-9]+|[!?])/g)].map(([, element = '']) => element));
  expect(KNOWN_ELEMENTS).toEqual(expect.arrayContaining([...elements]));
  const targets = [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, target = '']) => target);
  expect(targets.filter((target) => !/^(?:\.\.\/\.\.\/\.\.\/desired\/|plan\.json$)/.test(target))).toEqual([]);
}
