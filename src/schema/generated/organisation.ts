// Generated from schemas/organisation.schema.json by `npm run generate`. Do not edit.

/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "domain".
 */
export type Domain = string;
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "attribute".
 */
export type Attribute = string;
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "address".
 */
export type Address = string;

/**
 * desired/<organisation>/organisation.yaml: written by hand, reviewed like code.
 */
export interface Organisation {
  zivver: {
    /**
     * Base of Zivver's SCIM API, e.g. https://app.zivver.com/api/scim/v2
     */
    url: string;
    /**
     * Domains the organisation has claimed in Zivver. Addresses in other domains are left out.
     *
     * @minItems 1
     */
    claimedDomains: Domain[];
    /**
     * PEM file with an extra certificate authority, relative to this file.
     */
    caFile?: string;
  };
  /**
   * @minItems 1
   */
  sources: SourceConfiguration[];
  sso?: {
    /**
     * Give every account the ZivverAccountKey that single sign-on sends.
     */
    enabled: boolean;
    /**
     * Form of the key: base64 of the raw bytes (AD FS and most) or a GUID string (Entra).
     */
    keyFormat?: 'base64' | 'guid';
  };
  users?: {
    create?: boolean;
    update?: boolean;
    /**
     * What happens to a managed account that is no longer in any source.
     */
    missing?: 'suspend' | 'delete' | 'keep';
    /**
     * What happens to accounts this tool never managed.
     */
    unmanaged?: 'keep' | 'missing';
    reactivate?: boolean;
  };
  functional?: {
    create?: boolean;
    update?: boolean;
    /**
     * What happens to a managed functional account that is no longer in any source.
     */
    missing?: 'empty' | 'delete' | 'keep';
  };
  /**
   * Guards. A plan in which more than the limit changes is refused.
   */
  limits?: {
    suspend?: Limit;
    unexplained?: Limit;
    delete?: Limit;
    create?: Limit;
    sameAttribute?: Limit;
    membersRemoved?: Limit;
    ambiguous?: Limit;
    /**
     * Per cent of the entries of the last accepted plan that a source must still have.
     */
    sourceFloor?: number;
  };
  overrides?: LimitOverride[];
  protected?: {
    /**
     * Accounts that no plan may suspend, delete or rename.
     */
    addresses?: Address[];
    /**
     * Accounts that must exist in Zivver and stay active.
     */
    administrators?: Address[];
  };
  approval?: {
    /**
     * The branch on which a committed plan counts as approved.
     */
    branch?: string;
    /**
     * Name of the git remote that decides. Default origin.
     */
    gitRemote?: string;
    /**
     * Ask GitHub for approving reviews of the pull request too. Left out: a merge alone approves.
     */
    github?: {
      /**
       * owner/name. Default: taken from the URL of the git remote.
       */
      repository?: string;
      /**
       * Base of the REST API. Default https://api.github.com; Enterprise Server: https://HOST/api/v3
       */
      apiUrl?: string;
      /**
       * So many people must have approved. Default 1.
       */
      minimumApprovals?: number;
    };
  };
  plan?: {
    /**
     * Life of a plan: <n>h or <n>d.
     */
    expiresAfter?: string;
  };
  secrets?: {
    /**
     * age public keys (age1…). Secrets in plans are sealed to them; only the apply job holds the identity. Several while keys are rotated.
     *
     * @minItems 1
     */
    recipients?: string[];
    /**
     * What plans and desired files must not show. Default [ssoKey], which is always sealed; with mobile, numbers are shown masked, with a keyed fingerprint.
     */
    seal?: ('ssoKey' | 'mobile')[];
    /**
     * With mobile sealed: id of the key in ZIVVER_GITOPS_FINGERPRINT_KEY that the planner must use.
     */
    fingerprintKey?: string;
  };
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "SourceConfiguration".
 */
export interface SourceConfiguration {
  name: string;
  ldap?: LdapConfiguration;
  ldif?: LdifConfiguration;
  /**
   * LDAP filter (RFC 4515) of the people to read. Only for ldap.
   */
  query?: string;
  /**
   * Every one must hold.
   */
  filters?: SelectionFilter[];
  mapping?: Mapping;
  /**
   * ISO 3166 country for phone numbers without +.
   */
  phoneRegion?: string;
  division?: DivisionRule;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "LdapConfiguration".
 */
export interface LdapConfiguration {
  /**
   * Domain controllers, tried in order.
   *
   * @minItems 1
   */
  urls: string[];
  /**
   * DOMAIN\user, user@domain or a DN. The password comes from the environment.
   */
  user: string;
  /**
   * Environment variable with the password; <name>_FILE may name a file instead. Default LDAP_PASSWORD.
   */
  passwordVariable?: string;
  baseDn: string;
  pageSize?: number;
  /**
   * PEM file with the certificate authority of the domain controllers, relative to this file.
   */
  caFile?: string;
  /**
   * Needed with ldap:// addresses.
   */
  startTls?: boolean;
  /**
   * Longest wait for one answer. Default 120.
   */
  timeoutSeconds?: number;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "LdifConfiguration".
 */
export interface LdifConfiguration {
  /**
   * LDIF files (ldifde, ldapsearch), relative to this file.
   *
   * @minItems 1
   */
  files: string[];
  baseDn?: string;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "SelectionFilter".
 */
export interface SelectionFilter {
  include?: FilterRule;
  exclude?: FilterRule;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "FilterRule".
 */
export interface FilterRule {
  attribute: Attribute;
  /**
   * One of them must match. distinguishedName: subtree; memberOf: CN or DN of the group, nested ones too; others: whole value without case, * as wildcard.
   *
   * @minItems 1
   */
  values: string[];
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "Mapping".
 */
export interface Mapping {
  email?: Attribute;
  fullName?: Attribute;
  accountKey?: Attribute;
  /**
   * `none` leaves mobile numbers in Zivver as they are.
   */
  mobile?: string;
  active?: 'userAccountControl';
  /**
   * `none` leaves delegates in Zivver as they are.
   */
  delegates?: string;
  /**
   * memberOf, or `none`: no functional accounts from groups.
   */
  groups?: 'memberOf' | 'none';
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "DivisionRule".
 */
export interface DivisionRule {
  by: 'none' | 'domain' | 'attribute' | 'ou' | 'constant';
  attribute?: Attribute;
  value?: string;
  /**
   * @minItems 1
   */
  ou?: {
    dn: string;
    division: string;
  }[];
}
/**
 * Limit = min(max(floor, share % of the population), cap).
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "Limit".
 */
export interface Limit {
  floor?: number;
  /**
   * Per cent.
   */
  share?: number;
  cap?: number;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "LimitOverride".
 */
export interface LimitOverride {
  rule:
    | 'suspend'
    | 'unexplained'
    | 'delete'
    | 'create'
    | 'sameAttribute'
    | 'membersRemoved'
    | 'ambiguous'
    | 'sourceFloor'
    | 'emptyAttribute';
  /**
   * Source, attribute or address the refusal named, if it named one.
   */
  subject?: string;
  /**
   * Exactly the number the refusal printed; any other number is refused.
   */
  observed: number;
  reason: string;
  /**
   * At most 72 hours ahead.
   */
  expires: string;
}
