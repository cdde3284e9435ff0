// Generated from schemas/results.schema.json by `npm run generate`. Do not edit.

/**
 * access; with --to a reader, with --since differences.
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Access".
 */
export type Access =
  | {
      /**
       * ISO timestamp.
       */
      at: string;
      /**
       * The last plan that had begun; null: none had.
       */
      plan: string | null;
      /**
       * Its desired files were read.
       */
      commit: string | null;
      /**
       * Digest of the last record of the ledger until then.
       */
      record: string | null;
      accounts: AccountAt[];
    }
  | {
      /**
       * ISO timestamp.
       */
      at: string;
      /**
       * The last plan that had begun; null: none had.
       */
      plan: string | null;
      /**
       * Its desired files were read.
       */
      commit: string | null;
      /**
       * Digest of the last record of the ledger until then.
       */
      record: string | null;
      reader: AccountAt;
      accounts: AccountAt[];
    }
  | {
      from: AccessMoment;
      to: AccessMoment;
      differences: {
        account: AccountAt;
        was: AccountAt | null;
        is: AccountAt | null;
        gained: string[];
        lost: string[];
      }[];
    };
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "addresses".
 */
export type Addresses = string[];
/**
 * Addresses.
 */
export type Addresses1 = string[];
/**
 * history: all plans, changes, or accounts; with --held where something about a person stands. In rows an empty text is: unknown.
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "History".
 */
export type History = PlanRow[] | EventRow[] | AccountHistory[] | Held;
/**
 * pull-request verify
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "VerifiedPlans".
 */
export type VerifiedPlans = {
  plan: string;
  /**
   * Digest of the plan.
   */
  digest: string;
  verified: true;
}[];
/**
 * report; with --html the file.
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Report".
 */
export type Report =
  | {
      organisation: string;
      from: string;
      to: string;
      head: {
        plan: string | null;
        record: string | null;
        commit: string | null;
      };
      parts: {
        id: string;
        title: string;
        controls: string[];
        summary: string;
        rows: ReportRow[];
      }[];
      notRecorded: string[];
    }
  | {
      html: string;
    };
/**
 * What one change does to one account: one of five actions, each with exactly the attributes it may touch. `before` and `after` name the same attributes; lists are sorted.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "Change".
 */
export type Change = CreateChange | UpdateChange | SuspendChange | ReactivateChange | DeleteChange;
/**
 * status: an organisation each.
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Status".
 */
export type Status = (OrganisationStatus | BrokenLedger)[];

/**
 * What each command prints on stdout with --json if it succeeds; if it fails, see error.schema.json.
 */
