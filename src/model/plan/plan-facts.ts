import { findFactFaults } from '../facts/fact.ts';
import type { Evidence, Fact, PlanBody } from '../schema/generated/plan.ts';

/** Facts that cannot be told, wherever they stand: an unknown sentence, or values that are not its own. */
export function findSentenceFaults(body: PlanBody): { readonly pointer: string; readonly what: string }[] {
  return listFacts(body).flatMap(({ pointer, fact }) => findFactFaults(fact).map((what) => ({ pointer, what })));
}

interface PlacedFact {
  readonly pointer: string;
  readonly fact: Fact;
}

function listFacts({ notes, exclusions, open, changes, source }: PlanBody): PlacedFact[] {
  const besides = ({ beside }: Evidence, pointer: string): PlacedFact[] =>
    beside === undefined ? [] : [{ pointer: `${pointer}/evidence/beside`, fact: beside }];
  return [
    ...notes.map((fact, index) => ({ pointer: `/body/notes/${index}`, fact })),
    ...exclusions.map(({ detail }, index) => ({ pointer: `/body/exclusions/${index}/detail`, fact: detail })),
    ...open.flatMap(({ detail, evidence }, index) => [
      { pointer: `/body/open/${index}/detail`, fact: detail },
      ...(evidence === null ? [] : besides(evidence, `/body/open/${index}`)),
    ]),
    ...changes.flatMap(({ evidence }, index) => besides(evidence, `/body/changes/${index}`)),
    ...source.flatMap(({ absent }, index) =>
      absent === undefined ? [] : [{ pointer: `/body/source/${index}/absent`, fact: absent }],
    ),
  ];
}
