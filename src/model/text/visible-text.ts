import { UNICODE } from './unicode-tables.ts';

const { C, DI, L, M, N, P, S, Zl, Zp, Zs, Latin, Cyrillic, Greek } = UNICODE;

/**
 * Text from a directory with everything a reader cannot see or would misread made visible, shared by all renderers:
 * controls, ANSI, bidi, invisible and unassigned characters, odd spaces and stray combining marks become `⟦U+202E⟧`; in a word
 * that mixes Latin with Cyrillic or Greek, the letters of the rarer script become `⟦Cyrillic а⟧`. The result has one line.
 */
export function formatVisible(text: string): string {
  if (ORDINARY.test(text)) return text;
  return text.replace(HIDDEN, showCodePoints).replace(WORD, markMixedScripts);
}

/** True if `formatVisible` would show it as it is. */
export function isPlainText(text: string): boolean {
  return formatVisible(text) === text;
}

/** Most of what stands in a directory, European letters included; saves the closer look. */
const ORDINARY = /^[!-~\u00c0-\u017f]+(?: [!-~\u00c0-\u017f]+)*$/;

const WORD = new RegExp(`[${L}${M}${N}_]+`, 'gu');

const LETTER = new RegExp(`[${L}]`, 'u');

/**
 * Alternatives: characters nobody sees, line and paragraph separators, the bracket signs of our own marks; odd spaces; white
 * space at an end or repeated, which HTML would swallow; a combining mark with nothing to stand on, or the fourth in a row.
 */
const HIDDEN = new RegExp(
  [
    `[${C}${Zl}${Zp}${DI}\\u2800⟦⟧]`,
    `(?! )[${Zs}]`,
    '^ +| +$|(?<= ) +',
    `(?<![${L}${M}${N}${S}${P}])[${M}]+|(?<=[${M}]{3})[${M}]+`,
  ].join('|'),
  'gu',
);

function showCodePoints(characters: string): string {
  return [...characters].map(formatCodePoint).join('');
}

function formatCodePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `⟦U+${hex}⟧`;
}

const SCRIPTS = [
  { name: 'Latin', letter: new RegExp(`[${Latin}]`, 'u') },
  { name: 'Cyrillic', letter: new RegExp(`[${Cyrillic}]`, 'u') },
  { name: 'Greek', letter: new RegExp(`[${Greek}]`, 'u') },
] as const;

function markMixedScripts(word: string): string {
  const letters = [...word].map((character) => ({ character, script: scriptOf(character) }));
  const present = SCRIPTS.map(({ name }) => ({ name, count: letters.filter(({ script }) => script === name).length }));
  const used = present.filter(({ count }) => count > 0);
  if (used.length < 2) return word;
  const main = used.reduce((most, next) => (next.count > most.count ? next : most)).name;
  return letters
    .map(({ character, script }) =>
      script === null || script === main || !LETTER.test(character) ? character : `⟦${script} ${character}⟧`,
    )
    .join('');
}

function scriptOf(character: string): string | null {
  return SCRIPTS.find(({ letter }) => letter.test(character))?.name ?? null;
}
