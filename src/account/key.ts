import { parse as parseUuid, v5 as uuidV5 } from 'uuid';

/** Namespace of all account keys. Never changes: a change would give every account a new identity. */
const KEY_NAMESPACE = parseUuid('6f1e3f0b-8a5d-4c52-9d0e-2f7c4a1b9e63');

/**
 * The stable, public identity of an account: UUIDv5 of the accountKey value. One-way, since that value may be the
 * SSO secret. For objectGUID the value is the canonical GUID text, so that the identity does not depend on the key format.
 */
export function accountKeyOf(value: string): string {
  return uuidV5(Buffer.from(value, 'utf8'), KEY_NAMESPACE);
}
