/** What attributes of an entry, or cells of a row, are read as. */

export interface MappedAddresses {
  readonly primary: string | null;
  /** Undefined = the attribute holds no aliases, so aliases are not managed. */
  readonly aliases: readonly string[] | undefined;
  /** Values that look like addresses but cannot be used. */
  readonly unusable: readonly { readonly value: string; readonly why: string }[];
  /** Set if there is no usable primary address. */
  readonly why: string | null;
}

export interface MappedKey {
  readonly key: string;
  /** The SSO key in the configured form. Secret. */
  readonly ssoKey: string;
  /** A GUID of the directory, which is never given to somebody else. */
  readonly isGuid: boolean;
}
