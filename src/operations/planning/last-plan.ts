import type { GitRepository } from '../../adapters/git/repository.ts';
import { listCommittedPlans } from '../../adapters/git/plan-listing.ts';
import { parsePlanFile } from '../../model/plan/plan-file.ts';
import type { PlanFile, SourceSummary } from '../../model/schema/generated/plan.ts';
import type { ReadSource } from '../../model/mapping/read-source.ts';

/** The newest plan on the branch: the last one that people accepted, applied or not. */
export async function readLastPlan(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<PlanFile | null> {
  const last = (await listCommittedPlans(git, commit, organisation)).at(-1);
  if (last === undefined) return null;
  const [text] = await git.readBlobs([last.blob]);
  return parsePlanFile(text ?? '', last.path);
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
