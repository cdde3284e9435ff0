import { describe, expect, it } from 'vitest';
import { findNameDamage, findTextDamage } from '../../../../src/model/text/damaged-text.ts';

describe('a name that nobody gave', () => {
  it.each([
    ['Ren&eacute; Bos', { damage: 'html-sign', sign: '&eacute;' }],
    ['Jan &amp; Zn', { damage: 'html-sign', sign: '&amp;' }],
    ['O&#39;Neill', { damage: 'html-sign', sign: '&#39;' }],
    ['Zo? Bos', { damage: 'question-mark' }],
    ['Anna Maria van der…', { damage: 'cut-off' }],
    ['RenÃ© Bos', { damage: 'twice-encoded' }],
    ['Andr‚ Bos', { damage: 'dos-sign', sign: '‚' }],
    ['Ren\ufffd', { damage: 'lost-letter' }],
    ['Ren\u0082', { damage: 'controls' }],
  ])('%s has %j', (name, damage) => {
    expect(findNameDamage(name)).toEqual(damage);
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
