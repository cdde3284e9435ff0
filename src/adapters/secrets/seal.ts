import { ReconcileError } from '../../model/errors.ts';
import { keyLines } from './key-lines.ts';

/** Change id → SSO key. */
export type SsoKeys = ReadonlyMap<string, string>;

/** What a plan needs at apply and must not show. Exists in clear only in memory, of the planner and of the apply job. */
export interface PlanSecrets {
  readonly ssoKeys: SsoKeys;
  /** Change id → value of accountKey, where single sign-on sends another: the key of the change must follow from it. */
  readonly accountKeys: ReadonlyMap<string, string>;
  readonly mobiles: SealedMobiles | null;
}

export const NO_SECRETS: PlanSecrets = { ssoKeys: new Map(), accountKeys: new Map(), mobiles: null };

/** Null where no change touches a sealed number. */
export interface SealedMobiles {
  /** The one that made the sealed forms of this plan, so that apply can make those of what Zivver holds. */
  readonly fingerprintKey: string;
  /** Sealed form → number; of `before` too, so that a rollback can restore it. */
  readonly numbers: ReadonlyMap<string, string>;
}

interface Contents {
  readonly ssoKeys: Readonly<Record<string, string>>;
  readonly accountKeys: Readonly<Record<string, string>>;
  readonly mobiles: { readonly fingerprintKey: string; readonly numbers: Readonly<Record<string, string>> } | null;
}

/**
 * age file (X25519) as base64: only the holders of the identities can read it. Loads the library only here: most plans seal
 * nothing.
 */
export async function sealSecrets(
  { ssoKeys, accountKeys, mobiles }: PlanSecrets,
  recipients: readonly string[],
): Promise<string> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const contents: Contents = {
    ssoKeys: Object.fromEntries(ssoKeys),
    accountKeys: Object.fromEntries(accountKeys),
    mobiles: mobiles && { ...mobiles, numbers: Object.fromEntries(mobiles.numbers) },
  };
  const sealed = await encrypter.encrypt(JSON.stringify(contents));
  return Buffer.from(sealed).toString('base64');
}

/** Throws CONFIGURATION_SECRET_MISSING if none of the identities is one of the recipients; says nothing of the contents. */
export async function unsealSecrets(sealed: string, identities: string): Promise<PlanSecrets> {
  const { Decrypter } = await import('age-encryption');
  try {
    const decrypter = new Decrypter();
    for (const line of keyLines(identities)) decrypter.addIdentity(line);
    const text = await decrypter.decrypt(Buffer.from(sealed, 'base64'), 'text');
    const { ssoKeys, accountKeys, mobiles } = JSON.parse(text) as Contents;
    return {
      ssoKeys: new Map(Object.entries(ssoKeys)),
      accountKeys: new Map(Object.entries(accountKeys)),
      mobiles: mobiles && { ...mobiles, numbers: new Map(Object.entries(mobiles.numbers)) },
    };
  } catch {
    throw new ReconcileError(
      'CONFIGURATION_SECRET_MISSING',
      'The sealed part of the plan cannot be opened with the given age identity',
      {
        remedy:
          'Set ZIVVER_GITOPS_IDENTITY (or ZIVVER_GITOPS_IDENTITY_FILE) to the identity the plan was sealed to; if it is lost, make a new plan.',
      },
    );
  }
}
