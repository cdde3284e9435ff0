import type { ForgeKind } from './forges.ts';

/** Somebody as the forge knows them. */
export interface ForgeAccount {
  /** Stays when the login changes. */
  readonly id: string;
  readonly login: string;
  /** As in git; empty: the forge does not tell. */
  readonly name: string;
  /** Empty: the forge does not tell. */
  readonly address: string;
  readonly isPerson: boolean;
}

/** Whose the forge says a commit is; null: nobody it knows. */
export interface ProposalCommit {
  readonly sha: string;
  readonly author: ForgeAccount | null;
  readonly committer: ForgeAccount | null;
}

/** What somebody said about a pull request. `dismissed`: it was an approval or an objection, and counts no more. */
export interface Verdict {
  readonly id: string;
  /** Null: the account was deleted. */
  readonly by: ForgeAccount | null;
  readonly kind: 'approves' | 'objects' | 'dismissed';
  /** The head that was looked at; null: unknown. Where the forge keeps none, the last one that was pushed before the verdict. */
  readonly commit: string | null;
  /** ISO 8601; empty: unknown. */
  readonly at: string;
  /** Could have written it; only of approvals. */
  readonly mayWrite: boolean;
}

/** A pull request (merge request) that was merged, with all that was said about it. */
export interface MergedProposal {
  readonly number: number;
  readonly url: string;
  readonly isMerged: boolean;
  /** Into which branch. */
  readonly branch: string;
  /** False: of another repository. */
  readonly isOfRepository: boolean;
  /** Commit that was merged. */
  readonly head: string;
  /** Ref of the git remote under which the forge keeps the head, after a squash too. */
  readonly headRef: string;
  /** The merge, the squashed commit or the last of the rebased ones; null: none is named. */
  readonly mergeCommit: string | null;
  /** Null: the account was deleted. */
  readonly opener: ForgeAccount | null;
  /** Null: the forge does not connect commits with accounts, so names and addresses of git decide. */
  readonly commits: readonly ProposalCommit[] | null;
  /** One a person, oldest first. */
  readonly verdicts: readonly Verdict[];
}

/**
 * What apply asks a forge for, to prove an approval. Reads only. An answer that is not whole and as the forge describes it is an
 * error: PIPELINE_FORGE or GithubFailure.
 */
export interface ReviewReader {
  readonly kind: ForgeKind;
  /** For people: `city/accounts on GitLab`. */
  readonly place: string;
  /** Throws if it does not answer, or does not show the repository. */
  verifyAccess(): Promise<void>;
  /** Numbers of all merged ones into the branch that the forge connects with a commit, and how many it names at all. */
  findMerged(commit: string, branch: string): Promise<{ readonly numbers: readonly number[]; readonly named: number }>;
  read(number: number): Promise<MergedProposal>;
  close(): Promise<void>;
}
