import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../src/model/review/markdown.ts';
import { expectSameMoves, expectSameShape } from '../../../support/expect-shape.ts';
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts';
import { buildPlanOf, TEXT_PLACES } from '../../../support/text-positions.ts';

describe('the shape of plan.md', () => {
  it.each(HOSTILE_TEXTS)('is the same with %j in every place', (text) => {
    expectSameShape(text);
    expectSameMoves(text);
  });

  it('has the text in so many places', () => {
    const shown = renderMarkdown(buildPlanOf('zzyzx')).split('zzyzx').length - 1;
    expect(shown).toBeGreaterThanOrEqual(TEXT_PLACES);
  });
});
