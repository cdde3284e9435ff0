/** Schema URNs of the SCIM resources, in the order the service lists them (zivver-api §3, §4). */

export const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const ZIVVER_USER = 'urn:ietf:params:scim:schemas:zivver:0.1:User';
export const ZIVVER_GROUP = 'urn:ietf:params:scim:schemas:zivver:0.1:Group';

export const USER_SCHEMAS: readonly string[] = [
  'urn:ietf:params:scim:schemas:core:2.0:User',
  ENTERPRISE_USER,
  ZIVVER_USER,
];

/** The third one really is the enterprise *User* schema. */
export const GROUP_SCHEMAS: readonly string[] = [
  'urn:ietf:params:scim:schemas:core:2.0:Group',
  ZIVVER_GROUP,
  ENTERPRISE_USER,
];
