import { describe, expect, it } from 'vitest';
import { fact, factPhrase, factText, findFactFaults, SENTENCES } from '../../../../src/model/facts/fact.ts';
import type { Sentence, ValueKind } from '../../../../src/model/facts/sentence.ts';
import { renderPhrase } from '../../../../src/model/review/markdown-phrase.ts';
import type { Fact, FactValue } from '../../../../src/model/schema/generated/plan.ts';

const EVERY = Object.entries(SENTENCES) as [string, Pick<Sentence, 'shape'>][];
const INNER = fact('has-no-address');

/** Values for a sentence: as few as it can have, or several of each. */
function valueOf(kind: ValueKind, isFull: boolean): FactValue | undefined {
  switch (kind) {
    case 'text':
      return 'a|b';
    case 'text?':
      return isFull ? 'a|b' : undefined;
    case 'count':
      return isFull ? 1204 : 1;
    case 'texts':
      return isFull ? ['a|b', 'c', 'd'] : ['a|b'];
    case 'fact':
      return INNER;
    case 'fact?':
      return isFull ? INNER : undefined;
    case 'facts':
      return isFull ? [INNER, INNER] : [INNER];
    default:
      return kind.at(isFull ? -1 : 0);
  }
}

function exampleOf(says: string, { shape }: Pick<Sentence, 'shape'>, isFull: boolean): Fact {
  const values = Object.entries(shape).map(([name, kind]) => [name, valueOf(kind, isFull)] as const);
  return { says, with: Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Fact['with'] };
}

describe.each(EVERY)('the sentence %s', (says, sentence) => {
  it.each([false, true])('is told, with one value or with several: %s', (isFull) => {
    const example = exampleOf(says, sentence, isFull);
    expect(findFactFaults(example)).toEqual([]);
    const text = factText(example);
    expect(text).not.toMatch(
      /undefined|\[object|\bnull\b|  |\b1 (?:accounts|entries|people|days|aliases)\b|\(\)|: \.|""/,
    );
    if (isFull && Object.values(sentence.shape).includes('count')) expect(text).not.toMatch(/\b1204\b/);
  });

  it('keeps its values apart from its words', () => {
    const example = exampleOf(says, sentence, true);
    if (JSON.stringify(example).includes('a|b')) expect(renderPhrase(factPhrase(example))).toContain('&#124;');
    expect(renderPhrase(factPhrase(example)).replaceAll('&#124;', '')).not.toMatch(/&#\d+;/);
  });

  it('is refused without one of its values, or with another one', () => {
    const example = exampleOf(says, sentence, false);
    expect(findFactFaults({ says, with: { ...example.with, other: 'x' } })).toHaveLength(1);
    for (const name of Object.keys(example.with)) {
      const { [name]: _left, ...others } = example.with;
      const isOptional = String(sentence.shape[name]).endsWith('?');
      expect(findFactFaults({ says, with: others })).toHaveLength(isOptional ? 0 : 1);
      expect(
        findFactFaults({ says, with: { ...others, [name]: sentence.shape[name] === 'count' ? 'x' : 7 } }),
      ).toHaveLength(1);
    }
  });
});

describe('a fact that somebody else wrote', () => {
  it('must be a sentence of ours, also inside another', () => {
    expect(findFactFaults({ says: 'toString', with: {} })).toEqual(['there is no sentence toString']);
    const inner = { says: 'approved', with: {} };
    expect(findFactFaults({ says: 'of-source', with: { source: 'x', what: inner } })).toEqual([
      'there is no sentence approved',
    ]);
  });

  it('has one of the words that its sentence knows', () => {
    expect(findFactFaults({ says: 'only-people', with: { what: 'robots' } })).toHaveLength(1);
  });
});
