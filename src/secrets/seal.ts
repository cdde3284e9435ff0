import { Decrypter, Encrypter } from 'age-encryption';
import { ReconcileError } from '../errors.ts';

/** Change id → SSO key. Exists in clear only in memory, of the planner and of the apply job. */
export type SsoKeys = ReadonlyMap<string, string>;

/** age file (X25519) as base64: only the holders of the identities can read it. */
export async function sealSsoKeys(keys: SsoKeys, recipients: readonly string[]): Promise<string> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const sealed = await encrypter.encrypt(JSON.stringify(Object.fromEntries(keys)));
  return Buffer.from(sealed).toString('base64');
}

/** Throws CONFIGURATION_SECRET_MISSING if the identity is not one of the recipients; says nothing of the contents. */
export async function unsealSsoKeys(sealed: string, identity: string): Promise<SsoKeys> {
  try {
    const decrypter = new Decrypter();
    for (const line of identityLines(identity)) decrypter.addIdentity(line);
    const text = await decrypter.decrypt(Buffer.from(sealed, 'base64'), 'text');
    return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
  } catch {
    throw new ReconcileError(
      'CONFIGURATION_SECRET_MISSING',
      'The sealed SSO keys of the plan cannot be opened with the given age identity',
      {
        remedy:
          'Set ZIVVER_GITOPS_IDENTITY (or ZIVVER_GITOPS_IDENTITY_FILE) to an identity that belongs to secrets.recipients in organisation.yaml.',
      },
    );
  }
}

/** An identity file of age-keygen has comment lines. */
function identityLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
