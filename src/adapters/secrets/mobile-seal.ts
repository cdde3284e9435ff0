import type { ExistingUser } from '../../model/account/account.ts';
import { formatSealedMobile } from '../../model/account/sealed-mobile.ts';
import type { ExistingAccounts } from '../../model/account/target.ts';
import { fingerprintOf, generateFingerprintKey, parseFingerprintKey, type FingerprintKey } from './fingerprint-key.ts';
import type { SealedMobiles } from './seal.ts';

/**
 * Mobile numbers become their sealed form where they enter, and numbers again only where they are sent or sealed for the
 * apply. Whatever lies between cannot leak what it never had.
 */
export class MobileSeal {
  readonly key: FingerprintKey;
  readonly #numbers = new Map<string, string>();

  constructor(key: FingerprintKey) {
    this.key = key;
  }

  /** For whoever lacks the key: hides the numbers all the same, in forms that cannot be compared with any other. */
  static withoutKey(): MobileSeal {
    return new MobileSeal(generateFingerprintKey());
  }

  seal(number: string): string {
    const sealed = formatSealedMobile(number, this.key.id, fingerprintOf(number, this.key));
    this.#numbers.set(sealed, number);
    return sealed;
  }

  /** The number of a form; undefined if this seal has never met it. */
  open(sealed: string): string | undefined {
    return this.#numbers.get(sealed);
  }

  sealUser(user: ExistingUser): ExistingUser {
    return user.mobile === null ? user : { ...user, mobile: this.seal(user.mobile) };
  }

  sealAccounts({ users, functional }: ExistingAccounts): ExistingAccounts {
    return { users: users.map((user) => this.sealUser(user)), functional };
  }
}

/** The seal that made the forms of a plan; it opens those whose number is in the sealed part. */
export function reopenMobileSeal({ fingerprintKey, numbers }: SealedMobiles): MobileSeal {
  const seal = new MobileSeal(parseFingerprintKey(fingerprintKey));
  for (const number of numbers.values()) seal.seal(number);
  return seal;
}
