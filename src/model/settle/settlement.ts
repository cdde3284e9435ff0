import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Hold } from '../desired/holds.ts';
import type { LedgerFacts } from '../ledger/ledger-facts.ts';
import type { MappedAccount, MappedAccounts } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion, Fact } from '../schema/generated/plan.ts';
import type { Match } from './match.ts';
import type { OpenDraft } from './open-list.ts';

export interface SettleInput {
  readonly configuration: Configuration;
  readonly mapped: MappedAccounts;
  readonly index: ExistingIndex;
  /** Desired files on the branch. */
  readonly baseline: readonly DesiredAccount[];
  /** In force: these accounts stay as they are. */
  readonly holds?: readonly Hold[];
  readonly facts?: Pick<LedgerFacts, 'createdIds'>;
  /** Keys that take no part in this plan: their accounts and files stay as they are. */
  readonly waiting?: ReadonlySet<string>;
  /** Only chosen accounts take part: nobody is missing but for them. */
  readonly isPilot?: boolean;
  readonly bootstrap: boolean;
}

/** A desired account with the existing one it is, ready to be compared. */
export interface SettledAccount {
  readonly desired: DesiredAccount;
  readonly mapped: MappedAccount;
  readonly existing: ExistingAccount | null;
  readonly how: Exclude<Match['how'], 'refused'>;
  /** It has no desired file on the branch: what Zivver has is desired, so that nothing is written there. */
  readonly isAdopted: boolean;
  /** Only its desired file changes in this plan: it is adopted, or its key changes. */
  readonly isRecordOnly: boolean;
  readonly source: string;
  readonly dn: string;
  /** Desired, and not asked for in this plan. */
  readonly refusedAliases?: ReadonlySet<string>;
}

/** What settled accounts have, so that nobody else can have it. */
export interface Taken {
  /** Key → desired address. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly zivverIds: ReadonlySet<string>;
}

/** An account of Zivver that no source wants any more. */
export interface MissingAccount {
  /** Null: unmanaged, treated as missing by configuration. */
  readonly key: string | null;
  readonly baseline: DesiredAccount | null;
  readonly existing: ExistingAccount;
}

export interface Settlement {
  readonly settled: readonly SettledAccount[];
  readonly missing: readonly MissingAccount[];
  /** Desired files that stay as they are, because nothing certain is known about their account now. */
  readonly held: readonly DesiredAccount[];
  /** What nobody could decide, before anybody was asked about the missing. */
  readonly open: readonly OpenDraft[];
  /** Entries that want an account and did not get one, because another has their address. */
  readonly claimants: readonly MappedAccount[];
  /** Keys that take no part in this plan. */
  readonly waiting: ReadonlySet<string>;
  /** Managed before, now without an account in Zivver and without a place for one: their files go. */
  readonly gone: readonly DesiredAccount[];
  readonly unmanaged: readonly ExistingAccount[];
  readonly exclusions: readonly Exclusion[];
  /** Mapped accounts that shall not have an account in Zivver. */
  readonly left: readonly MappedAccount[];
  /** Entries whose account passes to another. */
  readonly former: readonly MappedAccount[];
  /** Keys of the branch whose account passes to another key. */
  readonly handedOver: ReadonlySet<string>;
  /** For the review. */
  readonly notes: readonly Fact[];
}
