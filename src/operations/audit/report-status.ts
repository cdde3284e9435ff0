import { renderStatus } from './render-status.ts';
import { isNotApplied } from './status.ts';
import { ReconcileError } from '../../model/errors.ts';
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
    'status',
    found.map((one) =>
      one.isVerified
        ? { ...one.status, ledger: 'verified' }
        : { organisation: one.organisation, ledger: 'invalid', why: one.error.message, problems: one.error.problems },
    ),
  );
  const broken = found.flatMap((one) => (one.isVerified ? [] : [one.error]));
  if (broken[0] !== undefined) throw joinErrors(broken[0], broken);
  const open = found.flatMap((one) => (one.isVerified && isNotApplied(one.status) ? [one.status] : []));
  const [first] = open;
  if (first === undefined) return;
  throw new ReconcileError(
    'PLAN_NOT_APPLIED',
    `What was merged is not in Zivver: ${open.map(({ organisation, newest }) => `${organisation} ${newest?.name}`).join(', ')}`,
    { remedy: `Continue with: ${first.next}` },
  );
}

/** One organisation: its own error. Several: what is wrong with all of them, and the cure of the first. */
function joinErrors(first: ReconcileError, all: readonly ReconcileError[]): ReconcileError {
  if (all.length === 1) return first;
  const problems = all.flatMap((error) => [{ where: 'ledger', what: error.message }, ...error.problems]);
  return new ReconcileError('LEDGER_INVALID', `${all.length} ledgers are not whole`, {
    remedy: first.remedy,
    problems,
  });
}
