import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';

/** Why a number cannot be the second factor of a login. */
export type PhoneFault =
  'not-a-number' | 'several' | 'remark' | 'extension' | 'invalid' | 'not-mobile' | 'machine-number';

export type Mobile = { readonly e164: string } | { readonly why: PhoneFault };

/**
 * Reads a mobile number as people type it; `region` (ISO 3166, e.g. `NL`) is for numbers without a country code.
 * Only numbers that can receive an SMS are accepted, since Zivver sends the login code there.
 */
export function parseMobile(value: string, region: string): Mobile {
  const text = ORDINARY.test(value) ? value : tidy(value);
  if (hasSeveral(text)) return { why: 'several' };
  if (!ORDINARY.test(text)) return { why: explainText(text) };
  const phone = parsePhoneNumberFromString(text, { defaultCountry: region as CountryCode, extract: false });
  if (phone === undefined) return { why: 'not-a-number' };
  if (phone.ext !== undefined) return { why: 'extension' };
  const type = phone.getType();
  const isMobile = type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
  // A number of a known type is valid; asking for both costs as much again.
  if (type === undefined && !phone.isValid()) return { why: 'invalid' };
  if (phone.number.startsWith('+3197')) return { why: 'machine-number' };
  return isMobile ? { e164: phone.number } : { why: 'not-mobile' };
}

/** What people write between digits. */
const ORDINARY = /^\+?[0-9 ().\-/]+$/;
const SEPARATORS = /[/;,|&\n]| (?:of|en|or|and|oder|und|ou|et) /i;

/** Nobody can tell which of two numbers is meant; a slash also stands inside one: `06/12345678`. */
function hasSeveral(text: string): boolean {
  const parts = SEPARATORS.test(text) ? text.split(SEPARATORS) : text.split(/ +(?=\+|0[1-9])/);
  return parts.filter((part) => part.replace(/\D/g, '').length >= 8).length > 1;
}

function explainText(text: string): PhoneFault {
  if (EXTENSION.test(text)) return 'extension';
  return text.replace(/\D/g, '').length >= 8 ? 'remark' : 'not-a-number';
}

/** What stands before a number and says what it is: `tel:` of RFC 3966, `M:`, `Mob.`, `GSM`. */
const LABEL =
  /^(?:tel|m|t|mob|mobiel|mobile|mobil|mobilnr|gsm|cell|cellphone|handy|telefoon|telefon|phone|portable)(?:\.?\s*[:.]|\s)\s*(?=[+(\d])/i;
const EXTENSION = /(?:ext|x|#|;|toestel|tst)\.?[ :=]*\d+$/i;

/** Address books paste no-break spaces, typographic dashes and direction marks into AD; none of them is a digit. */
function tidy(value: string): string {
  return value
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u00a0\u2007\u2009\u202f\t]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .trim()
    .replace(/^'/, '')
    .replace(LABEL, '')
    .replace(/^\((\+\d{1,3})\)/, '$1');
}
