import { attributesOf } from '../account/attributes-of.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { buildDeleteChange, buildExistingChange, type AccountAttributes, type Change } from '../change/change.ts';
import type { Absences } from './absences.ts';
import type { Explanation } from './evidence.ts';
import type { Renames } from '../change/renames.ts';
import type { MissingAccount } from './settlement.ts';

export interface MissingInput {
  readonly configuration: Configuration;
  readonly index: ExistingIndex;
  readonly renames: Renames;
  readonly missing: readonly MissingAccount[];
  readonly absences: Pick<Absences, 'explanations' | 'unexplained' | 'disputed' | 'unconfirmed'>;
  /** Some entries could not be read at all: then nobody is missing without an explanation. */
  readonly hasUnreadable: boolean;
  readonly bootstrap: boolean;
}

export interface MissingResult {
  readonly changes: readonly Change[];
  /** Files that stay, or that say `active: false` from now on. */
  readonly carried: readonly DesiredAccount[];
  readonly exclusions: readonly Exclusion[];
  /** Those of `exclusions` that a second domain controller would have to confirm. */
  readonly unconfirmed: readonly Exclusion[];
}

/** Accounts that no source wants any more → suspensions, deletions or nothing, as `missing:` says. Pure. */
export function settleMissing(input: MissingInput): MissingResult {
  const { absences, configuration } = input;
  const result: Result = { changes: [], carried: [], exclusions: [], unconfirmed: [] };
  for (const missing of input.missing) {
    const explanation = absences.explanations.get(missing.key ?? '') ?? absences.unexplained;
    const rule = missing.existing.kind === 'user' ? configuration.users.missing : configuration.functional.missing;
    const isUnexplained = explanation.reason === 'unexplained';
    const doubt = missing.existing.kind === 'user' ? findDoubt(missing, isUnexplained, absences) : null;
    if (isUnexplained && input.hasUnreadable) holdBack(missing, UNREADABLE, result);
    else if (rule === 'keep' || input.bootstrap) carry(missing, result);
    else if (doubt !== null) result.unconfirmed.push(holdBack(missing, doubt, result));
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

interface Result {
  readonly changes: Change[];
  readonly carried: DesiredAccount[];
  readonly exclusions: Exclusion[];
  readonly unconfirmed: Exclusion[];
}

const UNREADABLE = 'not found, but the source has entries that may not be read; one of them may be this account';

/** Why a second domain controller keeps an account from being missing; null if none does. */
function findDoubt({ key, existing }: MissingAccount, isUnexplained: boolean, absences: MissingInput['absences']) {
  const { disputed, unconfirmed } = absences;
  const isActive = existing.kind === 'user' && existing.active;
  if (key !== null && disputed.has(key)) return disputed.get(key) ?? null;
  if (!isActive || !isUnexplained || unconfirmed === null) return null;
  return `found nowhere, and no second domain controller confirms it: ${unconfirmed}`;
}

/** The file follows a rename by hand: its name must stay that of its own account. */
function carry({ baseline, existing: { address } }: MissingAccount, { carried }: Result): void {
  if (baseline) carried.push({ ...baseline, address });
}

function holdBack(missing: MissingAccount, detail: string, result: Result): Exclusion {
  carry(missing, result);
  const { address } = missing.existing;
  const exclusion = { source: null, subject: address, address, reason: 'held-back', detail } as const;
  result.exclusions.push(exclusion);
  return exclusion;
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
    key,
    zivverId: existing.zivverId,
    address: existing.address,
    fullName: existing.fullName,
    ...explanation,
  };
  if (rule === 'delete') {
    const before = { address: now.address, fullName: now.fullName, active: now.active };
    result.changes.push(buildDeleteChange({ ...content, kind: existing.kind, before }));
    return;
  }
  if (existing.kind === 'user') {
    const pair = { before: { active: true }, after: { active: false } };
    if (existing.active) result.changes.push(buildExistingChange({ ...content, kind: 'user', sealed: false }, pair));
    if (baseline?.kind === 'user') result.carried.push({ ...baseline, address: existing.address, active: false });
    return;
  }
  const pair = { before: { members: now.members }, after: { members: [] } };
  if (now.members.length > 0)
    result.changes.push(buildExistingChange({ ...content, kind: 'functional', sealed: false }, pair));
  if (baseline?.kind === 'functional') result.carried.push({ ...baseline, address: existing.address, members: [] });
}