export interface Results {
  access: Access;
  apply: Applied | Abandoned;
  approve: Decided;
  attributes: Attributes;
  'certify start': CertificationStarted;
  'certify status': CertificationStatus;
  completion: Completion;
  demo: Played;
  doctor: Doctor;
  drift: Drift;
  history: History;
  hold: HoldWritten;
  init: Started;
  invert: RolledBack;
  issue: Told;
  'key new': MadeKey;
  'ledger export': ExportedLedger;
  'ledger verify': ProvenLedger;
  notify: Notified;
  plan: Planned;
  preview: Preview;
  prune: Pruned;
  'pull-request comment': Told;
  'pull-request open': Proposed;
  'pull-request report': Told;
  'pull-request verify': VerifiedPlans;
  reject: Decided;
  report: Report;
  restore: RolledBack;
  sandbox: Sandbox;
  show: PlanFile | Page;
  'signers export': ExportedSigners;
  'signers import': ImportedSigners;
  site: Site;
  status: Status;
  verify: Verified;
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "AccountAt".
 */
export interface AccountAt {
  kind: 'user' | 'functional';
  key: string;
  address: string;
  fullName: string;
  active: boolean;
  aliases: string[];
  /**
   * Who can read its mail beside itself.
   */
  readers: string[];
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "AccessMoment".
 */
export interface AccessMoment {
  /**
   * ISO timestamp.
   */
  at: string;
  /**
   * The last plan that had begun; null: none had.
   */
  plan: string | null;
  /**
   * Its desired files were read.
   */
  commit: string | null;
  /**
   * Digest of the last record of the ledger until then.
   */
  record: string | null;
}
/**
 * apply
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Applied".
 */
export interface Applied {
  plan: string;
  verdict: 'complete' | 'incomplete' | 'interrupted' | 'refused' | 'abandoned';
  /**
   * What proves the approval; single: whoever merged it may have made it, and nobody else looked.
   */
  provenBy: 'signatures' | 'reviews' | 'merger' | 'single';
  /**
   * Ids of changes that were done and that the reading afterwards does not show.
   */
  unconfirmed: string[];
  /**
   * Why Zivver could not be read afterwards.
   */
  unread: string | null;
  outcomes: Outcome[];
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Outcome".
 */
export interface Outcome {
  /**
   * Of the change.
   */
  id: string;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "Action".
   */
  action: 'create' | 'update' | 'suspend' | 'reactivate' | 'delete';
  address: string;
  status: 'applied' | 'already-applied' | 'adopted' | 'conflicted' | 'failed' | 'skipped';
  zivverId: string | null;
  detail: string | null;
  cure: string | null;
  /**
   * Why Zivver refused it.
   */
  cause?: string;
  withoutAliases?: RefusedAlias[];
}
export interface RefusedAlias {
  alias: string;
  /**
   * What Zivver answered; earlier-run: an interrupted run of the same plan was refused it.
   */
  why: 'alias-taken' | 'alias-is-guest' | 'alias-domain-not-owned' | 'earlier-run';
}
/**
 * apply --abandon
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Abandoned".
 */
export interface Abandoned {
  /**
   * Of the plan.
   */
  name: string;
  changes: number;
  /**
   * Changes whose outcome was recorded.
   */
  finished: number;
  verdict: 'abandoned';
}
/**
 * approve and reject
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Decided".
 */
export interface Decided {
  plan: string;
  decision: 'approve' | 'reject';
  /**
   * Address.
   */
  signer: string;
  /**
   * Of the key.
   */
  fingerprint: string;
  /**
   * The statement.
   */
  file: string;
}
/**
 * attributes
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Attributes".
 */
export interface Attributes {
  sources: {
    source: string;
    server: string;
    baseDn: string;
    entries: number;
    sample: number | null;
    attributes: {
      name: string;
      filled: number;
      /**
       * 0 to 1.
       */
      share: number;
      distinct: number;
      /**
       * Masked.
       */
      example: string;
      mappedTo: string[];
      isTechnical: boolean;
    }[];
    suggestions: {
      code: string;
      what: string;
      yaml: string | null;
      warning: string | null;
    }[];
  }[];
}
/**
 * certify start
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "CertificationStarted".
 */
export interface CertificationStarted {
  folder: string;
  mailboxes: number;
  readers: number;
  ownerless: string[];
}
/**
 * certify status
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "CertificationStatus".
 */
export interface CertificationStatus {
  campaigns: Campaign[];
  stillReading: CertificationDecision[];
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Campaign".
 */
export interface Campaign {
  campaign: string;
  due: string;
  mailboxes: number;
  keep: number;
  remove: number;
  question: number;
  undecided: number;
  overdue: {
    mailbox: string;
    owner: string | null;
    undecided: number;
  }[];
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "CertificationDecision".
 */
export interface CertificationDecision {
  campaign: string;
  mailbox: string;
  key: string;
  reader: string;
  name: string;
  decision: 'keep' | 'remove' | 'question';
  by: string;
  note: string;
  decidedAt: string;
}
/**
 * completion
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Completion".
 */
export interface Completion {
  shell: string;
  script: string;
}
/**
 * demo
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Played".
 */
export interface Played {
  /**
   * Where everything lies.
   */
  folder: string;
  chapters: number;
}
/**
 * doctor
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Doctor".
 */
export interface Doctor {
  ok: boolean;
  exitCode: number;
  checks: {
    /**
     * Stable, as codes are; sentences are not.
     */
    id: string;
    area: string;
    subject: string;
    status: 'passed' | 'warned' | 'failed' | 'skipped' | 'unknown';
    what: string;
    /**
     * Of the cause.
     */
    code: string | null;
    exitCode: number;
    fix: string | null;
    details: string[];
  }[];
}
/**
 * drift
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Drift".
 */
export interface Drift {
  organisation: string;
  branch: string;
  /**
   * Head of the branch.
   */
  commit: string;
  /**
   * Accounts that are not as they were approved.
   */
  differing: number;
  pendingPlan: string | null;
  changed: {
    kind: 'user' | 'functional';
    key: string | null;
    /**
     * As in Zivver; of a missing account as on the branch.
     */
    address: string;
    fullName: string;
    /**
     * What the branch says.
     */
    isDesiredActive: boolean;
    desired: AccountAttributes;
    now: AccountAttributes;
  }[];
  missing: DriftSubject[];
  suspendedOutside: DriftSubject[];
  reactivatedOutside: DriftSubject[];
  unmanaged: {
    kind: 'user' | 'functional';
    address: string;
    active: boolean;
    /**
     * No review has shown it yet.
     */
    isNew: boolean;
  }[];
  refusedAliases: {
    address: string;
    detail: Fact;
  }[];
  /**
   * Accounts that the merged plan will still change.
   */
  pending: number;
  /**
   * Counts of accounts.
   */
  unverifiable: {
    ssoKeys: number;
    externalIds: number;
    /**
     * What Zivver sends of them cannot be read.
     */
    malformed: number;
    mobiles: number;
  };
  compared: number;
  deletionsNear: {
    kind: 'user' | 'functional';
    key: string | null;
    /**
     * As in Zivver; of a missing account as on the branch.
     */
    address: string;
    fullName: string;
    /**
     * What the branch says.
     */
    isDesiredActive: boolean;
    plan: string;
    at: string;
    days: number;
    deletedFrom: string;
  }[];
  probablyDeleted: string[];
  open: DriftOpen[];
  unrecorded: {
    file: string;
    how: 'added' | 'changed' | 'removed';
    key: string | null;
  }[];
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
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "DriftSubject".
 */
export interface DriftSubject {
  kind: 'user' | 'functional';
  key: string | null;
  /**
   * As in Zivver; of a missing account as on the branch.
   */
  address: string;
  fullName: string;
  /**
   * What the branch says.
   */
  isDesiredActive: boolean;
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
    /**
     * This interface was referenced by `PlanFile`'s JSON-Schema
     * via the `definition` "FactValue".
     */
    [k: string]: string | number | string[] | Fact[] | Fact;
  };
}
/**
 * Of the last merged plan; isNew: the newest plan does not know it.
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "DriftOpen".
 */
export interface DriftOpen {
  address: string;
  kind: 'user' | 'functional';
  key: string;
  value?: string;
  reason: string;
  claimant?: string;
  keepsAccess: boolean;
  since: string;
  isNew: boolean;
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "PlanRow".
 */
export interface PlanRow {
  plan: string;
  state: string;
  createdAt: string;
  begunAt: string;
  endedAt: string;
  changes: string;
  totals: string;
  planAuthor: string;
  mergedBy: string;
  mergedAt: string;
  commit: string;
  reviewedBy: string;
  signedBy: string;
  provenBy: string;
  pullRequest: string;
  runUrl: string;
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "EventRow".
 */
export interface EventRow {
  time: string;
  plan: string;
  /**
   * The same in every plan that contains it.
   */
  change: string;
  address: string;
  fullName: string;
  key: string;
  zivverId: string;
  /**
   * Of a plan, or access-given and access-taken: then mailbox says whose mail.
   */
  action: string;
  mailbox: string;
  reason: string;
  why: string;
  what: string;
  outcome: string;
  detail: string;
  confirmed: string;
  planAuthor: string;
  mergedBy: string;
  mergedAt: string;
  commit: string;
  reviewedBy: string;
  signedBy: string;
  provenBy: string;
  pullRequest: string;
  runUrl: string;
  /**
   * Digest of the record in the ledger.
   */
  record: string;
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "AccountHistory".
 */
export interface AccountHistory {
  kind: 'user' | 'functional';
  key: string | null;
  zivverId: string | null;
  address: string;
  fullName: string;
  /**
   * Every other address and alias that it ever had.
   */
  formerly: string[];
  /**
   * Has a desired file on the branch.
   */
  isManaged: boolean;
  events: EventRow[];
  /**
   * Whose mail the account could read, and no longer.
   */
  readings: EventRow[];
  /**
   * What owners decided at recertifications: about readers of its mail, and about it as a reader.
   */
  certified: CertificationDecision[];
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Held".
 */
export interface Held {
  /**
   * What was looked for.
   */
  names: string[];
  files: {
    file: string;
    /**
     * The desired file of the account.
     */
    isOwn: boolean;
    mentions: number;
  }[];
  plans: {
    plan: string;
    /**
     * history: removed from the branch, earlier commits have it; lost: git no longer has it.
     */
    origin: 'branch' | 'history' | 'lost';
    /**
     * Of the accounts of the person.
     */
    changes: number;
    mentions: number;
  }[];
  ledger: {
    plan: string;
    records: number;
  }[];
  history: {
    /**
     * Commits that changed a desired file of the person.
     */
    versions: number;
    /**
     * That the person made or committed.
     */
    commits: number;
  };
}
/**
 * hold
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "HoldWritten".
 */
export interface HoldWritten {
  hold: Hold;
  file: string;
}
export interface Hold {
  /**
   * Key of the account, as in its desired file.
   */
  key: string;
  /**
   * For the reader; the key decides.
   */
  address: string;
  reason: string;
  /**
   * The plan that was rolled back, if the hold comes from a rollback.
   */
  plan?: string;
  /**
   * First day (UTC) on which the source decides again.
   */
  expires: string;
}
/**
 * init
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Started".
 */
export interface Started {
  /**
   * What was written or kept.
   */
  lines: string[];
  next: {
    text: string;
    commands: string[];
  }[];
}
/**
 * invert and restore: the plan that takes back.
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "RolledBack".
 */
export interface RolledBack {
  changes: number;
  /**
   * Folder of the plan; null: there is nothing to do.
   */
  plan: string | null;
  /**
   * Digest of the plan.
   */
  digest?: string;
  notes: string[];
}
/**
 * pull-request comment, pull-request report, issue
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Told".
 */
export interface Told {
  /**
   * One sentence.
   */
  text: string;
}
/**
 * key new
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "MadeKey".
 */
export interface MadeKey {
  kind: string;
  file: string;
  publicPart: string;
}
/**
 * ledger export
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "ExportedLedger".
 */
export interface ExportedLedger {
  file: string;
  head: string | null;
  plans: number;
}
/**
 * ledger verify
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "ProvenLedger".
 */
export interface ProvenLedger {
  organisation: string;
  lineage: string;
  head: string;
  since: string;
  until: string;
  commits: number;
  plans: number;
  records: number;
  outcomes: {
    [k: string]: number;
  };
  approvals: {
    [k: string]: number;
  };
  ends: {
    signed: number;
    ends: number;
  };
  compared: {
    branch: number;
    history: number;
    notFound: number;
  };
  verified: true;
}
/**
 * notify: whom it reached and whom not.
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Notified".
 */
export interface Notified {
  sent: string[];
  failed: {
    to: string;
    why: string;
  }[];
  /**
   * Why the findings could not be recorded; null: they are.
   */
  unrecorded: string | null;
}
/**
 * plan
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Planned".
 */
export interface Planned {
  changes: number;
  /**
   * Folder of the plan; null: there is nothing to do.
   */
  plan: string | null;
  /**
   * Digest of the plan.
   */
  digest?: string;
  open: OpenAccount[];
  accounting: Accounting;
}
/**
 * An account, or an entry without one, that stays as it is for now; with `value`, only that address of it does.
 *
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "OpenAccount".
 */
export interface OpenAccount {
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "Kind".
   */
  kind: 'user' | 'functional';
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
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "OpenReason".
   */
  reason:
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
    /**
     * RFC 3339, UTC, milliseconds.
     *
     * This interface was referenced by `PlanFile`'s JSON-Schema
     * via the `definition` "timestamp".
     */
    at: string;
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
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  equal: number;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  changed: number;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  open: number;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  excluded: number;
}
/**
 * preview
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Preview".
 */
export interface Preview {
  accounts: {
    kind: 'user' | 'functional';
    origin: 'person' | 'group' | 'shared mailbox';
    source: string;
    dn: string;
    address: string;
    fullName: string;
    nameBefore: string | null;
    active: boolean;
    inactivity: string | null;
    aliases: string[] | null;
    delegates: string[] | null;
    members: string[] | null;
    hasMobile: boolean;
    division: string | null;
  }[];
  excluded: LeftOut[];
  leftOut: LeftOut[];
  notes: string[];
  counts: {
    users: number;
    active: number;
    functional: number;
    excluded: number;
  };
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "LeftOut".
 */
export interface LeftOut {
  source: string | null;
  /**
   * DN or address of what was left out.
   */
  subject: string;
  address: string | null;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "ExclusionReason".
   */
  reason:
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
   * A sentence.
   */
  detail: string;
}
/**
 * prune
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Pruned".
 */
export interface Pruned {
  removed: string[];
  kept: {
    name: string;
    why: string;
  }[];
}
/**
 * pull-request open
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Proposed".
 */
export interface Proposed {
  outcome: 'opened' | 'updated' | 'unchanged' | 'closed' | 'none';
  number: number | null;
  text: string;
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "ReportRow".
 */
export interface ReportRow {
  time: string;
  subject: string;
  name: string;
  what: string;
  why: string;
  plan: string;
  approved: string;
  took: string;
  steps: string;
  outcome: string;
  record: string;
  lag: string;
}
/**
 * sandbox, when it listens.
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Sandbox".
 */
export interface Sandbox {
  url: string;
  /**
   * Null: the one that was given.
   */
  token: string | null;
  domains: string[];
  users: number;
  suspended: number;
  functional: number;
}
/**
 * plans/<organisation>/<NNNN>-<digest8>/plan.json: RFC 8785 canonical JSON and one newline. The digest is over the canonical body.
 */
export interface PlanFile {
  schema: 'zivver-gitops.plan/1';
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "digest".
   */
  digest: string;
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
  /**
   * RFC 3339, UTC, milliseconds.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "timestamp".
   */
  createdAt: string;
  /**
   * RFC 3339, UTC, milliseconds.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "timestamp".
   */
  expiresAt: string;
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
    /**
     * This interface was referenced by `PlanFile`'s JSON-Schema
     * via the `definition` "count".
     */
    users: number;
    /**
     * This interface was referenced by `PlanFile`'s JSON-Schema
     * via the `definition` "count".
     */
    functional: number;
    /**
     * Files new or changed against the branch.
     */
    written: number;
    /**
     * This interface was referenced by `PlanFile`'s JSON-Schema
     * via the `definition` "count".
     */
    removed: number;
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
  /**
   * Items: This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "ApprovalClass".
   */
  for: ('deletion' | 'mailAccess' | 'unexplained' | 'ssoKey')[];
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
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  entries: number;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  groups: number;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  pages: number;
  complete: true;
  absent?: Fact;
  /**
   * Of the last plan on the branch; null = none.
   */
  previousEntries: number | null;
}
/**
 * This interface was referenced by `PlanFile`'s JSON-Schema
 * via the `definition` "ExistingSummary".
 */
export interface ExistingSummary {
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  users: number;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  activeUsers: number;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  functional: number;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  managed: number;
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
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "LimitRule".
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
    | 'emptyAttribute'
    | 'protected'
    | 'administrators';
  /**
   * Source, attribute or address; null if the rule is about the whole plan.
   */
  subject: string | null;
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "count".
   */
  observed: number;
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
  /**
   * First 10 hex digits of the SHA-256 of the change's content.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "changeId".
   */
  change: string;
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
  /**
   * First 10 hex digits of the SHA-256 of the change's content.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "changeId".
   */
  change: string;
  /**
   * Its name.
   */
  plan: string;
  /**
   * RFC 3339, UTC, milliseconds.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "timestamp".
   */
  at: string;
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
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "ExclusionReason".
   */
  reason:
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
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "Kind".
   */
  kind: 'user' | 'functional';
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
  lastLogin: string | null;
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
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "Kind".
   */
  kind: 'user' | 'functional';
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
  /**
   * First 10 hex digits of the SHA-256 of the change's content.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "changeId".
   */
  id: string;
  action: 'create';
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "Kind".
   */
  kind: 'user' | 'functional';
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
  /**
   * First 10 hex digits of the SHA-256 of the change's content.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "changeId".
   */
  id: string;
  action: 'update';
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "Kind".
   */
  kind: 'user' | 'functional';
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
  /**
   * First 10 hex digits of the SHA-256 of the change's content.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "changeId".
   */
  id: string;
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
  /**
   * First 10 hex digits of the SHA-256 of the change's content.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "changeId".
   */
  id: string;
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
  /**
   * First 10 hex digits of the SHA-256 of the change's content.
   *
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "changeId".
   */
  id: string;
  action: 'delete';
  /**
   * This interface was referenced by `PlanFile`'s JSON-Schema
   * via the `definition` "Kind".
   */
  kind: 'user' | 'functional';
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
 * show --html
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Page".
 */
export interface Page {
  plan: string;
  /**
   * The file that was written.
   */
  html: string;
}
/**
 * signers export
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "ExportedSigners".
 */
export interface ExportedSigners {
  allowedSigners: string;
}
/**
 * signers import
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "ImportedSigners".
 */
export interface ImportedSigners {
  file: string;
  people: number;
  /**
   * Not listed before.
   */
  keys: number;
  /**
   * Lines that were left out.
   */
  otherUses: number;
}
/**
 * site
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Site".
 */
export interface Site {
  file: string;
  organisations: {
    organisation: string;
    weeks: {
      monday: string;
      joiners: number;
      leavers: number;
      readers: number;
    }[];
    plans: number;
    incomplete: number;
    refused: number;
    onePair: number;
    toMerge: Quantiles | null;
    toZivver: Quantiles | null;
    limits: {
      rule: string;
      observed: number;
      limit: number;
      plan: string;
    }[];
    open: number | null;
    unmanaged: number | null;
    last: {
      plan: string;
      at: string;
      state: string;
    } | null;
    head: string | null;
    /**
     * What jobs recorded beside the ledger.
     */
    found: {
      refused: number;
      drift: number;
      isDrifting: boolean;
    };
    /**
     * Null: names are not asked for.
     */
    people:
      | {
          at: string;
          address: string;
          name: string;
          what: string;
          plan: string;
        }[]
      | null;
    fromSource: Quantiles | null;
  }[];
}
/**
 * Milliseconds.
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Quantiles".
 */
export interface Quantiles {
  median: number;
  ninth: number;
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "OrganisationStatus".
 */
export interface OrganisationStatus {
  organisation: string;
  /**
   * Null: the branch has no plan.
   */
  newest: NewestPlan | null;
  lastApplied: {
    name: string;
    at: string;
    /**
     * What proves the approval; single: whoever merged it may have made it, and nobody else looked.
     */
    approval: 'signatures' | 'reviews' | 'merger' | 'single';
    verdict: 'complete' | 'incomplete';
    totals: {
      [k: string]: number;
    };
  } | null;
  /**
   * Plan in the work tree that is not on the branch.
   */
  proposed: string | null;
  openAccounts: OpenLine[];
  /**
   * Limits over time of which something is used.
   */
  overTime: LimitFinding[];
  ledgerHead: string;
  ledger: 'verified';
  /**
   * A command; null: there is nothing to do.
   */
  next: string | null;
  /**
   * Whom the last notification did not reach.
   */
  undelivered: ToldFinding[];
  /**
   * Functional accounts without an owner, or to be looked at again; null: there is no owners.yaml.
   */
  owners: {
    missing: number;
    overdue: number;
  } | null;
  overdueCertifications: Campaign[];
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "NewestPlan".
 */
export interface NewestPlan {
  name: string;
  standing:
    | 'applied'
    | 'waiting'
    | 'expired'
    | 'superseded'
    | 'open'
    | 'blocked'
    | 'incomplete'
    | 'interrupted'
    | 'refused'
    | 'abandoned'
    | 'reconfigured';
  changes: number;
  mergedAt: string;
  expiresAt: string;
  /**
   * What proves the approval; single: whoever merged it may have made it, and nobody else looked.
   */
  approval: 'signatures' | 'reviews' | 'merger' | 'single';
  isOverdue: boolean;
  /**
   * The plan whose apply is open.
   */
  openPlan: string | null;
  holder: {
    host: string;
    processId: number;
    runUrl: string | null;
    since: string;
  } | null;
}
export interface OpenLine {
  /**
   * In Zivver, else of the source; of an entry without one its name.
   */
  address: string;
  kind: 'user' | 'functional';
  /**
   * Empty where it cannot be read.
   */
  key: string;
  /**
   * Only this address of it is open.
   */
  value?: string;
  reason: string;
  /**
   * Key of the other entry that has its address.
   */
  claimant?: string;
  keepsAccess: boolean;
  /**
   * Day (UTC) of the first merged plan that told it.
   */
  since: string;
}
export interface ToldFinding {
  type: 'told';
  at: string;
  event: 'waiting' | 'expiring' | 'applied' | 'open' | 'drift' | 'refused' | 'certification';
  /**
   * What it was about; each is told once.
   */
  about: string;
  /**
   * Address, or name of a webhook.
   */
  to: string;
  /**
   * Why it did not arrive. Null: it was taken.
   */
  failure: string | null;
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "BrokenLedger".
 */
export interface BrokenLedger {
  organisation: string;
  ledger: 'invalid';
  why: string;
  problems: Problem[];
}
/**
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Problem".
 */
export interface Problem {
  where: string;
  what: string;
}
/**
 * verify
 *
 * This interface was referenced by `Results`'s JSON-Schema
 * via the `definition` "Verified".
 */
export interface Verified {
  plan: string;
  /**
   * Digest of the plan.
   */
  digest: string;
  changes: number;
  verified: true;
}
