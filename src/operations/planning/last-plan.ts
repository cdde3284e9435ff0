import type { GitRepository } from '../../adapters/git/repository.ts';
import { listCommittedPlans } from '../../adapters/git/plan-listing.ts';
import { parsePlanFile } from '../../model/plan/plan-file.ts';
import type { PlanFile, SourceSummary } from '../../model/schema/generated/plan.ts';
import type { ReadSource } from '../../model/mapping/read-source.ts';

export interface LastPlans {
  /** The last one that people accepted. */
  readonly newest: PlanFile | null;
  /** The last one for which sources were read: a rollback reads none, and must not make the floors forget their counts. */
  readonly newestRead: PlanFile | null;
}

/** The newest plans on the branch. */
export async function readLastPlans(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<LastPlans> {
  const plans = (await listCommittedPlans(git, commit, organisation)).reverse();
  let newest: PlanFile | null = null;
  for (const { path, blob } of plans) {
    const [text] = await git.readBlobs([blob]);
    const plan = parsePlanFile(text ?? '', path);
    newest ??= plan;
    if (plan.body.source.length > 0) return { newest, newestRead: plan };
  }
  return { newest, newestRead: null };
}

/** What the review says of each source, beside what it had last time. */
export function summariseSources(sources: readonly ReadSource[], last: PlanFile | null): SourceSummary[] {
  return sources.map(({ snapshot }) => {
    const previousEntries = last?.body.source.find(({ name }) => name === snapshot.name)?.entries ?? null;
    const { absent } = snapshot;
    return {
      ...(absent === undefined ? {} : { absent }),
      name: snapshot.name,
      kind: snapshot.kind,
      server: snapshot.server,
      baseDn: snapshot.baseDn,
      entries: absent === undefined ? snapshot.selected.length : (previousEntries ?? 0),
      groups: snapshot.groups.length,
      pages: snapshot.pages,
      complete: true,
      previousEntries,
    };
  });
}
