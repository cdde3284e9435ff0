// Generated from schemas/account.schema.json by `npm run generate`. Do not edit.

/**
 * desired/<organisation>/users/<address>.yaml and functional/<address>.yaml: one account as the source wants it. An absent optional attribute is not managed.
 */
export type DesiredAccount = DesiredUser | DesiredFunctional;
/**
 * UUIDv5 of the value of the accountKey attribute: the stable identity.
 */
export type Key = string;
/**
 * Id of the account in Zivver, once known; it stays through a rename.
 */
export type ZivverId = string;
export type Address = string;
export type FullName = string;
export type Addresses = string[];

export interface DesiredUser {
  kind: 'user';
  key: Key;
  zivverId?: ZivverId;
  address: Address;
  fullName: FullName;
  active: boolean;
  aliases?: Addresses;
  delegates?: Addresses;
  /**
   * E.164; where mobile numbers are sealed, masked and with a fingerprint.
   */
  mobile?: string;
  division?: string;
}
export interface DesiredFunctional {
  kind: 'functional';
  key: Key;
  zivverId?: ZivverId;
  address: Address;
  fullName: FullName;
  aliases?: Addresses;
  members?: Addresses;
  division?: string;
}
