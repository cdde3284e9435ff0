import { generateX25519Identity, identityToRecipient } from 'age-encryption';

/** A new private part of age, `AGE-SECRET-KEY-1…`: secret. */
export function generateIdentity(): Promise<string> {
  return generateX25519Identity();
}

/** The public part, `age1…`, to which plans are sealed. Rejects what is no identity. */
export function recipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity);
}
