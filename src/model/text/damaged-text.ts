/**
 * Why a text is no name that anybody gave: it went through the wrong encoding on its way. `RenÃ©` is UTF-8 that was read as
 * windows-1252; `Ren\u0082` came from a code page of DOS; `Ren�` lost its letter. Null: nothing seems wrong.
 */
export function findTextDamage(text: string): string | null {
  if (PLAIN.test(text)) return null;
  if (text.includes('\ufffd')) return 'the sign � where a letter was lost';
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/.test(text)) return 'control characters';
  return DOUBLY_ENCODED.test(text) ? 'letters like Ã© that were encoded twice' : null;
}

const PLAIN = /^[\x20-\x7e]*$/;

/** The first byte of two in UTF-8, and a second one, as windows-1252 shows them. */
const DOUBLY_ENCODED = /[ÃÂÅÄ][\u0080-\u00bf‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›]|â€|ï»¿/u;
