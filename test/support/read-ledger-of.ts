import { readBranches, type Branches } from '../../src/adapters/git/branch.ts';
import type { Ledger } from '../../src/adapters/git/ledger.ts';
import { readLedger } from '../../src/adapters/git/read-ledger.ts';
import type { GitRepository } from '../../src/adapters/git/repository.ts';

/** The ledger of an organisation whose plans are merged into main. */
export async function readLedgerOf(
  git: GitRepository,
  organisation: string,
  gitRemote: string | null = 'origin',
): Promise<Ledger> {
  return readLedger(git, { organisation, branches: await readBranchesOf(git, organisation, gitRemote) });
}

export function readBranchesOf(
  git: GitRepository,
  organisation: string,
  gitRemote: string | null = 'origin',
): Promise<Branches> {
  return readBranches(git, { branch: 'main', gitRemote }, organisation);
}
