// Generated from schemas/organisation.schema.json by `npm run generate`. Do not edit.

/**
 * A domain name in lower case.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "domain".
 */
export type Domain = string;
/**
 * Of a file without a byte order mark. Left out: UTF-8, or windows-1252 where the bytes can mean nothing else. cp437 and cp850 are written by programs of DOS and by `csvde` and `ldifde` in a console.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "encoding".
 */
export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1252'
  | 'windows-1250'
  | 'iso-8859-1'
  | 'iso-8859-15'
  | 'macintosh'
  | 'cp437'
  | 'cp850';
/**
 * What every row is. Default users.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "accounts".
 */
export type Accounts = 'users' | 'functional';
/**
 * Name of an attribute, of a table: the heading of a column.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "attribute".
 */
export type Attribute = string;
/**
 * Where the address comes from. Default proxyAddresses: SMTP: is the address of the account, smtp: are its aliases. Any other attribute holds one address and no aliases, and aliases in Zivver then stay as they are. [proxyAddresses, mail]: mail only where proxyAddresses has no usable address.
 *
 * @minItems 1
 * @maxItems 10
 */
export type Attributes = string | Attribute[];
/**
 * Default name. Who has no name gets no account.
 *
 * @minItems 1
 * @maxItems 10
 */
export type Names = string | string[];
/**
 * Mobile number, to which Zivver sends login codes. Default mobile. Landlines and what is no number are passed over; of several numbers in one attribute the smallest counts, since AD keeps no order. `none`: mobile numbers in Zivver stay as they are.
 *
 * @minItems 1
 * @maxItems 10
 */
export type Attributes1 = string | Attribute[];
/**
 * Words, without case. Left out: those named above.
 *
 * @minItems 1
 * @maxItems 50
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "words".
 */
export type Words = string[];
/**
 * trim (and blanks in a row become one), lower, upper, swapComma ("Jansen, Jan" becomes "Jan Jansen"), or one of before, after (a separator, at its first place), stripSuffix, replace and with. All literal; what does not fit stays as it is.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "TextChange".
 */
export type TextChange =
  | string
  | {
      /**
       * What stands before this separator, at its first place, is kept.
       */
      before?: string;
      /**
       * What stands after this separator, at its first place, is kept.
       */
      after?: string;
      /**
       * Taken away from the end, e.g. " (extern)".
       */
      stripSuffix?: string;
      /**
       * Every place of this text becomes what `with` says.
       */
      replace?: string;
      /**
       * See replace. Default: nothing.
       */
      with?: string;
    };
/**
 * Steps from top to bottom, as trim or { before: "@" }.
 *
 * @minItems 1
 * @maxItems 20
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "changes".
 */
export type Changes = TextChange[];
/**
 * Who may act for an account. An attribute that holds distinguished names (default msExchDelegateListLink), `none` to leave delegates in Zivver as they are, or attribute and `by`. csv and excel: a column of addresses. With Exchange Online msExchDelegateListLink is no longer kept up.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "Delegates".
 */
export type Delegates =
  | string
  | {
      attribute: Attribute;
      /**
       * What its values are: dn (default), name (common name), sAMAccountName (a DOMAIN\ before it is passed over), userPrincipalName, or address (primary or alias). They are looked for in the whole domain. Whoever is found twice or not at all is left out and shown, never guessed.
       */
      by?: 'dn' | 'name' | 'sAMAccountName' | 'userPrincipalName' | 'address';
      /**
       * If one value holds several people: what stands between them, e.g. ";". Left out: a value is one person.
       */
      separator?: string;
    };
/**
 * Groups as functional accounts: every group with an e-mail address that has a selected person in it, directly, through other groups, or as primary group (by objectSid and primaryGroupID, which an export must have). `memberOf` (default), `none`, or own rules for groups.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "Groups".
 */
export type Groups =
  | string
  | {
      /**
       * Which groups; every one must hold, as for people. Hidden groups: exclude msExchHideFromAddressLists with the value "TRUE".
       *
       * @minItems 1
       */
      filters?: SelectionFilter[];
      email?: Attributes2;
      fullName?: Names1;
      /**
       * Name of an attribute, of a table: the heading of a column.
       */
      accountKey?: string;
    };
