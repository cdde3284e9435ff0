// Generated from schemas/handwritten.schema.json by `npm run generate`. Do not edit.

/**
 * One account in the folder of a yaml source: written by hand and reviewed like everything else. An absent optional attribute is not managed.
 */
export type HandWrittenAccount = HandWrittenUser | HandWrittenFunctional;
/**
 * Who the account is, whatever its address becomes. A short name that never changes (info-desk), or the key (UUID) that the desired file of the account already has.
 */
export type Key = string;
export type Address = string;
export type FullName = string;
export type Addresses = string[];

export interface HandWrittenUser {
  kind: 'user';
  key: Key;
  address: Address;
  fullName: FullName;
  active: boolean;
  aliases?: Addresses;
  delegates?: Addresses;
  /**
   * E.164
   */
  mobile?: string;
  division?: string;
}
export interface HandWrittenFunctional {
  kind: 'functional';
  key: Key;
  address: Address;
  fullName: FullName;
  aliases?: Addresses;
  members?: Addresses;
  division?: string;
}
