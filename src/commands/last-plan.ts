import type { GitRepository } from '../git/repository.ts';
import { parsePlanFile } from '../plan/plan-file.ts';
import type { PlanFile, SourceSummary } from '../schema/generated/plan.ts';
import type { ReadSource } from '../mapping/read-source.ts';

/** The newest plan on the branch: the last one that people accepted. */
export async function readLastPlan(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<PlanFile | null> {
  if (commit === null) return null;
  const files = await git.listTree(commit, `plans/${organisation}/`);
  const plans = files
    .filter(({ path }) => path.endsWith('/plan.json'))
    .sort((a, b) => sequenceOf(a.path) - sequenceOf(b.path));
  const newest = plans.at(-1);
  if (newest === undefined) return null;
  const [text] = await git.readBlobs([newest.blob]);
  return parsePlanFile(text ?? '', newest.path);
}

/** What the review says of each source, beside what it had last time. */
export function summariseSources(sources: readonly ReadSource[], last: PlanFile | null): SourceSummary[] {
  return sources.map(({ snapshot }) => ({
    name: snapshot.name,
    kind: snapshot.kind,
    server: snapshot.server,
    baseDn: snapshot.baseDn,
    entries: snapshot.selected.length,
    groups: snapshot.groups.length,
    pages: snapshot.pages,
    complete: true,
    previousEntries: last?.body.source.find(({ name }) => name === snapshot.name)?.entries ?? null,
  }));
}

function sequenceOf(path: string): number {
  return Number.parseInt(path.split('/').at(-2) ?? '', 10);
}
