import type { AliasFault } from '../facts/mapping-sentences.ts';
import type { Fact } from '../schema/generated/plan.ts';

/** What attributes of an entry, or cells of a row, are read as. */

export interface MappedAddresses {
  readonly primary: string | null;
  /** Undefined = the attribute holds no aliases, so aliases are not managed. */
  readonly aliases: readonly string[] | undefined;
  /** Values that look like addresses but cannot be used. */
  readonly unusable: readonly { readonly value: string; readonly why: AliasFault }[];
  /** Why there is no usable primary address; [] if there is one. */
  readonly whys: readonly Fact[];
}

export interface MappedKey {
  readonly key: string;
  /** The SSO key in the configured form. Secret. */
  readonly ssoKey: string;
  /** A GUID of the directory, which is never given to somebody else. */
  readonly isGuid: boolean;
}