/**
 * Default [proxyAddresses, mail].
 *
 * @minItems 1
 * @maxItems 10
 */
export type Attributes2 = string | Attribute[];
/**
 * Default [displayName, name, cn]; the address where all are empty.
 *
 * @minItems 1
 * @maxItems 10
 */
export type Names1 = string | string[];
/**
 * Shared mailboxes of Exchange (msExchRecipientTypeDetails 4 or 34359738368) are users that are disabled. `functional`: functional accounts whose members are their delegates (see delegates; the people in it if that is a group). `exclude`: no account. `user` (as if left out): like people, so they are suspended or get no account; the review advises against it. Rooms and equipment never get an account. The query must select them.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "SharedMailboxes".
 */
export type SharedMailboxes =
  | string
  | {
      /**
       * What they become.
       */
      as: 'functional' | 'exclude';
      /**
       * Without Exchange: disabled users for whom every filter holds are shared mailboxes too. Choose what nobody but a shared mailbox has, e.g. its OU: people who leave are disabled as well.
       *
       * @minItems 1
       */
      filters: SelectionFilter[];
    };
/**
 * Name of an attribute, or several in order: the first that has a usable value counts, e.g. [mobile, otherMobile].
 *
 * @minItems 1
 * @maxItems 10
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "attributes".
 */
export type Attributes3 = string | Attribute[];
/**
 * An e-mail address in lower case.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "address".
 */
export type Address = string;
/**
 * A day (its first moment, UTC) or a moment in UTC, as 2026-01-31T08:00:00Z.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "moment".
 */
export type Moment = string;
/**
 * A key as the review shows it.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "key".
 */
export type Key = string;
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "file".
 */
export type File = string;
/**
 * An attribute (displayName), a template in quotes with attributes in braces ("{givenName} {sn}"), or several of both in order: the first of which every attribute has a value counts. Blanks in a row become one.
 *
 * @minItems 1
 * @maxItems 10
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "names".
 */
export type Names2 = string | string[];

/**
 * desired/<organisation>/organisation.yaml: written by hand, reviewed like code.
 */
