import type { Problem } from '../../model/errors.ts';
import type { Branches } from './branch.ts';
import type { Ledger } from './ledger.ts';
import { listCommittedPlans } from './plan-listing.ts';
import type { GitRepository } from './repository.ts';

interface PlanText {
  /** `NNNN-<digest8>` */
  readonly name: string;
  /** plan.json */
  readonly text: string;
}

/** Of the newest plan on the branch: those before it were made after earlier lines. */
export async function findForgottenParents(
  git: GitRepository,
  at: { readonly organisation: string; readonly branches: Branches; readonly ledger: Ledger },
): Promise<Problem[]> {
  const newest = (await listCommittedPlans(git, at.branches.commit, at.organisation)).at(-1);
  if (newest === undefined) return [];
  if (at.ledger.genesis === null)
    return [
      { where: `plans/${at.organisation}`, what: 'has plans, though the ledger holds nothing of this organisation' },
    ];
  const [text = ''] = await git.readBlobs([newest.blob]);
  return judgeParents(at.ledger, [{ name: newest.name, text }]);
}

/** A plan names the last ledger line of its time: if that line is nowhere, the end of the ledger was cut off. */
export function judgeParents(
  ledger: Pick<Ledger, 'genesis' | 'entries' | 'head'>,
  plans: Iterable<PlanText>,
): Problem[] {
  const lines = new Set([
    ledger.head,
    ...ledger.entries.flatMap(({ records }) => records.map(({ previous }) => previous)),
  ]);
  return [...plans].flatMap(({ name, text }) => {
    const body = readBody(text);
    const isOurs = ledger.genesis !== null && body?.lineage === ledger.genesis.lineage;
    return isOurs && body?.parent !== undefined && !lines.has(body.parent)
      ? [{ where: `plan ${name}`, what: `was made after the ledger line ${body.parent}, which is no longer there` }]
      : [];
  });
}

/** Nothing is proven of it but that it names a line. */
function readBody(text: string): { parent?: string; lineage?: string } | null {
  try {
    return (JSON.parse(text) as { body?: { parent?: string; lineage?: string } }).body ?? null;
  } catch {
    return null;
  }
}
