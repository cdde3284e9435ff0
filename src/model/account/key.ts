import { hash } from 'node:crypto';

/** Namespace of all account keys. Never changes: a change would give every account a new identity. */
const KEY_NAMESPACE = Buffer.from('6f1e3f0b8a5d4c529d0e2f7c4a1b9e63', 'hex');

/**
 * The stable, public identity of an account: UUIDv5 of the accountKey value. One-way, since that value may be the
 * SSO secret. For objectGUID the value is the canonical GUID text, so that the identity does not depend on the key format.
 */
export function accountKeyOf(value: string): string {
  const hex = hash('sha1', Buffer.concat([KEY_NAMESPACE, Buffer.from(value, 'utf8')]));
  // RFC 9562 §5.5: the version, and the two bits of the variant.
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
