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

/** Most of what stands in a directory; saves the closer look. */
const ORDINARY = /^[!-~]+(?: [!-~]+)*$/;

const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

/**
 * Alternatives: characters nobody sees, line and paragraph separators, the bracket signs of our own marks; odd spaces; white
 * space at an end or repeated, which HTML would swallow; a combining mark with nothing to stand on, or the fourth in a row.
 */
const HIDDEN = new RegExp(
  [
    '[\\p{C}\\p{Zl}\\p{Zp}\\p{DI}\\u2800⟦⟧]',
    '(?! )\\p{Zs}',
    '^ +| +$|(?<= ) +',
    '(?<![\\p{L}\\p{M}\\p{N}\\p{S}\\p{P}])\\p{M}+|(?<=\\p{M}{3})\\p{M}+',
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
  { name: 'Latin', letter: /\p{Script=Latin}/u },
  { name: 'Cyrillic', letter: /\p{Script=Cyrillic}/u },
  { name: 'Greek', letter: /\p{Script=Greek}/u },
] as const;

function markMixedScripts(word: string): string {
  const letters = [...word].map((character) => ({ character, script: scriptOf(character) }));
  const present = SCRIPTS.map(({ name }) => ({ name, count: letters.filter(({ script }) => script === name).length }));
  const used = present.filter(({ count }) => count > 0);
  if (used.length < 2) return word;
  const main = used.reduce((most, next) => (next.count > most.count ? next : most)).name;
  return letters
    .map(({ character, script }) =>
      script === null || script === main || !/\p{L}/u.test(character) ? character : `⟦${script} ${character}⟧`,
    )
    .join('');
}

function scriptOf(character: string): string | null {
  return SCRIPTS.find(({ letter }) => letter.test(character))?.name ?? null;
}
