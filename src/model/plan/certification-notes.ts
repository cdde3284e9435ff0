import { fact } from '../facts/fact.ts';
import { listStillReading, type Decision } from '../certify/decisions.ts';
import type { Change } from '../change/change.ts';
import { effectOf } from '../change/effect.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Fact } from '../schema/generated/plan.ts';

export interface CertificationNotesInput {
  /** That stand. */
  readonly refusals: readonly Decision[];
  /** After the plan. */
  readonly accounts: readonly DesiredAccount[];
  readonly changes: readonly Change[];
}

/** For the review: access that an owner refused, and that this plan gives again, or leaves as it is. */
export function buildCertificationNotes({ refusals, accounts, changes }: CertificationNotesInput): Fact[] {
  const reading = listStillReading(refusals, accounts);
  if (reading.length === 0) return [];
  const kept = listStillReading(reading, takeNewReaders(accounts, changes));
  const again = reading.filter((refusal) => !kept.includes(refusal));
  return [
    ...again.map((refusal) => fact('refused-and-given', valuesOf(refusal))),
    ...kept.map((refusal) => fact('refused-and-kept', valuesOf(refusal))),
  ];
}

/** The accounts without whoever these changes let in. */
function takeNewReaders(accounts: readonly DesiredAccount[], changes: readonly Change[]): readonly DesiredAccount[] {
  const given = new Map(changes.map((change) => [change.key, new Set(effectOf(change).newReaders)]));
  const left = (key: string, readers: readonly string[] = []): string[] =>
    readers.filter((reader) => given.get(key)?.has(reader) !== true);
  return accounts.map((account) =>
    account.kind === 'functional'
      ? { ...account, members: left(account.key, account.members) }
      : { ...account, delegates: left(account.key, account.delegates) },
  );
}

function valuesOf({ reader, mailbox, by, decidedAt, note }: Decision) {
  return { reader, mailbox, by, day: decidedAt.slice(0, 10), ...(note === '' ? {} : { note }) };
}
