import { buildPlanFile, parsePlanFile } from '../../src/model/plan/plan-file.ts';
import { renderMarkdown } from '../../src/model/review/markdown.ts';
import { buildCreation, buildPlan, buildSuspension } from '../support/plan-builder.ts';
import { seconds, type Row } from './row.ts';
import { formatPlanFile } from '../support/format-plan-file.ts';

const CHANGES = 10_000;

/** Rendering and verifying a plan of 10,000 changes; the goal is one second each. */
export async function benchReview(): Promise<Row[]> {
  const changes = Array.from({ length: CHANGES }, (_, number) =>
    number % 100 === 0 ? buildSuspension(`leaver${number}@company.org`) : buildCreation(`new${number}@company.org`),
  );
  const plan = buildPlanFile(buildPlan({ changes }).body);
  const text = formatPlanFile(plan);
  const rendering = time(() => renderMarkdown(plan));
  const verifying = time(() => renderMarkdown(parsePlanFile(text, 'plan.json')));
  const against = '1 s';
  return [
    { name: `review of ${CHANGES} changes`, measured: seconds(rendering), against, ratio: rendering / 1000, goal: 1 },
    { name: `verify of ${CHANGES} changes`, measured: seconds(verifying), against, ratio: verifying / 1000, goal: 1 },
  ];
}

function time(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
