// Generated from schemas/plan.schema.json by `npm run generate`. Do not edit.

/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "digest".
 */
export type Digest = string;
/**
 * RFC 3339, UTC, milliseconds.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "timestamp".
 */
export type Timestamp = string;
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "count".
 */
export type Count = number;
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "ApprovalClass".
 */
export type ApprovalClass = 'deletion' | 'mailAccess' | 'unexplained' | 'ssoKey';
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "FactValue".
 */
export type FactValue = string | Count | string[] | Fact[] | Fact;
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "LimitRule".
 */
export type LimitRule =
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
  | 'emptyAttribute'
  | 'protected'
  | 'administrators';
/**
 * First 10 hex digits of the SHA-256 of the change's content.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "changeId".
 */
export type ChangeId = string;
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "ExclusionReason".
 */
export type ExclusionReason =
  | 'not-a-person'
  | 'room-mailbox'
  | 'shared-mailbox'
  | 'filtered'
  | 'no-address'
  | 'unclaimed-address'
  | 'no-name'
  | 'no-key'
  | 'unknown-state'
  | 'lost-rights'
  | 'ambiguous'
  | 'unrecorded'
  | 'handed-over'
  | 'missing-kept'
  | 'disabled-without-account'
  | 'creation-off'
  | 'update-off'
  | 'reactivation-off'
  | 'alias-unclaimed'
  | 'alias-invalid'
  | 'mobile-unusable'
  | 'delegate-left-out'
  | 'delegate-ambiguous'
  | 'join-unmatched'
  | 'member-left-out'
  | 'waits'
  | 'bootstrap';
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Kind".
 */
export type Kind = 'user' | 'functional';
/**
 * What one change does to one account: one of five actions, each with exactly the attributes it may touch. `before` and `after` name the same attributes; lists are sorted.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Change".
 */
export type Change = CreateChange | UpdateChange | SuspendChange | ReactivateChange | DeleteChange;
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "addresses".
 */
export type Addresses = string[];
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "OpenReason".
 */
export type OpenReason =
  | 'claimed'
  | 'remade'
  | 'another-person'
  | 'ambiguous'
  | 'address-held'
  | 'alias-held'
  | 'alias-refused'
  | 'refused-twice'
  | 'circular-addresses'
  | 'wrong-kind'
  | 'malformed'
  | 'lost-rights'
  | 'no-key'
  | 'unknown-state'
  | 'no-name'
  | 'no-address'
  | 'unclaimed-address'
  | 'unreadable'
  | 'servers-disagree'
  | 'unconfirmed'
  | 'grace'
  | 'on-hold'
  | 'members-disagree'
  | 'waiting';
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Action".
 */
export type Action = 'create' | 'update' | 'suspend' | 'reactivate' | 'delete';
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Reason".
 */
export type Reason =
  | 'new'
  | 'attributes'
  | 'renamed'
  | 'disabled'
  | 'expired'
  | 'moved'
  | 'filtered'
  | 'address-removed'
  | 'deleted'
  | 'unexplained'
  | 'returned'
  | 'handed-over'
  | 'sign-on'
  | 'suspended-outside'
  | 'rollback';
/**
 * Addresses.
 */
export type Addresses1 = string[];

/**
 * plans/<organisation>/<NNNN>-<digest8>/plan.json: RFC 8785 canonical JSON and one newline. The digest is over the canonical body.
 */
