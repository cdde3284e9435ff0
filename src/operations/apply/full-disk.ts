import { translateDiskFailure } from '../../model/text/disk-failure.ts';
import { isDiskFull, notWritable } from '../../adapters/git/ledger-branch.ts';
import { ReconcileError } from '../../model/errors.ts';

/**
 * An apply on a full disk ends as one that cannot write its ledger (45), wherever it noticed: the ledger is the only thing that
 * an apply writes to the disk. Every other error stays what it is.
 */
export function tellFullDisk(error: unknown): unknown {
  if (error instanceof ReconcileError) {
    const full = error.code === 'GIT_UNUSABLE' && error.problems.find(({ what }) => isDiskFull(what));
    return full ? notWritable(full.what) : error;
  }
  const failure = translateDiskFailure(error);
  return failure === null ? error : notWritable(failure.message);
}
