// Generated from schemas/scim.schema.json by `npm run generate`. Do not edit.

/**
 * What Zivver's SCIM API sends and takes, as far as it is used. Attributes that are not named here are tolerated.
 */
export type ScimResources = User | Group | UserList | GroupList | UserBody | GroupBody | GroupPatch;
export type Uuid = string;
export type PhoneNumbers = {
  value: string;
}[];
export type Addresses = string[];
export type Members = {
  value: Uuid;
}[];

/**
 * A personal account as Zivver sends it.
 */
export interface User {
  id: Uuid;
  /**
   * Primary address.
   */
  userName: string;
  name: {
    /**
     * Full name.
     */
    formatted: string;
  };
  /**
   * False = suspended.
   */
  active: boolean;
  phoneNumbers?: PhoneNumbers;
  meta?: Meta;
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'?: Enterprise;
  'urn:ietf:params:scim:schemas:zivver:0.1:User': {
    aliases: Addresses;
    delegates: Addresses;
    ExternalAccountId?: string | null;
  };
}
export interface Meta {
  /**
   * YYYY-MM-DD
   */
  created?: string;
}
export interface Enterprise {
  /**
   * Identifier of an OU of Zivver; / = none.
   */
  division?: string;
}
/**
 * A functional account as Zivver sends it.
 */
export interface Group {
  id: Uuid;
  /**
   * Address of the mailbox.
   */
  externalId: string;
  displayName: string;
  members: Members;
  meta?: Meta;
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'?: Enterprise;
  'urn:ietf:params:scim:schemas:zivver:0.1:Group': {
    aliases: Addresses;
    ExternalAccountId?: string | null;
  };
}
/**
 * The whole organisation, or what a filter selected; never a page.
 */
export interface UserList {
  totalResults: number;
  Resources: User[];
}
/**
 * All functional accounts, or what a filter selected; never a page.
 */
export interface GroupList {
  totalResults: number;
  Resources: Group[];
}
/**
 * Body of a POST or PUT of a user. An absent attribute stays as it is.
 */
export interface UserBody {
  schemas?: string[];
  userName?: string;
  name?: {
    formatted: string;
  };
  active?: boolean;
  phoneNumbers?: PhoneNumbers;
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'?: Enterprise;
  /**
   * Replaced as a whole: what is left out is cleared.
   */
  'urn:ietf:params:scim:schemas:zivver:0.1:User'?: {
    aliases?: Addresses;
    delegates?: Addresses;
    ExternalAccountId?: string;
    /**
     * Secret; never returned.
     */
    SsoAccountKey?: string;
  };
}
/**
 * Body of a POST or PUT of a functional account. An absent attribute stays as it is.
 */
export interface GroupBody {
  schemas?: string[];
  externalId?: string;
  displayName?: string;
  members?: Members;
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'?: Enterprise;
  /**
   * Replaced as a whole: what is left out is cleared.
   */
  'urn:ietf:params:scim:schemas:zivver:0.1:Group'?: {
    aliases?: Addresses;
    ExternalAccountId?: string;
  };
}
/**
 * Empties a functional account.
 */
export interface GroupPatch {
  Operations: {
    op: 'remove';
    path: 'members';
  }[];
}
