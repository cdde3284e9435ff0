// Generated from schemas/ledger.schema.json by `npm run generate`. Do not edit.

/**
 * One line of <organisation>/<NNNN>-<digest8>.jsonl or genesis.json on the branch `ledger`: canonical JSON. `previous` chains every line to the one before it.
 */
export type LedgerRecord = GenesisRecord | BeginRecord | ResumeRecord | StartedRecord | FinishedRecord | EndRecord;
export type Timestamp = string;
export type Digest = string;
export type OutcomeStatus = 'applied' | 'already-applied' | 'adopted' | 'conflicted' | 'failed' | 'skipped';

export interface GenesisRecord {
  type: 'genesis';
  organisation: string;
  target: string;
  lineage: string;
  at: Timestamp;
}
export interface BeginRecord {
  type: 'begin';
  previous: Digest;
  at: Timestamp;
  plan: Digest;
  sequence: number;
  changes: number;
  existing: Populations;
  /**
   * What its changes take away, as far as limits over time count it.
   */
  takes: Taking[];
  holder: Holder;
  approval: ApprovalFacts;
}
/**
 * Before the apply: what its limits are shares of.
 */
export interface Populations {
  users: number;
  activeUsers: number;
  functional: number;
  managed: number;
  activeManaged: number;
}
export interface Taking {
  change: string;
  zivverId: string;
  /**
   * How many the limit of that name counts.
   */
  counts: {
    suspend?: number;
    unexplained?: number;
    delete?: number;
    membersRemoved?: number;
  };
}
/**
 * Who runs the apply.
 */
export interface Holder {
  host: string;
  processId: number;
  /**
   * Null: the system has none (Windows, macOS).
   */
  bootId: string | null;
  /**
   * Null: the system has none.
   */
  pidNamespace: string | null;
  /**
   * In ticks since the boot. Null: not known.
   */
  processStart: string | null;
  /**
   * CI run, if any.
   */
  runUrl: string | null;
}
export interface ApprovalFacts {
  branch: string;
  /**
   * Null: approval.gitRemote is none, the branches of the clone decided.
   */
  gitRemote: string | null;
  /**
   * Head of the branch at the time of the apply.
   */
  commit: string;
  /**
   * Commit that brought the plan onto the branch (first parent history).
   */
  planCommit: string;
  planAuthor: string;
  /**
   * Author of a merge, else committer. Null: squashed or rebased on the web, by whom is not in git.
   */
  mergedBy: string | null;
  mergedAt: string;
  /**
   * True: apply proved, as far as git knows, that a person merged it who did not make it.
   */
  distinctPeople: boolean;
  /**
   * Null: approval.signatures was not configured.
   */
  signatures: SignatureFacts | null;
  /**
   * Null: approval.reviews was not configured.
   */
  reviews: ReviewFacts | null;
}
/**
 * What apply proved of the signed statements, and all that proves it again.
 */
export interface SignatureFacts {
  /**
   * Different people who had to sign.
   */
  minimum: number;
  /**
   * Rules for classes of effects that were in force.
   */
  rules: {
    for: ('deletion' | 'mailAccess' | 'unexplained' | 'ssoKey')[];
    minimum: number;
    role: string | null;
  }[];
  /**
   * Commit whose signers.yaml listed the people.
   */
  signersCommit: string;
  /**
   * Whom git names as author or committer of the plan; none of them counted.
   */
  authors: string[];
  /**
   * The statements that counted, one a person.
   */
  approvals: SignedApproval[];
}
export interface SignedApproval {
  name: string;
  address: string;
  role: string | null;
  /**
   * The public key, as in a .pub file.
   */
  key: string;
  /**
   * The text that was signed, byte for byte.
   */
  statement: string;
  /**
   * As ssh-keygen -Y sign wrote it.
   */
  signature: string;
}
/**
 * What the forge said at the moment of the apply. Nobody can prove it again.
 */
export interface ReviewFacts {
  forge: 'github' | 'gitlab' | 'forgejo' | 'azure';
  /**
   * Number of the pull request or merge request.
   */
  proposal: number;
  url: string;
  /**
   * Commit of the pull request that was merged and approved.
   */
  head: string;
  /**
   * The approvals that counted, one a person.
   */
  reviews: {
    login: string;
    /**
     * As the forge names the review, or the person who voted.
     */
    id: string;
    commit: string;
    at: string;
  }[];
}
export interface ResumeRecord {
  type: 'resume';
  previous: Digest;
  at: Timestamp;
  holder: Holder;
  /**
   * Why the previous holder is known to be gone, or that the previous run had ended with failures.
   */
  proof: string;
}
export interface StartedRecord {
  type: 'started';
  previous: Digest;
  at: Timestamp;
  change: string;
}
export interface FinishedRecord {
  type: 'finished';
  previous: Digest;
  at: Timestamp;
  change: string;
  address: string;
  status: OutcomeStatus;
  zivverId: string | null;
  /**
   * What happened, for failures and conflicts.
   */
  detail: string | null;
  cure: string | null;
  /**
   * Kind of refusal, if Zivver refused it.
   */
  cause?: string;
  /**
   * Key of the account, if the change created it.
   */
  created?: string;
  /**
   * Aliases that Zivver refused, so that the rest was done without them.
   *
   * @minItems 1
   */
  withoutAliases?: RefusedAlias[];
}
export interface RefusedAlias {
  alias: string;
  /**
   * What Zivver answered; earlier-run: an interrupted run of the same plan was refused it.
   */
  why: 'alias-taken' | 'alias-is-guest' | 'alias-domain-not-owned' | 'earlier-run';
}
export interface EndRecord {
  type: 'end';
  previous: Digest;
  at: Timestamp;
  /**
   * abandoned: the run died and was closed without a write; what it had done is in Zivver, the rest is not.
   */
  verdict: 'complete' | 'incomplete' | 'interrupted' | 'refused' | 'abandoned';
  totals: {
    [k: string]: number;
  };
  /**
   * Change ids whose result the final reading of Zivver did not show; with `unread`, all that were answered with success.
   */
  unconfirmed: string[];
  /**
   * Why the final reading failed, so that nothing could be confirmed.
   */
  unread?: string;
  /**
   * As ssh-keygen -Y sign writes it, namespace ledger@zivver-gitops, over this record without this field and a newline; `previous` makes it one over the whole ledger until here. Left out: no key of ledger.keys was in force.
   */
  signature?: string;
}
