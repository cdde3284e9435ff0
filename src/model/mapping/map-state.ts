import { fact } from '../facts/fact.ts';
import type { MappingRules } from '../configuration/mapping-rules.ts';
import { isDisabled, isExpired } from '../directory/account-flags.ts';
import { type Entry, valueOf, valuesOf } from '../directory/entry.ts';
import { isLinkedMailbox } from '../directory/mailbox-type.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { parseYesNo } from '../configuration/yes-no.ts';

/** Whether an entry says that its account may be used. Pure. */

/** What the mapping says of it; left out: as in a directory. */
export type StateRule = Partial<Pick<MappingRules, 'active' | 'activeWords' | 'linkedMailboxes'>>;

export interface Inactivity {
  readonly reason: 'disabled' | 'expired';
  readonly attribute: string;
  readonly value: string;
}

/** Why the person must not have an active account; null = active. Only where `explainUnknownState` is null. */
export function mapInactivity(entry: Entry, now: Date, rule: StateRule = {}): Inactivity | null {
  const column = typedColumn(entry, rule);
  if (column === null) return null;
  if (column !== undefined) {
    const value = valueOf(entry, column) ?? '';
    return parseYesNo(value, rule.activeWords) === false ? { reason: 'disabled', attribute: column, value } : null;
  }
  const flags = valueOf(entry, FLAGS) ?? '';
  const isInUse = rule.linkedMailboxes === 'active' && isLinkedMailbox(entry);
  if (!isInUse && isDisabled(flags) === true) return { reason: 'disabled', attribute: FLAGS, value: flags };
  const expires = valueOf(entry, EXPIRY) ?? '0';
  return isExpired(expires, now) ? { reason: 'expired', attribute: EXPIRY, value: expires } : null;
}

export interface UnknownState {
  readonly attribute: string;
  readonly detail: Fact;
}

/** Why nobody can say whether the account may be used, and of which attribute; null if it can be said. */
export function explainUnknownState(entry: Entry, rule: StateRule = {}): UnknownState | null {
  const column = typedColumn(entry, rule);
  if (column === null) return null;
  if (column !== undefined) {
    const value = valueOf(entry, column) ?? '';
    const isKnown = parseYesNo(value, rule.activeWords) !== null;
    return isKnown ? null : { attribute: column, detail: fact('state-neither', { attribute: column }) };
  }
  const flags = new Set(valuesOf(entry, FLAGS).map((value) => value.trim()));
  const attribute = FLAGS;
  if (flags.size > 1) return { attribute, detail: fact('state-several', { attribute, values: [...flags].sort() }) };
  if (isDisabled(valueOf(entry, FLAGS) ?? '') === null)
    return { attribute, detail: fact('state-unread', { attribute }) };
  const expiries = valuesOf(entry, EXPIRY).map((value) => value.trim());
  const isReadable = expiries.length < 2 && expiries.every((value) => /^-?\d{1,19}$/.test(value));
  return isReadable ? null : { attribute: EXPIRY, detail: fact('state-no-time', { attribute: EXPIRY }) };
}

const FLAGS = 'userAccountControl';
const EXPIRY = 'accountExpires';

/** The column that says yes or no; null: every row is active; undefined: the flags of AD count. */
function typedColumn({ isRow }: Entry, { active = FLAGS }: StateRule): string | null | undefined {
  return isRow !== true || active?.toLowerCase() === FLAGS.toLowerCase() ? undefined : active;
}
