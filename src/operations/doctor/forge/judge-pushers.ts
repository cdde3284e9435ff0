import { LEDGER_BRANCH } from '../../../adapters/git/ref-names.ts';
import type { ForgeKind } from '../../../model/forge/forges.ts';
import { buildCheckWriter, buildDiagnosis, type Check } from '../check.ts';

interface Pushers {
  /** Null: nobody can tell. */
  readonly isLimited: boolean | null;
  readonly fix: string;
  readonly why?: string;
}

/** A record that somebody else pushes stops every apply until it is looked at; it cannot make one pass. */
export function judgePushers(kind: ForgeKind, { isLimited, fix, why = '' }: Pushers): Check {
  const write = buildCheckWriter(kind, LEDGER_BRANCH);
  if (isLimited === null) return write.unknown('forge.ledgerPush', why);
  if (isLimited) return write.passed('forge.ledgerPush', 'only who is named may push');
  const diagnosis = buildDiagnosis({ code: 'LEDGER_OPEN', error: 'PIPELINE_SETTINGS' }, fix);
  return write.warned('forge.ledgerPush', 'whoever can push to the repository can add records', diagnosis);
}
