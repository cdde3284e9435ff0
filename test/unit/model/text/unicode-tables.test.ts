import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatScalar } from '../../../../src/model/desired/yaml.ts';
import { escapeCode, escapeText } from '../../../../src/model/text/escape.ts';
import { UNICODE } from '../../../../src/model/text/unicode-tables.ts';
import { formatVisible } from '../../../../src/model/text/visible-text.ts';

/** Of every character of the planes that have scripts, inside a word. */
function digestRendering(): string {
  const hash = createHash('sha256');
  for (let code = 0; code < 0x20000; code += 1) {
    const text = `a${String.fromCodePoint(code)}b`;
    hash.update(`${formatVisible(text)}\0${formatScalar(text)}\0${escapeCode(text)}\0${escapeText(text)}\0`);
  }
  return hash.digest('hex');
}

/** Characters about which this Node and the tables disagree, although both know them. */
function findDisagreements(property: keyof typeof UNICODE): string[] {
  const name = property.length > 2 ? `Script=${property}` : property;
  const own = new RegExp(`^\\p{${name}}$`, 'u');
  const pinned = new RegExp(`^[${UNICODE[property]}]$`, 'u');
  const unassigned = new RegExp(`^[${UNICODE.C}]$`, 'u');
  return Array.from({ length: 0x20000 }, (_, code) => String.fromCodePoint(code)).filter(
    (character) => own.test(character) !== pinned.test(character) && !unassigned.test(character),
  );
}

describe('the pinned Unicode tables', () => {
  it('make the bytes of every character the same on every Node', { timeout: 120_000 }, () => {
    expect(digestRendering()).toBe('036c87404155f4c941eb3f226cc775ffa746dcdf9aa61b4ac1edf7f2290c515c');
  });

  it.each(Object.keys(UNICODE) as (keyof typeof UNICODE)[])(
    'say of %s what this Node says, but for characters that are newer than the tables',
    (property) => {
      expect(findDisagreements(property)).toEqual([]);
    },
  );

  it('show a character that is newer than the tables by its number', () => {
    // U+20C1 SAUDI RIYAL SIGN came with Unicode 17.
    expect(formatVisible('100 \u20c1')).toBe('100 ⟦U+20C1⟧');
  });
});
