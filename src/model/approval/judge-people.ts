import type { Problem } from '../errors.ts';
import { formatIdentity, isSamePerson, type GitIdentity } from './git-identity.ts';
import { foldAddress } from './signers.ts';

export interface PeopleInput {
  /** Of the commits that made the plan. */
  readonly authors: readonly GitIdentity[];
  /** Null: git does not know who merged it. */
  readonly merger: GitIdentity | null;
  /** approval.bots */
  readonly bots: readonly string[];
}

/**
 * Why git does not name two people, or a person beside the planner's bot, for a plan; [] if it does. Git's names are claims:
 * this keeps honest people from approving alone, signatures prove it.
 */
export function judgePeople({ authors, merger, bots }: PeopleInput): readonly Problem[] {
  const where = 'who merged the plan';
  if (merger === null) return [{ where, what: 'is not in git: it was squashed or rebased on the web' }];
  if (isBot(merger, bots)) return [{ where, what: `is ${formatIdentity(merger)}, a bot` }];
  const author = authors.find((one) => !isBot(one, bots) && isSamePerson(one, merger));
  return author === undefined ? [] : [{ where, what: `is ${formatIdentity(merger)}, who committed it too` }];
}

/** True for machines: what GitHub and GitLab call their own, and the addresses that the organisation names. */
export function isBot({ name, address }: GitIdentity, bots: readonly string[]): boolean {
  const folded = foldAddress(address);
  return (
    /\[bot\]$/i.test(name.trim()) ||
    /\[bot\]@/.test(folded) ||
    folded === 'noreply@github.com' ||
    folded === 'zivver-gitops@localhost' ||
    /^(project|group)_\d+_bot[_a-z0-9]*@/.test(folded) ||
    bots.some((bot) => foldAddress(bot) === folded)
  );
}
