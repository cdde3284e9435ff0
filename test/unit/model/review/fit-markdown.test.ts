import { describe, expect, it } from 'vitest';
import { fitMarkdown, renderBrief } from '../../../../src/model/review/fit-markdown.ts';
import { renderReviewComment, renderSummary } from '../../../../src/operations/proposal/pull-request-text.ts';
import { renderMarkdown } from '../../../../src/model/review/markdown.ts';
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts';
import { buildChange, buildCreation, buildPlan, buildSuspension, factAbout } from '../../../support/plan-builder.ts';
import { buildMixed } from '../../../support/review-fixture-mixed.ts';

const FILES = 'https://github.com/city/accounts/blob/0123456789abcdef';
const suspensions = (count: number): ReturnType<typeof buildSuspension>[] =>
  Array.from({ length: count }, (_, index) => buildSuspension(`s${index}@a.example`));
const creations = (count: number): ReturnType<typeof buildCreation>[] =>
  Array.from({ length: count }, (_, index) => buildCreation(`c${index}@a.example`));

describe('a review that must fit', () => {
  it('is plan.md with links that work elsewhere, where it fits', () => {
    const plan = buildMixed();
    const fitted = fitMarkdown(plan, { bytes: 60_000, filesUrl: FILES });
    const folder = `${FILES}/plans/city-hospital/0012-${plan.digest.slice(7, 15)}`;
    const back = fitted.replaceAll(`](${folder}/`, '](').replaceAll(`](${FILES}/`, '](../../../');
    expect(back).toBe(renderMarkdown(plan));
    expect(fitted).not.toContain('](../');
  });

  it('has no link at all where there is nothing to link to', () => {
    const fitted = fitMarkdown(buildMixed(), { bytes: 900_000, filesUrl: null });
    expect(fitted).not.toContain('](');
    expect(fitted).toContain('`b48f08ec21`');
  });

  it('keeps every suspension and lets new accounts give way', () => {
    const plan = buildPlan({ changes: [...suspensions(100), ...creations(2000)] });
    const fitted = fitMarkdown(plan, { bytes: 60_000, filesUrl: FILES });
    expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(60_000);
    // Ten of them stand under the verdict as well.
    expect(fitted.match(/`s\d+@a\.example`/g)).toHaveLength(110);
    expect(new Set(fitted.match(/`s\d+@a\.example`/g)).size).toBe(100);
    expect(fitted).toMatch(/\*\*\+1,\d{3} more\*\*/);
  });

  it('shows every suspension where thousands of other changes do not fit', () => {
    const mail = Array.from({ length: 3000 }, (_, index) =>
      buildChange({ address: `m${index}@a.example`, after: { delegates: [`d${index}@a.example`] } }),
    );
    const comment = renderReviewComment(buildPlan({ changes: [...suspensions(70), ...mail] }), FILES, 60_000);
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(60_000);
    expect(new Set(comment.match(/`s\d+@a\.example`/g)).size).toBe(70);
    const shown = comment.match(/`m\d+@a\.example`/g)?.length ?? 0;
    expect(comment).toContain(`**+${(3000 - shown).toLocaleString('en')} more**`);
    expect(comment).toMatch(/more\*\*.*\[plan\.md\]\(https:/);
  });

  it('shares the place of a job summary among its plans', () => {
    const plan = buildPlan({ changes: creations(20_000) });
    expect(Buffer.byteLength(renderSummary(plan, 3))).toBeLessThanOrEqual(300_000);
  });

  it('names ten and counts the others where not every suspension fits', () => {
    const plan = buildPlan({ changes: [...suspensions(2000), ...creations(10)] });
    const fitted = fitMarkdown(plan, { bytes: 60_000, filesUrl: FILES });
    expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(60_000);
    expect(fitted).toContain('**2,000** × Suspended');
    expect(fitted).toContain('each of the 2,000 accounts in plan.md should be suspended');
    expect(fitted.match(/`s\d+@a\.example`/g)).toHaveLength(10);
    expect(fitted).toContain(
      'and **1,990 more**: 1,990 disabled in the source; of them 1,990 in `Care`. Everybody stands in plan.md',
    );
  });

  it.each([900_000, 60_000, 20_000])('is never longer than %i bytes, whatever the names', (bytes) => {
    const changes = HOSTILE_TEXTS.flatMap((fullName, index) =>
      Array.from({ length: 40 }, (_, copy) =>
        buildChange({
          address: `h${index}.${copy}@a.example`,
          fullName,
          after: { delegates: [`${fullName}@a.example`] },
        }),
      ),
    );
    const fitted = fitMarkdown(buildPlan({ changes, notes: HOSTILE_TEXTS.map(factAbout) }), { bytes, filesUrl: FILES });
    expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(bytes);
  });

  it('is brief at the head of a pull request', () => {
    const brief = renderBrief(buildMixed(), FILES);
    expect(brief).toContain('**Worst thing in here**');
    expect(brief).toContain(`${FILES}/plans/city-hospital/`);
    expect(brief).not.toContain('s.de.boer@hospital.example');
  });
});
