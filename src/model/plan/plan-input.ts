import type { ExistingIndex } from '../account/existing-index.ts';
import type { Baseline } from '../desired/baseline.ts';
import type { Decision } from '../certify/decisions.ts';
import type { Hold } from '../desired/holds.ts';
import type { Owner } from '../desired/owners.ts';
import type { LedgerFacts } from '../ledger/ledger-facts.ts';
import type { SignOnBefore } from '../ledger/sign-on-making.ts';
import type { MappedAccounts } from '../mapping/mapped.ts';
import type { Exclusion, Fact, SourceSummary } from '../schema/generated/plan.ts';
import type { Absences } from '../settle/absences.ts';
import type { Settlement } from '../settle/settlement.ts';
import type { Noticed } from './notice-directory.ts';
import type { PlanMaking } from './plan-head.ts';

/** Everything that a plan depends on. */
export interface PlanInput extends PlanMaking {
  readonly bootstrap: boolean;
  readonly source: readonly SourceSummary[];
  readonly mapped: MappedAccounts;
  readonly settlement: Settlement;
  readonly absences: Absences;
  readonly index: ExistingIndex;
  readonly baseline: Baseline;
  /** In force. */
  readonly holds?: readonly Hold[];
  /** Of the branch; null: there is no owners.yaml. */
  readonly owners?: readonly Owner[] | null;
  /** What the sources say of logins and owners. */
  readonly noticed?: Noticed;
  /** Readers whom owners refused at certification, as far as that stands. */
  readonly refusals?: readonly Decision[];
  readonly facts?: LedgerFacts;
  /** Of the last accepted plan; null: there is none. */
  readonly acceptedExclusions?: readonly Exclusion[] | null;
  /** Left out: no apply has sent a single sign-on key. */
  readonly signOnBefore?: SignOnBefore | null;
  /** Asks again for what Zivver refused twice. */
  readonly retriesFailed?: boolean;
  /** What the review is told of who takes no part. */
  readonly scope?: { readonly remarks: readonly Fact[]; readonly exclusions: readonly Exclusion[] };
}
