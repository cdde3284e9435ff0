import { fact } from '../facts/fact.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { OpenLine } from '../desired/open-file.ts';
import type { ExcludedEntry, MappedAccount } from '../mapping/mapped.ts';
import type { Absences } from './absences.ts';
import type { Explanation } from './evidence.ts';
import { isUsable, type OpenFinding } from './open-draft.ts';
import type { MissingAccount, Settlement } from './settlement.ts';

export interface DoubtContext {
  readonly configuration: Pick<Configuration, 'users'>;
  readonly now: Date;
  readonly absences: Pick<Absences, 'disputed' | 'misjudged' | 'unconfirmed' | 'unread' | 'hasHiddenKeys'>;
  readonly open: readonly OpenLine[];
  /** Entries of which nobody knows who they are. */
  readonly unread: readonly ExcludedEntry[];
  readonly explanation: Explanation;
  /** An entry in use that wants the address of the account. */
  readonly claimant: MappedAccount | null;
  readonly rule: 'suspend' | 'empty' | 'delete' | 'keep';
}

export interface Doubt extends OpenFinding {
  /** The entry that is probably the account's own, and cannot be proved to be. */
  readonly likely?: ExcludedEntry;
  /** A second domain controller would have to confirm that the account is missing. */
  readonly isUnconfirmed: boolean;
}

/** Why a missing account stays as it is for now; null if it may leave. */
export function findDoubt(missing: MissingAccount, context: DoubtContext): Doubt | null {
  const { claimant, rule } = context;
  const { malformed } = missing.existing;
  if (malformed !== undefined)
    return { reason: 'malformed', detail: fact('malformed', { what: malformed }), isUnconfirmed: false };
  if (claimant !== null) return describeClaim(claimant, context.explanation);
  if (rule === 'keep' || !hasMoreToLose(missing, rule)) return null;
  const unread = context.explanation.reason === 'unexplained' ? findUnread(missing, context) : null;
  if (unread !== null) return unread;
  return missing.existing.kind === 'user' ? findAbsenceDoubt(missing, context) : null;
}

/** Suspended or emptied already, an account is as it shall be, whoever its entry is. */
function hasMoreToLose({ existing }: MissingAccount, rule: 'suspend' | 'empty' | 'delete'): boolean {
  return rule === 'delete' || isUsable(existing);
}

/**
 * Whether the whole domain is asked: somebody who is missing would lose something, or another entry wants the address, and
 * then both halves of the story are told.
 */
export function mustAskDomains(
  { missing, claimants }: Pick<Settlement, 'missing' | 'claimants'>,
  { users }: Pick<Configuration, 'users'>,
): boolean {
  const claimed = new Set(claimants.map(({ account }) => account.address));
  return missing.some((one) => {
    if (one.existing.kind !== 'user') return false;
    return claimed.has(one.existing.address) || (users.missing !== 'keep' && hasMoreToLose(one, users.missing));
  });
}

/** An entry with its address is probably its own; which of the others is, nobody can say. */
function findUnread({ existing }: MissingAccount, { unread, absences }: DoubtContext): Doubt | null {
  const likely =
    unread.find(({ exclusion }) => exclusion.address === existing.address) ?? absences.unread.get(existing.address);
  if (likely === undefined) {
    if (unread.length === 0 && !absences.hasHiddenKeys) return null;
    const place = unread.length > 0 ? 'selection' : 'domain';
    return { reason: 'unreadable', detail: fact('may-be-unread', { place }), isUnconfirmed: false };
  }
  const { detail, subject } = likely.exclusion;
  const isSelected = unread.some(({ exclusion }) => exclusion.subject === subject);
  const place = isSelected ? 'selection' : 'domain';
  const told = fact('unread-has-address', { why: detail, entry: subject, place });
  return { reason: 'no-key', detail: told, likely, isUnconfirmed: false };
}

/** Both halves of one story: what became of the entry behind the account, and who wants its address now. */
function describeClaim(claimant: MappedAccount, { reason, evidence }: Explanation): Doubt {
  const isNew = reason === 'deleted' || reason === 'unexplained';
  const detail = fact('behind-it', {
    became: reason,
    entry: evidence.entry ?? undefined,
    claimant: claimant.dn,
    address: claimant.account.address,
  });
  return { reason: isNew ? 'remade' : 'claimed', detail, claimant, isUnconfirmed: false };
}

function findAbsenceDoubt({ key, existing }: MissingAccount, context: DoubtContext): Doubt | null {
  const { absences, explanation } = context;
  const disputed = key === null ? undefined : absences.disputed.get(key);
  if (disputed !== undefined) return { reason: 'servers-disagree', detail: disputed, isUnconfirmed: true };
  const misjudged = key === null ? undefined : absences.misjudged.get(key);
  if (misjudged !== undefined) return { reason: 'lost-rights', detail: misjudged, isUnconfirmed: true };
  if (!isUsable(existing) || explanation.reason !== 'unexplained') return null;
  if (absences.unconfirmed !== null) {
    const detail = fact('unconfirmed', { whys: absences.unconfirmed });
    return { reason: 'unconfirmed', detail, isUnconfirmed: true };
  }
  return key === null ? null : findGrace(key, context);
}

const DAY_MS = 24 * 3_600_000;

/** Whoever is found nowhere is told first; the day counts from the first merged plan that tells it. */
function findGrace(key: string, { configuration, now, open }: DoubtContext): Doubt | null {
  const { unexplainedAfterDays } = configuration.users;
  if (unexplainedAfterDays === 0) return null;
  const today = now.toISOString().slice(0, 10);
  const since = open.find((line) => line.key === key && line.reason === 'grace')?.since ?? today;
  const until = new Date(Date.parse(since) + unexplainedAfterDays * DAY_MS).toISOString().slice(0, 10);
  if (today >= until) return null;
  const detail = fact('grace', { since, until, days: unexplainedAfterDays });
  return { reason: 'grace', detail, isUnconfirmed: false };
}