export interface Organisation {
  /**
   * The account administration of Zivver that is written to.
   */
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
   * Where people, functional accounts and their properties come from. Several sources are one picture: nobody may be in two.
   *
   * @minItems 1
   */
  sources: SourceConfiguration[];
  /**
   * Single sign-on. Left out: not used.
   */
  sso?: {
    /**
     * Give every account the ZivverAccountKey that single sign-on sends.
     */
    enabled: boolean;
    /**
     * Form of the key: base64 of the raw bytes (AD FS and most) or a GUID string (Entra). Changed later, as the attribute they are made of, the keys of everybody are replaced: each is a change, within the limit ssoKeys.
     */
    keyFormat?: 'base64' | 'guid';
    /**
     * Name of an attribute, of a table: the heading of a column.
     */
    key?: string;
  };
  /**
   * What may happen to accounts of people.
   */
  users?: {
    /**
     * Make accounts for new people. Default true.
     */
    create?: boolean;
    /**
     * Change name, address, aliases, mobile number, delegates and division. Default true.
     */
    update?: boolean;
    /**
     * What happens to a managed account that is no longer in any source.
     */
    missing?: 'suspend' | 'delete' | 'keep';
    /**
     * What happens to accounts this tool never managed.
     */
    unmanaged?: 'keep' | 'missing';
    /**
     * Let a suspended account come back when its person is active again. Default true.
     */
    reactivate?: boolean;
    /**
     * Whoever is found nowhere is first told as open, and planned for suspension only when still missing so long after the first merged plan that told it. <n>d; default 0d.
     */
    unexplainedAfter?: string;
    /**
     * The review names people whose account expires (accountExpires) within so many days. <n>d; default 7d; 0d: nobody.
     */
    tellExpiring?: string;
  };
  /**
   * Accounts that pass to another key: what the holder of the old key could read, the holder of the new one can read from then on. Keys as open.yaml and the review show them.
   */
  handovers?: Handover[];
  /**
   * What may happen to functional accounts (shared mailboxes, groups).
   */
  functional?: {
    /**
     * Make functional accounts. Default true.
     */
    create?: boolean;
    /**
     * Change name, address, aliases, members and division. Default true.
     */
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
    suspend?: LimitOverTime;
    unexplained?: LimitOverTime;
    delete?: LimitOverTime;
    reactivate?: Limit;
    accessGranted?: Limit;
    adopt?: Limit;
    create?: Limit;
    sameAttribute?: Limit;
    membersRemoved?: LimitOverTime;
    ambiguous?: Limit;
    openAccess?: Limit;
    ssoKeys?: Limit;
    /**
     * Per cent of the entries of the last accepted plan that a source must still have.
     */
    sourceFloor?: number;
  };
  /**
   * One limit, once, for one plan: what was refused is allowed for a few hours, with a reason, by pull request.
   */
  overrides?: LimitOverride[];
  /**
   * Accounts that no plan may harm.
   */
  protected?: {
    /**
     * Accounts that no plan may suspend, empty, delete or rename, whose addresses nobody else gets, and to whose mail no plan gives access.
     */
    addresses?: Address[];
    /**
     * Accounts that must exist in Zivver and stay active.
     */
    administrators?: Address[];
  };
  /**
   * Whose yes a plan needs. A merge into the branch is always needed.
   */
  approval?: {
    /**
     * The branch on which a committed plan counts as approved.
     */
    branch?: string;
    /**
     * Name of the git remote that decides. Default origin. none: the branches of this clone decide, for a trial on one machine.
     */
    gitRemote?: string;
    /**
     * Without signatures and reviews: who merges a plan must be another person than who committed it; of one that a bot committed, a person. Default false: one pair of eyes is enough.
     */
    distinctPeople?: boolean;
    /**
     * Addresses under which machines commit, such as the account of the planner. A bot never counts as a person. What ends in [bot] is known to be one.
     */
    bots?: string[];
    /**
     * Plans need statements signed with SSH keys (zivver-gitops approve). Who may sign stands in signers.yaml beside this file, as it was on the branch before the plan was merged.
     */
    signatures?: {
      /**
       * So many different people must sign, none of whom made or committed the plan. Default 1.
       */
      minimum?: number;
      /**
       * The file beside this one that lists people, their keys and roles. Always signers.yaml.
       */
      signers?: 'signers.yaml';
      /**
       * More for plans with certain effects.
       */
      rules?: SignatureClassRule[];
    };
    /**
     * Ask the forge for approving reviews of the pull request too. Left out: none are asked for.
     */
    reviews?: {
      /**
       * forgejo: Gitea too.
       */
      forge: 'github' | 'gitlab' | 'forgejo' | 'azure';
      /**
       * github, forgejo: owner/name. gitlab: path or number of the project. azure: project/repository. Default: on GitHub from the URL of the git remote, elsewhere from the variables of the job.
       */
      repository?: string;
      /**
       * Base of the REST API. github: default https://api.github.com; Enterprise Server: https://HOST/api/v3. gitlab: https://HOST/api/v4. forgejo: https://HOST/api/v1. azure: the address of the organisation or collection. Default there: from the variables of the job.
       */
      apiUrl?: string;
      /**
       * So many people must have approved, none of whom made or committed the plan. Default 1.
       */
      minimum?: number;
    };
  };
  /**
   * Signatures of the record of what was applied.
   */
  ledger?: {
    /**
     * Public keys with which the apply job signs every end in the ledger (zivver-gitops key new ledger). While one is in force, an end without its signature is no ledger of ours. Keep old ones, with until.
     */
    keys: LedgerKey[];
  };
  /**
   * Who is told what, by zivver-gitops notify in the jobs of the pipeline. Left out: nobody.
   */
  notify?: {
    /**
     * The mail server. TLS always; the password comes from ZIVVER_GITOPS_SMTP_PASSWORD.
     */
    mail?: {
      /**
       * smtp://HOST (STARTTLS, port 587) or smtps://HOST (TLS from the start, port 465); another port behind a colon.
       */
      server: string;
      /**
       * An e-mail address in lower case.
       */
      from: string;
      /**
       * Who logs in. Left out: the server asks nobody for a password.
       */
      user?: string;
      /**
       * PEM file with an extra certificate authority, relative to this file.
       */
      caFile?: string;
    };
    /**
     * Incoming webhooks. Their addresses come from ZIVVER_GITOPS_WEBHOOKS, a line each: NAME https://…
     */
    webhooks?: Webhook[];
    /**
     * Who is told what. Each thing is told once to each.
     */
    tell: NotifyRule[];
  };
  /**
   * Plans themselves.
   */
  plan?: {
    /**
     * Life of a plan: <n>h or <n>d.
     */
    expiresAfter?: string;
  };
  /**
   * What plans and desired files must not show in clear.
   */
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
  /**
   * Your own short name for it: it stands in reviews and plans.
   */
  name: string;
  ldap?: LdapConfiguration;
  ldif?: LdifConfiguration;
  csv?: CsvConfiguration;
  excel?: ExcelConfiguration;
  yaml?: YamlConfiguration;
  /**
   * csv and excel: name of another source, to whose people the rows add properties. They create, suspend and identify nobody. If the file is missing or too old (maxAge), what it gives stays as it is.
   */
  joins?: string;
  /**
   * With joins: what mapping.match holds of the people: address (primary or alias), accountKey, userPrincipalName or sAMAccountName.
   */
  by?: 'address' | 'accountKey' | 'userPrincipalName' | 'sAMAccountName';
  /**
   * With joins: what the rows give. Delegates are all that an account has; aliases are added; mobile and division go before those of the other source.
   *
   * @minItems 1
   */
  gives?: ('delegates' | 'aliases' | 'mobile' | 'division')[];
  /**
   * With joins: <n>h or <n>d. The time is that of mapping.asOf (the oldest row counts), else the date in the name of the file.
   */
  maxAge?: string;
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
   * ISO 3166 country for phone numbers without +, or `attribute`: the attribute (of AD: c) or column that has the country of each person, and `otherwise` for those without one. Default NL.
   */
  phoneRegion?:
    | string
    | {
        attribute: Attribute;
        /**
         * For people without a country. Default NL.
         */
        otherwise?: string;
      };
  division?: DivisionRule;
}
/**
 * Read live from domain controllers. One of ldap, ldif, csv, excel and yaml is required.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "LdapConfiguration".
 */