export interface PlanFile {
  schema: 'zivver-gitops.plan/1';
  digest: Digest;
  body: PlanBody;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "PlanBody".
 */
export interface PlanBody {
  organisation: string;
  target: string;
  /**
   * UUID of the ledger's genesis record.
   */
  lineage: string;
  sequence: number;
  /**
   * Digest of the last ledger line.
   */
  parent: string;
  createdAt: Timestamp;
  expiresAt: Timestamp;
  tool: string;
  /**
   * First plan: creates and adoptions only.
   */
  bootstrap: boolean;
  /**
   * SHA-256 of organisation.yaml.
   */
  configuration: string;
  desired: {
    /**
     * SHA-256 over `<git blob id> <path>` lines of all desired files, sorted by path.
     */
    digest: string;
    users: Count;
    functional: Count;
    /**
     * Files new or changed against the branch.
     */
    written: number;
    removed: Count;
    /**
     * Existing accounts that this plan takes under management.
     */
    adopted: number;
  };
  approval: {
    branch: string;
    /**
     * Without signatures and reviews somebody else than its author must merge it.
     */
    distinctPeople: boolean;
    /**
     * Null: none are asked for.
     */
    signatures: SignatureRule | null;
    /**
     * Approving reviews that apply asks the forge for; null: none.
     */
    reviews: ReviewRule | null;
  };
  sso: boolean;
  source: SourceSummary[];
  existing: ExistingSummary;
  limits: LimitFinding[];
  /**
   * Limits over 24 hours and 7 days of which earlier plans have used something, as the ledger had it when the plan was made. Apply measures them again.
   */
  overTime: LimitFinding[];
  /**
   * As the ledger has it; apply proves it.
   */
  failedBefore: FailedBefore[];
  /**
   * Of those who lose access: the last plan that changed the account, as the ledger has it; apply proves it.
   */
  touchedBefore: TouchedBefore[];
  /**
   * Warnings of the sources, and advice.
   */
  notes: Fact[];
  exclusions: Exclusion[];
  unmanaged: UnmanagedAccount[];
  dormant?: Dormant;
  /**
   * Owners of functional accounts by managedBy in the source, as far as they were read and are in use; left out: none.
   */
  ownersInSource?: SourceOwner[];
  /**
   * Accounts that get a desired file, with what Zivver has in it; nothing is written to Zivver for them.
   */
  adopted: AdoptedAccount[];
  /**
   * In the order of replay.
   */
  changes: Change[];
  /**
   * age file, base64: SSO keys by change id, mobile numbers by their sealed form. Null if no change needs any.
   */
  sealed: string | null;
  /**
   * What the tool could not decide or may not act on. Those that keep access although the source does not give it first, then the new ones.
   */
  open: OpenAccount[];
  accounting: Accounting;
}
/**
 * approval.signatures of organisation.yaml.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "SignatureRule".
 */
export interface SignatureRule {
  /**
   * Different people who must have signed.
   */
  minimum: number;
  rules: SignatureClassRule[];
}
/**
 * So many people with the role (null: any), if the plan does one of these.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "SignatureClassRule".
 */
export interface SignatureClassRule {
  for: ApprovalClass[];
  minimum: number;
  role: string | null;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "ReviewRule".
 */
export interface ReviewRule {
  forge: 'github' | 'gitlab' | 'forgejo' | 'azure';
  minimum: number;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "SourceSummary".
 */
export interface SourceSummary {
  name: string;
  kind: 'ldap' | 'ldif' | 'csv' | 'excel' | 'yaml';
  server: string;
  baseDn: string;
  entries: Count;
  groups: Count;
  pages: Count;
  complete: true;
  absent?: Fact;
  /**
   * Of the last plan on the branch; null = none.
   */
  previousEntries: number | null;
}
/**
 * A sentence by its name in src/model/facts/, and its values. A plan holds no words: whoever shows it makes them.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Fact".
 */
export interface Fact {
  says: string;
  with: {
    [k: string]: FactValue;
  };
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "ExistingSummary".
 */
export interface ExistingSummary {
  users: Count;
  activeUsers: Count;
  functional: Count;
  managed: Count;
  /**
   * Active managed users: the population of the suspend limit.
   */
  activeManaged: number;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "LimitFinding".
 */
export interface LimitFinding {
  rule: LimitRule;
  /**
   * Source, attribute or address; null if the rule is about the whole plan.
   */
  subject: string | null;
  observed: Count;
  /**
   * sourceFloor: the least allowed; all others: the most allowed. Null = no limit.
   */
  limit: number | null;
  /**
   * Population the share was taken of.
   */
  of: number;
  /**
   * Absent: the limit of one plan.
   */
  over?: {
    span: 'day' | 'week';
    /**
     * How many of the observed come from earlier plans.
     */
    earlier: number;
  };
  /**
   * Of organisation.yaml, where the verdict is overridden.
   */
  override?: {
    reason: string;
    expires: string;
    /**
     * Who decided it, as the file says; null: it does not say.
     */
    by: string | null;
  };
  /**
   * reduced: beyond the limit of openAccess, so that the plan holds only suspensions on an account's own evidence and everything else waits.
   */
  verdict: 'within' | 'overridden' | 'exceeded' | 'reduced';
}
/**
 * A change of this plan that an earlier apply did not do.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "FailedBefore".
 */
export interface FailedBefore {
  change: ChangeId;
  /**
   * Name of the last plan that had it.
   */
  plan: string;
  status: 'failed' | 'conflicted' | 'skipped';
  detail: string;
  /**
   * Plans since it was last done.
   */
  times: number;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "TouchedBefore".
 */
export interface TouchedBefore {
  change: ChangeId;
  /**
   * Its name.
   */
  plan: string;
  at: Timestamp;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Exclusion".
 */
export interface Exclusion {
  source: string | null;
  /**
   * DN or address of what was left out.
   */
  subject: string;
  address: string | null;
  reason: ExclusionReason;
  detail: Fact;
  /**
   * Not in the last accepted plan; left out: it was, or there is none.
   */
  isNew?: true;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "UnmanagedAccount".
 */
export interface UnmanagedAccount {
  kind: Kind;
  address: string;
  active: boolean;
}
/**
 * Left out: no source showed when people last logged in.
 */
export interface Dormant {
  /**
   * Whoever has logged in within so many days is not dormant.
   */
  days: number;
  /**
   * Those that show it.
   */
  sources: {
    name: string;
    /**
     * Selected, with an account, in use.
     */
    people: number;
  }[];
  accounts: DormantAccount[];
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "DormantAccount".
 */
export interface DormantAccount {
  address: string;
  source: string;
  /**
   * Null: the source has none on record.
   */
  lastLogin: Timestamp | null;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "SourceOwner".
 */
export interface SourceOwner {
  /**
   * Address of the functional account.
   */
  account: string;
  /**
   * Name and address.
   */
  owner: string;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "AdoptedAccount".
 */
export interface AdoptedAccount {
  kind: Kind;
  key: string;
  zivverId: string;
  address: string;
  /**
   * As in Zivver.
   */
  fullName: string;
  /**
   * Of the source: who is taken for the owner of the account.
   */
  entry: string;
  /**
   * Mark of another program, which the first change with aliases or delegates replaces; null = none, or our key.
   */
  externalAccountId: string | null;
}
/**
 * A new account.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "CreateChange".
 */
export interface CreateChange {
  id: ChangeId;
  action: 'create';
  kind: Kind;
  key: string;
  zivverId: null;
  /**
   * The new address.
   */
  address: string;
  /**
   * For the reader; the new name.
   */
  fullName: string;
  reason: 'new';
  evidence: Evidence;
  /**
   * Nothing.
   */
  before: {};
  after: Created;
  /**
   * True if the plan's sealed part holds the SSO key for this change.
   */
  sealed: boolean;
}
/**
 * What the source said. Null parts are unknown.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Evidence".
 */
export interface Evidence {
  source: string | null;
  /**
   * Where the entry was seen: in the selection, elsewhere in the domain, among deleted objects, in a file that is no directory (csv, excel, yaml), or nowhere: not in the domain; not in any such file; neither in one nor in the domain; unasked: selected by no source, and nobody was asked where it is.
   */
  lookup: 'selection' | 'domain' | 'deleted' | 'file' | 'nowhere' | 'no-file' | 'neither' | 'unasked';
  /**
   * DN
   */
  entry: string | null;
  attribute: string | null;
  value: string | null;
  /**
   * Of nowhere and neither: whether deleted objects could be read too.
   */
  sawDeleted?: boolean;
  beside?: Fact;
  /**
   * Since when the source says so, of somebody who loses access. replPropertyMetaData and accountExpires: exact; whenChanged: the last change of the entry, so not later than that.
   */
  since?: {
    at: Timestamp;
    by: 'replPropertyMetaData' | 'whenChanged' | 'accountExpires';
  };
  /**
   * Who somebody is that loses access, as far as the source has it and mapping.context asks for it.
   */
  person?: {
    department?: string;
    title?: string;
    manager?: string;
  };
  /**
   * Domain controllers that were asked about an absence, in order.
   *
   * @minItems 1
   */
  servers?: string[];
}
/**
 * Everything a new account has.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Created".
 */
export interface Created {
  address: string;
  fullName: string;
  /**
   * Of a user.
   */
  active?: true;
  aliases?: Addresses;
  delegates?: Addresses;
  members?: Addresses;
  mobile?: string;
  division?: string;
  /**
   * The key of the change.
   */
  externalAccountId: string;
}
/**
 * Other attributes of an account that stays as active as it is.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "UpdateChange".
 */
export interface UpdateChange {
  id: ChangeId;
  action: 'update';
  kind: Kind;
  key: string;
  zivverId: string;
  /**
   * As in Zivver now.
   */
  address: string;
  /**
   * For the reader; as in Zivver now.
   */
  fullName: string;
  reason:
    | 'attributes'
    | 'renamed'
    | 'handed-over'
    | 'sign-on'
    | 'rollback'
    | 'disabled'
    | 'expired'
    | 'moved'
    | 'filtered'
    | 'address-removed'
    | 'deleted'
    | 'unexplained';
  evidence: Evidence;
  before: UpdatedBefore;
  after: UpdatedAfter;
  /**
   * True if the plan's sealed part holds the SSO key for this change.
   */
  sealed: boolean;
}
/**
 * Touched attributes as they are now.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "UpdatedBefore".
 */
export interface UpdatedBefore {
  address?: string;
  fullName?: string;
  aliases?: Addresses;
  delegates?: Addresses;
  members?: Addresses;
  mobile?: string | null;
  division?: string | null;
  externalAccountId?: string | null;
  signOnKey?: string;
}
/**
 * The same attributes as they shall be.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "UpdatedAfter".
 */
export interface UpdatedAfter {
  address?: string;
  fullName?: string;
  aliases?: Addresses;
  delegates?: Addresses;
  members?: Addresses;
  mobile?: string | null;
  division?: string;
  externalAccountId?: string;
  signOnKey?: string | null;
}
/**
 * A person who cannot log in any more.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "SuspendChange".
 */
export interface SuspendChange {
  id: ChangeId;
  action: 'suspend';
  kind: 'user';
  /**
   * Null for an account without a key of ours (unmanaged treated as missing).
   */
  key: string | null;
  zivverId: string;
  /**
   * As in Zivver now.
   */
  address: string;
  /**
   * For the reader; as in Zivver now.
   */
  fullName: string;
  reason: 'disabled' | 'expired' | 'moved' | 'filtered' | 'address-removed' | 'deleted' | 'unexplained' | 'rollback';
  evidence: Evidence;
  before: SuspendedBefore;
  after: SuspendedAfter;
  /**
   * True if the sealed part holds the SSO key: where it gives up aliases, its extension goes as a whole.
   */
  sealed: boolean;
}
/**
 * Beside the state only addresses that it gives up.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "SuspendedBefore".
 */
export interface SuspendedBefore {
  active: true;
  /**
   * Only where another change takes the present one.
   */
  address?: string;
  aliases?: Addresses;
}
/**
 * Without the addresses that it gives up.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "SuspendedAfter".
 */
export interface SuspendedAfter {
  active: false;
  /**
   * Only where another change takes the present one.
   */
  address?: string;
  aliases?: Addresses;
}
/**
 * A suspended person who can log in again.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "ReactivateChange".
 */
export interface ReactivateChange {
  id: ChangeId;
  action: 'reactivate';
  kind: 'user';
  /**
   * Null for an account without a key of ours (unmanaged treated as missing).
   */
  key: string | null;
  zivverId: string;
  /**
   * As in Zivver now.
   */
  address: string;
  /**
   * For the reader; as in Zivver now.
   */
  fullName: string;
  reason: 'returned' | 'handed-over' | 'suspended-outside' | 'rollback';
  evidence: Evidence;
  before: ReactivatedBefore;
  after: ReactivatedAfter;
  /**
   * True if the plan's sealed part holds the SSO key for this change.
   */
  sealed: boolean;
}
/**
 * Touched attributes as they are now.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "ReactivatedBefore".
 */
export interface ReactivatedBefore {
  active: false;
  address?: string;
  fullName?: string;
  aliases?: Addresses;
  delegates?: Addresses;
  members?: Addresses;
  mobile?: string | null;
  division?: string | null;
  externalAccountId?: string | null;
  signOnKey?: string;
}
/**
 * The same attributes as they shall be.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "ReactivatedAfter".
 */
export interface ReactivatedAfter {
  active: true;
  address?: string;
  fullName?: string;
  aliases?: Addresses;
  delegates?: Addresses;
  members?: Addresses;
  mobile?: string | null;
  division?: string;
  externalAccountId?: string;
  signOnKey?: string | null;
}
/**
 * An account that is gone for ever, with its messages.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "DeleteChange".
 */
export interface DeleteChange {
  id: ChangeId;
  action: 'delete';
  kind: Kind;
  /**
   * Null for an account without a key of ours (unmanaged treated as missing).
   */
  key: string | null;
  zivverId: string;
  /**
   * As in Zivver now.
   */
  address: string;
  /**
   * For the reader; as in Zivver now.
   */
  fullName: string;
  reason: 'disabled' | 'expired' | 'moved' | 'filtered' | 'address-removed' | 'deleted' | 'unexplained';
  evidence: Evidence;
  before: DeletedBefore;
  /**
   * Nothing.
   */
  after: {};
  sealed: false;
}
/**
 * What is lost.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "DeletedBefore".
 */
export interface DeletedBefore {
  address: string;
  fullName: string;
  active: boolean;
}
/**
 * An account, or an entry without one, that stays as it is for now; with `value`, only that address of it does.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "OpenAccount".
 */
export interface OpenAccount {
  kind: Kind;
  /**
   * Null where it cannot be read.
   */
  key: string | null;
  /**
   * Null: Zivver has no account.
   */
  zivverId: string | null;
  /**
   * As in Zivver, else as the source has it.
   */
  address: string | null;
  fullName: string | null;
  source: string | null;
  /**
   * DN or file of the entry that has this key.
   */
  entry: string | null;
  /**
   * The address that is left as it is; null: the whole account.
   */
  value: string | null;
  reason: OpenReason;
  /**
   * Can be used in Zivver although the source gives it to nobody, or says that it must not be used.
   */
  keepsAccess: boolean;
  /**
   * Day (UTC) of the plan that told it first.
   */
  since: string;
  /**
   * Not in open.yaml of the branch.
   */
  isNew: boolean;
  /**
   * What the source says of the account itself; null: nothing was looked at.
   */
  evidence: Evidence | null;
  /**
   * The other entry that has its address or key.
   */
  claimant: Claimant | null;
  detail: Fact;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Claimant".
 */
export interface Claimant {
  key: string;
  source: string;
  entry: string;
  address: string;
}
/**
 * Every entry read and every managed account ends in exactly one class.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Accounting".
 */
export interface Accounting {
  entries: Classes;
  managed: Classes;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Classes".
 */
export interface Classes {
  equal: Count;
  changed: Count;
  open: Count;
  excluded: Count;
}
/**
 * By lastLogonTimestamp, which Active Directory writes at most every 14 days: a login may be so much later.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Dormant".
 */
export interface Dormant1 {
  /**
   * Whoever has logged in within so many days is not dormant.
   */
  days: number;
  /**
   * Those that show it.
   */
  sources: {
    name: string;
    /**
     * Selected, with an account, in use.
     */
    people: number;
  }[];
  accounts: DormantAccount[];
}
/**
 * Any attributes of an account. Where mobile numbers are sealed they are masked, with a fingerprint.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "AccountAttributes".
 */
export interface AccountAttributes {
  address?: string;
  fullName?: string;
  active?: boolean;
  aliases?: Addresses;
  delegates?: Addresses;
  members?: Addresses1;
  /**
   * Where mobile numbers are sealed: masked, and with a fingerprint.
   */
  mobile?: string | null;
  division?: string | null;
  externalAccountId?: string | null;
  /**
   * How the single sign-on key is made, such as `objectGUID as base64`; unknown: another program or a person may have set it; null: none is sent, which erases it.
   */
  signOnKey?: string | null;
}
