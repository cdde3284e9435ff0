import { expect } from 'vitest';
import { renderMarkdown } from '../../src/model/review/markdown.ts';
import { formatVisible } from '../../src/model/text/visible-text.ts';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';
import { KNOWN_ELEMENTS, mentionsOf, renderHtml, shapeOf, textOf } from './markdown-shape.ts';
import { buildMoveOf, buildPlanOf, buildRenamesOf } from './text-positions.ts';

const plain = shapeOf(renderHtml(renderMarkdown(buildPlanOf('harmless'))));
const plainMove = shapeOf(renderHtml(renderMarkdown(buildMoveOf('harmless'))));

/** plan.md has the same shape with the text in every place as with a harmless one. */
export function expectSameShape(text: string): void {
  expectShape(buildPlanOf(text), text, plain);
}

/** So it has with an alias that moves and with names of which a part changes. */
export function expectSameMoves(text: string): void {
  expectShape(buildMoveOf(text), text, plainMove);
  expectRenames(text);
}

function expectShape(plan: PlanFile, text: string, shape: string): void {
  const html = renderHtml(renderMarkdown(plan));
  expect(shapeOf(html)).toBe(shape);
  expect(mentionsOf(html)).toEqual([]);
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