export interface LdapConfiguration {
  /**
   * Domain controllers of one domain, tried in order: ldaps://dc1.company.org, or ldaps+srv://company.org for those that DNS names (_ldap._tcp), by priority and weight. With two or more, a second one is asked before anybody who is missing on the first is suspended.
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
  /**
   * Where the search starts, with everything below, e.g. OU=Staff,DC=company,DC=org.
   */
  baseDn: string;
  /**
   * Entries in one answer. Default 1000, the most that AD gives.
   */
  pageSize?: number;
  /**
   * A server that sends more entries than this in one answer is not believed. Default 500000.
   */
  maxEntries?: number;
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
 * Read from an export of a directory.
 *
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
  encoding?: Encoding;
  /**
   * Entries elsewhere are passed over. Left out: all entries count.
   */
  baseDn?: string;
}
/**
 * Read from a table as text.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "CsvConfiguration".
 */
export interface CsvConfiguration {
  /**
   * Table with a heading in its first row, relative to this file.
   */
  file: string;
  /**
   * Left out: the one that the headings are separated by.
   */
  delimiter?: ';' | ',' | '\t';
  encoding?: Encoding;
  /**
   * optional: the file may end without a line end, as Google Sheets and SheetJS write it; a file that was cut short inside its last value then looks whole. Default required.
   */
  lastLineEnd?: 'required' | 'optional';
  accounts?: Accounts;
}
/**
 * Read from a workbook.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "ExcelConfiguration".
 */
export interface ExcelConfiguration {
  /**
   * Workbook (.xlsx), relative to this file.
   */
  file: string;
  /**
   * Needed if the workbook has more than one.
   */
  sheet?: string;
  accounts?: Accounts;
}
/**
 * Accounts written by hand in this repository.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "YamlConfiguration".
 */
