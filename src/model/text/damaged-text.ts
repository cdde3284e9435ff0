/** What is wrong with a text, by the name of its words in mapping-sentences.ts; `sign`: what tells it. */
export interface TextDamage {
  readonly damage:
    'lost-letter' | 'controls' | 'twice-encoded' | 'dos-sign' | 'html-sign' | 'question-mark' | 'cut-off';
  readonly sign?: string;
}

/**
 * Why a text is no name that anybody gave: it went through the wrong encoding on its way. `RenÃ©` is UTF-8 that was read as
 * windows-1252; `Ren\u0082` came from a code page of DOS; `Ren�` lost its letter. Null: nothing seems wrong.
 */
export function findTextDamage(text: string): TextDamage | null {
  if (PLAIN.test(text)) return null;
  if (text.includes('\ufffd')) return { damage: 'lost-letter' };
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/.test(text)) return { damage: 'controls' };
  if (DOUBLY_ENCODED.test(text)) return { damage: 'twice-encoded' };
  const sign = OF_CODE_PAGES.exec(text)?.[1];
  return sign === undefined ? null : { damage: 'dos-sign', sign };
}

/** The same of a name, in which signs stand that a number or an address may have. */
export function findNameDamage(name: string): TextDamage | null {
  const entity = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);/i.exec(name)?.[0];
  if (entity !== undefined) return { damage: 'html-sign', sign: entity };
  if (/\p{L}\?|\?\p{L}/u.test(name)) return { damage: 'question-mark' };
  if (/(?:…|\.{3})$/.test(name)) return { damage: 'cut-off' };
  return findTextDamage(name);
}

const PLAIN = /^[\x20-\x7e]*$/;

/** The first byte of two in UTF-8, and a second one, as windows-1252 shows them. */
const DOUBLY_ENCODED = /[ÃÂÅÄ][\u0080-\u00bf‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›]|â€|ï»¿/u;

/** `Andr‚`: what bytes of cp437 and cp850 are in windows-1252. */
const OF_CODE_PAGES = /\p{L}([‚„ƒˆ‰‹†‡•˜›])/u;
