import { renderStatus } from './render-status.ts';
import { isNotApplied } from './status.ts';
import { ReconcileError } from '../../model/errors.ts';
import { invalidLedger } from '../../model/ledger/chain.ts';
import type { Output } from '../output.ts';
import type { FoundStatus } from './read-status.ts';

/** Prints every organisation, then throws LEDGER_INVALID (46) or PLAN_NOT_APPLIED (51) if one of them is in that state. */
export function reportStatus(found: readonly FoundStatus[], output: Output): void {
  const page = { width: output.width, color: output.hasColor };
  const told = found.map((one) =>
    one.isVerified ? renderStatus(one.status, page) : `${one.organisation}\n  ledger        NOT VERIFIED, see below\n`,
  );
  output.print(told.join('\n').trimEnd());
  output.printJson(
    found.map((one) =>
      one.isVerified
        ? { ...one.status, ledger: 'verified' }
        : { organisation: one.organisation, ledger: 'invalid', problems: one.problems },
    ),
  );
  const broken = found.flatMap((one) => (one.isVerified ? [] : one.problems));
  if (broken.length > 0) throw invalidLedger(broken);
  const open = found.flatMap((one) => (one.isVerified && isNotApplied(one.status) ? [one.status] : []));
  const [first] = open;
  if (first === undefined) return;
  throw new ReconcileError(
    'PLAN_NOT_APPLIED',
    `What was merged is not in Zivver: ${open.map(({ organisation, newest }) => `${organisation} ${newest?.name}`).join(', ')}`,
    { remedy: `Continue with: ${first.next}` },
  );
}
