import type { ForgeKind } from './forges.ts';

/** A pull request (merge request) that is open. */
export interface Proposal {
  readonly number: number;
  readonly branch: string;
  readonly body: string;
  /** False for a fork, whose branches may have any name. */
  readonly isFromHere: boolean;
}

/** A comment on a pull request. */
export interface Comment {
  /** As the forge wants it back. */
  readonly id: string;
  readonly body: string;
  /** A workflow or the owner of our token wrote it: what people wrote is never edited. */
  readonly isOurs: boolean;
}

export interface ProposalText {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export interface AlarmText {
  /** By which it is found again; no other alarm has it. */
  readonly mark: string;
  readonly title: string;
  /** One line of our words. */
  readonly lead: string;
  /** What a command printed: shown as it is, in a block. */
  readonly text: string;
}

/**
 * What the pipelines need from the place where the repository is. An answer that is not success is an error with the code
 * PIPELINE_FORGE or PIPELINE_GITHUB; no error quotes an answer or shows a token.
 */
export interface Forge {
  readonly kind: ForgeKind;
  /** So many characters fit into a comment, and into the text of a pull request. */
  readonly limits: { readonly comment: number; readonly body: number };

  /** `name <address>` for commits, by which the forge knows the owner of the token. */
  readAuthor(): Promise<{ readonly name: string; readonly address: string }>;
  /** Address of the files of a commit; `/path` goes behind it. */
  filesUrlOf(commit: string): string;

  /** All open ones into `base`. */
  listProposals(base: string): Promise<readonly Proposal[]>;
  openProposal(proposal: ProposalText & { readonly branch: string; readonly base: string }): Promise<number>;
  editProposal(number: number, text: ProposalText): Promise<void>;
  closeProposal(number: number): Promise<void>;
  /** The merged one that brought a commit to its branch; null if there is none. */
  findMerged(commit: string): Promise<number | null>;

  listComments(number: number): Promise<readonly Comment[]>;
  addComment(number: number, body: string): Promise<void>;
  editComment(number: number, id: string, body: string): Promise<void>;

  readLabels(number: number): Promise<readonly string[]>;
  /** Exactly these from now on. */
  writeLabels(number: number, labels: readonly string[]): Promise<void>;

  /** The open issue (work item) with this mark that is ours. */
  findAlarm(mark: string): Promise<number | null>;
  openAlarm(alarm: AlarmText): Promise<number>;
  editAlarm(number: number, alarm: AlarmText): Promise<void>;
  closeAlarm(number: number, why: string): Promise<void>;
}
