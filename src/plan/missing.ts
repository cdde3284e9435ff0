import { attributesOf } from '../account/attributes-of.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { buildChange, type AccountAttributes, type Change } from './change.ts';
import { buildUnexplained, type Explanation } from './evidence.ts';
import type { Renames } from './renames.ts';
import type { MissingAccount } from './settlement.ts';

export interface MissingInput {
  readonly configuration: Configuration;
  readonly index: ExistingIndex;
  readonly renames: Renames;
  readonly missing: readonly MissingAccount[];
  readonly explanations: ReadonlyMap<string, Explanation>;
  /** Some entries could not be read at all: then nobody is missing without an explanation. */
  readonly hasUnreadable: boolean;
  readonly bootstrap: boolean;
}

export interface MissingResult {
  readonly changes: readonly Change[];
  /** Files that stay, or that say `active: false` from now on. */
  readonly carried: readonly DesiredAccount[];
  readonly exclusions: readonly Exclusion[];
}

/** Accounts that no source wants any more → suspensions, deletions or nothing, as `missing:` says. Pure. */
export function settleMissing(input: MissingInput): MissingResult {
  const result = { changes: [] as Change[], carried: [] as DesiredAccount[], exclusions: [] as Exclusion[] };
  const unexplained = buildUnexplained(input.configuration);
  for (const missing of input.missing) {
    const explanation = (missing.key === null ? undefined : input.explanations.get(missing.key)) ?? unexplained;
    const rule =
      missing.existing.kind === 'user' ? input.configuration.users.missing : input.configuration.functional.missing;
    if (explanation.reason === 'unexplained' && input.hasUnreadable) holdBack(missing, result);
    else if (rule === 'keep' || input.bootstrap) carry(missing, result);
    else
      leave(missing, {
        explanation,
        rule,
        existing: attributesOf(missing.existing, input.index, input.renames.newAddresses),
        result,
      });
  }
  return result;
}

type Result = { changes: Change[]; carried: DesiredAccount[]; exclusions: Exclusion[] };

/** The file follows a rename by hand: its name must stay that of its own account. */
function carry({ baseline, existing: { address } }: MissingAccount, { carried }: Result): void {
  if (baseline) carried.push({ ...baseline, address });
}

function holdBack(missing: MissingAccount, result: Result): void {
  carry(missing, result);
  const { address } = missing.existing;
  const detail = 'not found, but the source has entries that may not be read; one of them may be this account';
  result.exclusions.push({ source: null, subject: address, address, reason: 'held-back', detail });
}

interface Leaving {
  readonly explanation: Explanation;
  readonly rule: 'suspend' | 'empty' | 'delete';
  readonly existing: Required<AccountAttributes>;
  readonly result: Result;
}

function leave(missing: MissingAccount, { explanation, rule, existing: now, result }: Leaving): void {
  const { existing, baseline, key } = missing;
  const content = {
    kind: existing.kind,
    key,
    zivverId: existing.zivverId,
    address: existing.address,
    fullName: existing.fullName,
    ...explanation,
    sealed: false,
  };
  if (rule === 'delete') {
    result.changes.push(
      buildChange({
        ...content,
        action: 'delete',
        before: { address: now.address, fullName: now.fullName, active: now.active },
        after: {},
        irreversible: true,
      }),
    );
    return;
  }
  if (existing.kind === 'user') {
    if (existing.active)
      result.changes.push(
        buildChange({
          ...content,
          action: 'suspend',
          before: { active: true },
          after: { active: false },
          irreversible: false,
        }),
      );
    if (baseline?.kind === 'user') result.carried.push({ ...baseline, address: existing.address, active: false });
    return;
  }
  if (now.members.length > 0)
    result.changes.push(
      buildChange({
        ...content,
        action: 'update',
        before: { members: now.members },
        after: { members: [] },
        irreversible: false,
      }),
    );
  if (baseline?.kind === 'functional') result.carried.push({ ...baseline, address: existing.address, members: [] });
}
