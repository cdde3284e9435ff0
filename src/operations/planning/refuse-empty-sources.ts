import { ReconcileError } from '../../model/errors.ts';
import { factText } from '../../model/facts/fact.ts';
import type { Fact, PlanBody } from '../../model/schema/generated/plan.ts';

/** A search that succeeds with nobody is the classic way to suspend everybody (threats.md). */
export function refuseEmptySources(sources: PlanBody['source'], warnings: readonly Fact[]): void {
  const problems = sources
    .filter(({ entries, absent }) => entries === 0 && absent === undefined)
    .map(({ name }) => ({ where: `source ${name}`, what: 'has no entries at all' }));
  if (problems.length > 0)
    throw new ReconcileError('SOURCE_IMPLAUSIBLE', 'A source is empty; no file was written', {
      remedy: 'Check base DN, query and read rights of the service account, or the file.',
      problems: [...problems, ...warnings.map((what) => ({ where: 'source', what: factText(what) }))],
    });
}