export interface YamlConfiguration {
  /**
   * Folder below this file with accounts written by hand, one .yaml file each (schemas/handwritten.schema.json).
   */
  folder: string;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "SelectionFilter".
 */
export interface SelectionFilter {
  include?: FilterRule;
  exclude?: FilterRule1;
}
/**
 * Keep only entries that match.
 */
export interface FilterRule {
  attribute: Attribute;
  /**
   * One of them must match. distinguishedName: subtree; memberOf: CN or DN of the group, nested ones and the primary group too; others: whole value without case, * as wildcard.
   *
   * @minItems 1
   */
  values: string[];
}
/**
 * Leave out entries that match.
 */
export interface FilterRule1 {
  attribute: Attribute;
  /**
   * One of them must match. distinguishedName: subtree; memberOf: CN or DN of the group, nested ones and the primary group too; others: whole value without case, * as wildcard.
   *
   * @minItems 1
   */
  values: string[];
}
/**
 * Which attribute (of csv and excel: which column, by its heading without case) becomes what of an account. A key that is left out has its default; csv and excel have none and need email, fullName and accountKey.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "Mapping".
 */
export interface Mapping {
  email?: Attributes;
  fullName?: Names;
  /**
   * Name of an attribute, of a table: the heading of a column.
   */
  accountKey?: string;
  /**
   * Name of an attribute, of a table: the heading of a column.
   */
  formerAccountKey?: string;
  mobile?: Attributes1;
  /**
   * Of a directory always userAccountControl (disabled) and accountExpires. csv and excel: the column that says yes or no (also ja, nee, actief, inactief, aktiv, vrai, faux, enabled, disabled, true, false, 1, 0), `attribute` with words of your own, or `none` (default): every row is active.
   */
  active?:
    | string
    | {
        attribute: Attribute;
        yes?: Words;
        no?: Words;
      };
  /**
   * What reviewers are told of somebody who loses access, where it can be read. Default with ldap and ldif: department, title and manager; of csv and excel the columns that are named; `none`: nothing.
   */
  context?:
    | string
    | {
        /**
         * Name of an attribute, of a table: the heading of a column.
         */
        department?: string;
        /**
         * Name of an attribute, of a table: the heading of a column.
         */
        title?: string;
        /**
         * Name of an attribute, of a table: the heading of a column.
         */
        manager?: string;
      };
  /**
   * People who log on in another forest have a disabled user with a linked mailbox here (msExchRecipientTypeDetails 2 and msExchMasterAccountSid). `disabled` (default): they are disabled, and the review says how many; `active`: only accountExpires counts.
   */
  linkedMailboxes?: 'active' | 'disabled';
  /**
   * Name of an attribute, of a table: the heading of a column.
   */
  aliases?: string;
  /**
   * Name of an attribute, of a table: the heading of a column.
   */
  members?: string;
  /**
   * What is done to a name or key after it was read, from top to bottom. Two people who end up with one key are both left as they are.
   */
  changes?: {
    fullName?: Changes;
    accountKey?: Changes;
  };
  /**
   * Name of an attribute, of a table: the heading of a column.
   */
  match?: string;
  /**
   * Name of an attribute, of a table: the heading of a column.
   */
  asOf?: string;
  delegates?: Delegates;
  groups?: Groups;
  sharedMailboxes?: SharedMailboxes;
}
/**
 * Organisational unit in Zivver. It must exist there.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "DivisionRule".
 */
export interface DivisionRule {
  /**
   * none (default): divisions in Zivver stay as they are. domain: the domain of the address. attribute: its value, / where it is empty. ou: the row of the table with the nearest unit above the person, / without one. constant: the same for everybody.
   */
  by: 'none' | 'domain' | 'attribute' | 'ou' | 'constant';
  attribute?: Attributes3;
  /**
   * For constant.
   */
  value?: string;
  /**
   * For ou: units in the directory and what they are in Zivver. Units below count too; the longest match wins.
   *
   * @minItems 1
   */
  ou?: {
    /**
     * Distinguished name of the unit.
     */
    dn: string;
    /**
     * What it is in Zivver.
     */
    division: string;
  }[];
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "Handover".
 */
export interface Handover {
  /**
   * Key that the account has now.
   */
  from: string;
  /**
   * Key of the entry that gets it.
   */
  to: string;
  /**
   * For the review and the auditor.
   */
  reason: string;
}
/**
 * A limit that also holds over time, counted from the ledger.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "LimitOverTime".
 */
export interface LimitOverTime {
  /**
   * So many are always allowed.
   */
  floor?: number;
  /**
   * Per cent.
   */
  share?: number;
  /**
   * Never more than this. Left out: no such bound.
   */
  cap?: number;
  /**
   * Times the limit of one plan, over 24 hours.
   */
  perDay?: number;
  /**
   * Times the limit of one plan, over 7 days.
   */
  perWeek?: number;
}
/**
 * Limit = min(max(floor, share % of the population), cap).
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "Limit".
 */
export interface Limit {
  /**
   * So many are always allowed.
   */
  floor?: number;
  /**
   * Per cent.
   */
  share?: number;
  /**
   * Never more than this. Left out: no such bound.
   */
  cap?: number;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "LimitOverride".
 */
export interface LimitOverride {
  /**
   * The limit that the refusal named.
   */
  rule:
    | 'suspend'
    | 'unexplained'
    | 'delete'
    | 'reactivate'
    | 'accessGranted'
    | 'adopt'
    | 'create'
    | 'sameAttribute'
    | 'membersRemoved'
    | 'ambiguous'
    | 'openAccess'
    | 'ssoKeys'
    | 'sourceFloor'
    | 'emptyAttribute';
  /**
   * Source, attribute or address the refusal named, if it named one.
   */
  subject?: string;
  /**
   * Lifts the limit over this time, not the limit of one plan.
   */
  over?: 'day' | 'week';
  /**
   * Exactly the number the refusal printed; any other number is refused. With `over`: at most so many.
   */
  observed: number;
  /**
   * Why it is right this once: for the review and the auditor.
   */
  reason: string;
  /**
   * Who decided it, for the review and the auditor.
   */
  by?: string;
  /**
   * At most 72 hours ahead.
   */
  expires: string;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "SignatureClassRule".
 */
export interface SignatureClassRule {
  /**
   * deletion: accounts are deleted. mailAccess: somebody gets access to another account’s mail. unexplained: somebody loses access whom the source simply no longer has. ssoKey: the single sign-on key of an account that exists is written.
   *
   * @minItems 1
   */
  for: ('deletion' | 'mailAccess' | 'unexplained' | 'ssoKey')[];
  /**
   * So many people, of those with the role. Default 1.
   */
  minimum?: number;
  /**
   * Of the people in signers.yaml; left out: any.
   */
  role?: string;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "LedgerKey".
 */
export interface LedgerKey {
  /**
   * A line of a .pub file.
   */
  key: string;
  /**
   * Every apply that begins at this moment or later is signed.
   */
  from: string;
  /**
   * When the key was replaced, lost or withdrawn. Keep the key: what it signed before stays provable.
   */
  until?: string;
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "Webhook".
 */
export interface Webhook {
  /**
   * As tell and ZIVVER_GITOPS_WEBHOOKS name it.
   */
  name: string;
  /**
   * Which form is posted: an Adaptive Card for Teams, the one of Slack or of Mattermost, or plain JSON.
   */
  kind: 'teams' | 'slack' | 'mattermost' | 'json';
}
/**
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "NotifyRule".
 */
export interface NotifyRule {
  /**
   * waiting: a plan waits for its review. expiring: it expires within 24 hours. applied: a plan was applied, what failed first. open: accounts are open. drift: Zivver is not as approved. refused: a plan could not be made or was refused. certification: owners are late.
   *
   * @minItems 1
   */
  events: ('waiting' | 'expiring' | 'applied' | 'open' | 'drift' | 'refused' | 'certification')[];
  /**
   * Addresses that get a mail.
   */
  to?: Address[];
  /**
   * Names of webhooks.
   */
  webhooks?: string[];
  /**
   * People may be named. Default false: counts and links only.
   */
  names?: boolean;
}
/**
 * One attribute and the values that match.
 *
 * This interface was referenced by `Organisation`'s JSON-Schema
 * via the `definition` "FilterRule".
 */
export interface FilterRule2 {
  attribute: Attribute;
  /**
   * One of them must match. distinguishedName: subtree; memberOf: CN or DN of the group, nested ones and the primary group too; others: whole value without case, * as wildcard.
   *
   * @minItems 1
   */
  values: string[];
}
