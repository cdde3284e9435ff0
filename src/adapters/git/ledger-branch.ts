import { LEDGER_BRANCH } from './ref-names.ts';
import { ReconcileError } from '../../model/errors.ts';
import { rememberProvenHead } from './ledger-memory.ts';
import { pushBranchFile, type BranchPush, type PushResult } from './push-branch-file.ts';

/** `pushBranchFile` onto the ledger branch; what this clone wrote on top of what it had proven is proven. */
export async function pushLedgerFile(push: Omit<BranchPush, 'branch'>): Promise<PushResult> {
  const { git, gitRemote, tip, organisation } = push;
  const result = await pushBranchFile({ ...push, branch: LEDGER_BRANCH });
  if (result.pushed && tip !== null)
    await rememberProvenHead(git, { gitRemote, organisation }, { commit: result.tip, before: tip });
  return result;
}

export function notWritable(why: string): ReconcileError {
  return new ReconcileError('LEDGER_NOT_WRITABLE', 'The ledger branch cannot be written', {
    remedy: isDiskFull(why)
      ? 'Make room on the disk of the repository, or of its git remote, then apply the same plan again.'
      : `Give the apply job the right to push to the branch ${LEDGER_BRANCH}, and check the connection to the git remote.`,
    problems: [{ where: 'git', what: why }],
  });
}

/** In git's own words. */
export function isDiskFull(why: string): boolean {
  return /no space left on device|out of diskspace|disk quota exceeded|file too large/i.test(why);
}
