import { describe, expect, it } from 'vitest';
import { formatCount } from '../../../../src/model/text/format-count.ts';
import { andOf, countOf, orOf, plural, someOf } from '../../../../src/model/text/grammar.ts';
import { phraseText } from '../../../../src/model/text/phrase.ts';

describe('grammar', () => {
  it.each([
    [0, '0 accounts are'],
    [1, '1 account is'],
    [2, '2 accounts are'],
    [1204, '1,204 accounts are'],
    [1234567, '1,234,567 accounts are'],
  ])('counts %i', (count, text) => {
    expect(phraseText(countOf(count, 'account is', 'accounts are'))).toBe(text);
    expect(phraseText(plural(count, 'is', 'are'))).toBe(count === 1 ? 'is' : 'are');
  });

  it.each([
    [[], 'none', 'none'],
    [['a'], 'a', 'a'],
    [['a', 'b'], 'a and b', 'a or b'],
    [['a', 'b', 'c'], 'a, b and c', 'a, b or c'],
  ])('lists %j', (values, all, either) => {
    expect(phraseText(andOf(values))).toBe(all);
    expect(phraseText(orOf(values))).toBe(either);
  });

  it('names some, and counts the others', () => {
    const many = Array.from({ length: 1207 }, (_, index) => `p${index}`);
    expect(phraseText(someOf(many, 3, 'and'))).toBe('p0, p1, p2 and 1,204 more');
    expect(phraseText(someOf(['a', 'b', 'c'], 3, 'or'))).toBe('a, b or c');
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [100000, '100,000'],
  ])('writes %i as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});
