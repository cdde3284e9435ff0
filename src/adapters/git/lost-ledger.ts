import { LEDGER_BRANCH, headRef, anchorRef } from './ref-names.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { GENESIS_ANCHOR, listUnanchored, MISSING_ANCHOR } from '../../model/ledger/anchors.ts';
import type { Branches } from './branch.ts';
import type { Ledger } from './ledger.ts';
import { findEnd } from './ledger-anchor.ts';
import { listForgottenHeads } from './ledger-memory.ts';
import { listCommittedPlans } from './plan-listing.ts';
import type { GitRepository } from './repository.ts';

/**
 * No ledger branch is a beginning only where nothing speaks of an earlier one: neither the memory of this clone, nor tags, nor
 * plans on the branch. Throws LEDGER_INVALID (46) with the commit to push back.
 */
export async function refuseLostBranch(git: GitRepository, branches: Branches, organisation: string): Promise<void> {
  const { gitRemote, anchors, commit } = branches;
  const [seen] = await listForgottenHeads(git, branches.seen, { organisation, tip: null, commits: new Set() });
  const plans = await listCommittedPlans(git, commit, organisation);
  const [tag, anchored] = [...anchors].filter(([name]) => name !== GENESIS_ANCHOR).at(-1) ?? [...anchors][0] ?? [];
  if (seen === undefined && anchored === undefined && plans.length === 0) return;
  const where = gitRemote === null ? 'in this clone' : `on ${gitRemote}`;
  const lost = seen ?? anchored;
  throw new ReconcileError(
    'LEDGER_INVALID',
    `The branch ${LEDGER_BRANCH} is gone ${where}; nothing is applied without it`,
    {
      remedy:
        lost === undefined
          ? `Push it back from a clone that has it: git push ${gitRemote ?? '.'} COMMIT:${headRef(LEDGER_BRANCH)}`
          : `Push it back, and forbid its deletion: git push ${gitRemote ?? '.'} ${lost}:${headRef(LEDGER_BRANCH)}`,
      problems: [
        ...(seen === undefined ? [] : [{ where: 'this clone', what: `has seen it at commit ${seen}` }]),
        ...(anchored === undefined
          ? []
          : [{ where: anchorRef(organisation, tag ?? ''), what: `holds fast commit ${anchored}` }]),
        ...(plans.length === 0
          ? []
          : [{ where: `plans/${organisation}`, what: `has ${plans.length} plans that it began with` }]),
      ],
    },
  );
}

/** The branch no longer has what this clone saw. */
export async function setBack(
  git: GitRepository,
  problems: readonly Problem[],
  { ledger: { tip, gitRemote }, newest }: { ledger: Ledger; newest: string },
): Promise<ReconcileError> {
  const isCutOff = tip !== null && (await git.isSuccess(['merge-base', '--is-ancestor', tip, newest]));
  return new ReconcileError(
    'LEDGER_INVALID',
    `The branch ${LEDGER_BRANCH} was set back: this clone has seen more of it`,
    {
      remedy: isCutOff
        ? `Push back what was cut off, and forbid force pushes: git push ${gitRemote ?? '.'} ${newest}:${headRef(LEDGER_BRANCH)}`
        : `Compare commit ${newest} with the branch and with who pushed to it; nothing is applied until it is whole again.`,
      problems,
    },
  );
}

/** Null: no tag is missing. */
export async function unanchored(
  git: GitRepository,
  problems: readonly Problem[],
  { ledger, organisation }: { ledger: Ledger; organisation: string },
): Promise<ReconcileError | null> {
  const [name] = listUnanchored(ledger);
  const isMissing = problems.every(({ where, what }) => what === MISSING_ANCHOR && where.startsWith('refs/tags/'));
  if (name === undefined || ledger.tip === null || !isMissing) return null;
  const ended = await findEnd(git, { tip: ledger.tip, organisation, name });
  return new ReconcileError('LEDGER_INVALID', 'A tag that holds the ledger fast was deleted', {
    remedy: `Look who deleted it, compare the ledger with its backups, then: git push ${ledger.gitRemote ?? '.'} ${ended}:${anchorRef(organisation, name)}`,
    problems,
  });
}
