import { fact } from '../facts/fact.ts';
import { attributesOf } from '../account/attributes-of.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { OpenLine } from '../desired/open-file.ts';
import type { ExcludedEntry, MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';
import type { Absences } from './absences.ts';
import type { Explanation } from './evidence.ts';
import type { Renames } from '../change/renames.ts';
import { findDoubt } from './doubt.ts';
import { leaveAccount } from './leave-account.ts';
import { openAccount } from './open-draft.ts';
import type { OpenDraft } from './open-list.ts';
import type { MissingAccount } from './settlement.ts';

export interface MissingInput {
  readonly configuration: Configuration;
  readonly now: Date;
  readonly index: ExistingIndex;
  readonly renames: Renames;
  readonly missing: readonly MissingAccount[];
  readonly absences: Omit<Absences, 'notes'>;
  /** Entries in use that want an address which another account has. */
  readonly waiting: readonly MappedAccount[];
  /** On the branch. */
  readonly open: readonly OpenLine[];
  /** Entries of which nobody knows who they are: then nobody is missing without an explanation. */
  readonly unread: readonly ExcludedEntry[];
  readonly bootstrap: boolean;
}

export interface MissingResult {
  readonly changes: readonly Change[];
  /** Files that stay, or that say `active: false` from now on. */
  readonly carried: readonly DesiredAccount[];
  readonly open: readonly OpenDraft[];
  /** Those of `open` that a second domain controller would have to confirm. */
  readonly unconfirmed: readonly OpenDraft[];
  /** Left as they are because the configuration says so. */
  readonly exclusions: readonly Exclusion[];
  /** Keys of those. */
  readonly kept: readonly string[];
}

/** Accounts that no source wants any more → suspensions, deletions, open accounts or nothing, as `missing:` says. Pure. */
export function settleMissing(input: MissingInput): MissingResult {
  const { absences, configuration } = input;
  const result: Result = { changes: [], carried: [], open: [], unconfirmed: [], exclusions: [], kept: [] };
  const claimants = new Map(input.waiting.map((mapped) => [mapped.account.address, mapped]));
  for (const missing of input.missing) {
    const explanation = absences.explanations.get(missing.key ?? '') ?? absences.unexplained;
    const rule = missing.existing.kind === 'user' ? configuration.users.missing : configuration.functional.missing;
    const claimant = claimants.get(missing.existing.address) ?? null;
    const doubt = input.bootstrap ? null : findDoubt(missing, { ...input, explanation, claimant, rule });
    if (doubt !== null) holdBack(missing, doubt, { explanation, result });
    else if (rule === 'keep' || input.bootstrap) keep(missing, input, result);
    else {
      const existing = attributesOf(missing.existing, input.index, input.renames.newAddresses);
      const left = leaveAccount(missing, { explanation, rule, existing });
      result.changes.push(...left.changes);
      result.carried.push(...left.carried);
    }
  }
  return result;
}

type Result = { readonly [Name in keyof MissingResult]: MissingResult[Name][number][] };

/** The file follows a rename by hand: its name must stay that of its own account. */
function carry({ baseline, existing: { address } }: MissingAccount, { carried }: Result): void {
  if (baseline) carried.push({ ...baseline, address });
}

function holdBack(
  missing: MissingAccount,
  { isUnconfirmed, likely, ...finding }: NonNullable<ReturnType<typeof findDoubt>>,
  { explanation, result }: { readonly explanation: Explanation; readonly result: Result },
): void {
  carry(missing, result);
  const { key, existing } = missing;
  const { kind, address, fullName } = existing;
  // What nobody looked at is no evidence.
  const evidence = likely?.evidence ?? explanation.evidence;
  const told = openAccount({ account: { key, kind, address, fullName }, existing }, { ...finding, evidence });
  const isIn = likely !== undefined && likely.isInactive !== true;
  const draft = { ...told, keepsAccess: told.keepsAccess && !isIn };
  result.open.push(draft);
  if (isUnconfirmed) result.unconfirmed.push(draft);
}

function keep(missing: MissingAccount, { bootstrap }: Pick<MissingInput, 'bootstrap'>, result: Result): void {
  carry(missing, result);
  if (missing.key !== null) result.kept.push(missing.key);
  const { address, kind } = missing.existing;
  const option = kind === 'user' ? 'users.missing' : 'functional.missing';
  const detail = bootstrap ? fact('kept-by-first-plan') : fact('kept-by-option', { option });
  const reason = bootstrap ? 'bootstrap' : 'missing-kept';
  result.exclusions.push({ source: null, subject: address, address, reason, detail });
}
