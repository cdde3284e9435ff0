import { describe, expect, it } from 'vitest';
import { findNameDamage, findTextDamage } from '../../../../src/model/text/damaged-text.ts';

describe('a name that nobody gave', () => {
  it.each([
    ['Ren&eacute; Bos', 'a sign of HTML (&eacute;)'],
    ['Jan &amp; Zn', 'a sign of HTML (&amp;)'],
    ['O&#39;Neill', 'a sign of HTML (&#39;)'],
    ['Zo? Bos', 'a ? where a letter was lost'],
    ['Anna Maria van der…', 'no end, it was cut off'],
    ['RenÃ© Bos', 'letters like Ã© that were encoded twice'],
    ['Andr‚ Bos', 'the sign ‚ where a code page of DOS has a letter'],
    ['Ren\ufffd', 'the sign � where a letter was lost'],
    ['Ren\u0082', 'control characters'],
  ])('%s has %s', (name, damage) => {
    expect(findNameDamage(name)).toBe(damage);
  });

  it.each([
    'Jan Bos',
    'René & Zn',
    'Els (HR) "JJ"',
    "An 't Hooft",
    'Müller, Max; Jr.',
    'Łukasz Żółć',
    'R&D;',
    'Ünal Şen',
    '?',
    '李雷',
  ])('is not %s', (name) => {
    expect(findNameDamage(name)).toBeNull();
  });

  it('is more than a damaged key: a number may have signs of its own', () => {
    expect(findTextDamage('a?b&amp;…')).toBeNull();
  });
});
