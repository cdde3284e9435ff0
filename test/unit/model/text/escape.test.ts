import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeCode, escapeMarkdown, escapeTerminal, escapeText } from '../../../../src/model/text/escape.ts';
import { formatVisible } from '../../../../src/model/text/visible-text.ts';
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts';

describe('formatVisible', () => {
  it.each([
    ['Zoë Müller-Şahin', 'Zoë Müller-Şahin'],
    ['李小龍 علي Ελένη Иван', '李小龍 علي Ελένη Иван'],
    ['a\u202Eb', 'a⟦U+202E⟧b'],
    ['a\r\nb', 'a⟦U+000D⟧⟦U+000A⟧b'],
    ['\u001b[31m', '⟦U+001B⟧[31m'],
    ['a\u00A0b\u3000c', 'a⟦U+00A0⟧b⟦U+3000⟧c'],
    ['\u2028\u2029', '⟦U+2028⟧⟦U+2029⟧'],
    ['\u3164\uFE0F\u034F\u2800', '⟦U+3164⟧⟦U+FE0F⟧⟦U+034F⟧⟦U+2800⟧'],
    ['\uD800', '⟦U+D800⟧'],
    [' a  b ', '⟦U+0020⟧a ⟦U+0020⟧b⟦U+0020⟧'],
    ['⟦U+202E⟧', '⟦U+27E6⟧U+202E⟦U+27E7⟧'],
    ['\u0301a', '⟦U+0301⟧a'],
    ['e\u0301', 'e\u0301'],
    ['J\u0430nsen', 'J⟦Cyrillic \u0430⟧nsen'],
    ['\u0418\u0432aн', '\u0418\u0432⟦Latin a⟧н'],
    ['\u03A1eter', '⟦Greek \u03A1⟧eter'],
  ])('shows %j as %j', (text, shown) => {
    expect(formatVisible(text)).toBe(shown);
  });

  it('leaves no character that cannot be seen, whatever the text', () => {
    const invisible = /[\p{C}\p{Zl}\p{Zp}\p{DI}]|(?! )\p{Zs}|^ | $| {2}/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => !invisible.test(formatVisible(text))),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('shows different texts differently', () => {
    const shown = new Set(HOSTILE_TEXTS.map(formatVisible));
    expect(shown.size).toBe(HOSTILE_TEXTS.length);
  });
});

describe('escapeMarkdown', () => {
  it('leaves no ASCII punctuation but that of its own character references and empty spans', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const rest = escapeMarkdown(text)
          .replaceAll('<span></span>', '')
          .replace(/&#\d+;/g, '');
        expect(rest).not.toMatch(/[!-/:-@[-`{-~\n]/);
      }),
      { numRuns: 2000, seed: 2 },
    );
  });

  it.each([
    ['@team', '&#64;<span></span>team'],
    ['#12', '&#35;<span></span>12'],
    ['GH-12', 'GH&#45;<span></span>12'],
    ['WWW.x', 'WWW<span></span>&#46;x'],
    ['a://b', 'a&#58;<span></span>&#47;&#47;b'],
  ])('keeps GitHub from linking %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('escapeCode', () => {
  it.each(['Sanne de Boer', 'a.b+c@hospital.example', 'CN=Jan Smit (old),OU=Staff', 'sha256:00ff', 'Иван'])(
    'writes %j as a plain code span',
    (text) => {
      expect(escapeCode(text)).toBe(`\`${text}\``);
    },
  );

  it.each(['`', 'a|b', '\\', '<b>', '::set-output', '##[error]', '$x$', 'a\u200Bb', ' a', 'J\u0430nsen', '*', '~~'])(
    'writes %j as escaped HTML code',
    (text) => {
      expect(escapeCode(text)).toBe(`<code>${escapeMarkdown(text)}</code>`);
    },
  );

  it('shows that a value is empty', () => {
    expect(escapeCode('')).toBe('<code>⟦empty⟧</code>');
  });
});

describe('escapeText', () => {
  it('leaves plain prose as it is', () => {
    const prose = 'The group (Ward 3) has no members, so it is left out.';
    expect(escapeText(prose)).toBe(prose);
  });

  it.each(['- a list', '1. a list', 'see www.x.nl', 'see GH-1', 'mail a@b.nl', 'commit 0a1b2c3d', 'a *b*', '= x'])(
    'escapes %j',
    (text) => {
      expect(escapeText(text)).toBe(escapeMarkdown(text));
    },
  );
});

describe('escapeTerminal', () => {
  it('leaves neither a control character nor a workflow command', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('::', ':', '##', '#', '[', 'vso', 'VSO', '\u001b[2J', 'a', '\n', ' ')),
        (parts) => {
          expect(escapeTerminal(parts.join(''))).not.toMatch(/\p{Cc}|::|##(?:vso)?\[/iu);
        },
      ),
      { numRuns: 2000, seed: 3 },
    );
  });

  it('takes a command of Azure’s agent apart', () => {
    expect(escapeTerminal('Jan ##vso[task.setvariable variable=left]0')).toBe(
      'Jan #⟦U+0023⟧vso[task.setvariable variable=left]0',
    );
  });
});
