/**
 * A mobile number as plans and desired files show it where it is sealed: masked, and a keyed fingerprint, such as
 * `+31 6 •••• ••99 sealed:5f0c2a:1f2e3d4c5b6a7988` (id of the key, fingerprint). Equal numbers have equal forms.
 */

/** The form for a number of which the fingerprint is known. */
export function formatSealedMobile(number: string, keyId: string, fingerprint: string): string {
  return `${maskMobile(number)} sealed:${keyId}:${fingerprint}`;
}

/** Id of the key with which a sealed form was made; null for a number in clear and for none. */
export function keyIdOfSealed(mobile: string | null | undefined): string | null {
  return SEALED.exec(mobile ?? '')?.[1] ?? null;
}

/** Only forms of one key, and numbers in clear, can be compared with each other; no number at all with anything. */
export function isComparableMobile(one: string | null | undefined, other: string | null | undefined): boolean {
  if (one === null || one === undefined || other === null || other === undefined) return true;
  return keyIdOfSealed(one) === keyIdOfSealed(other);
}

/** `+31612345699` → `+31 6 •••• ••99`. Of what is not an ordinary number nothing is shown. */
export function maskMobile(number: string): string {
  const country = CALLING_CODE.exec(number)?.[0];
  const rest = country === undefined ? '' : number.slice(country.length);
  if (country === undefined || !/^\d{7,}$/.test(rest)) return '••••';
  const hidden = '•'.repeat(rest.length - 3) + rest.slice(-2);
  return `${country} ${rest.charAt(0)} ${hidden.replace(/(?!^)(?=(?:.{4})+$)/g, ' ')}`;
}

const SEALED = / sealed:([0-9a-f]{6}):[0-9a-f]{16}$/;

/** ITU-T E.164: one, two or three digits. */
const CALLING_CODE = /^\+(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(?=\d)/;
