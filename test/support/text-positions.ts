/** Plans that hold one text in every place where free text can stand. */
import type { PlanBody, PlanFile } from '../../src/model/schema/generated/plan.ts';
import type { Change } from '../../src/model/change/change.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildEvidence,
  buildExclusion,
  buildLimit,
  buildPlan,
  buildSource,
  buildSuspension,
  buildUnexplained,
  factAbout,
} from './plan-builder.ts';

/** Number of places in `buildPlanOf`. */
export const TEXT_PLACES = 39;

/** The text everywhere, but in names that change and addresses that move. */
export function buildPlanOf(text: string): PlanFile {
  return buildPlan({
    ...buildFrame(text),
    changes: [...buildSubjects(text), ...buildEvidences(text), ...buildValues(text)],
  });
}

/** The text as an alias that one account gives up and another one takes. */
export function buildMoveOf(text: string): PlanFile {
  const changes = [
    buildChange({ address: 'giver@x', before: { aliases: [text] }, after: { aliases: [] } }),
    buildChange({ address: 'taker@x', before: { aliases: [] }, after: { aliases: [text] } }),
    buildCreation(text, {}, { fullName: 'Other taker' }),
  ];
  return buildPlan({ changes });
}

/** Names of which a part changes, the text once in that part and once beside it. */
export function buildRenamesOf(text: string): PlanFile {
  const rename = (address: string, before: string, after: string): Change =>
    buildChange({ address, before: { fullName: before }, after: { fullName: after } });
  const changes = [
    rename('a@x', 'Anna de Wit', `Anna ${text} Wit`),
    rename('b@x', `Anna ${text} Wit`, 'Anna de Wit'),
    rename('c@x', `Anna ${text} old`, `Anna ${text} new`),
    rename('d@x', `${text} Anna Wit`, `${text} Anna Smit`),
  ];
  return buildPlan({ changes });
}

function buildFrame(text: string): Partial<PlanBody> {
  const left = (index: number, part: object) => buildExclusion({ reason: 'no-name', subject: `CN=${index}`, ...part });
  return {
    organisation: text,
    target: text,
    tool: text,
    approval: { branch: text, distinctPeople: false, reviews: { forge: 'github', minimum: 1 }, signatures: null },
    notes: [text, 'between', text].map(factAbout),
    source: [buildSource({ name: text }), buildSource({ server: text }), buildSource({ baseDn: text })],
    limits: [
      buildLimit({ rule: 'sameAttribute', subject: text, observed: 1, verdict: 'overridden' }),
      buildLimit({ rule: 'membersRemoved', subject: text, observed: 1 }),
    ],
    exclusions: [
      left(1, { subject: text }),
      left(2, { address: text }),
      left(3, { source: text }),
      left(4, { detail: factAbout(text) }),
    ],
    unmanaged: [{ kind: 'user', address: text, active: false }],
  };
}

function buildSubjects(fullName: string): Change[] {
  return [
    buildDeletion('a1@x', { fullName }),
    buildUnexplained('a2@x', { fullName }),
    buildSuspension('a3@x', { fullName }),
    { ...buildSuspension('a4@x', { fullName: 'Id' }), id: fullName },
    buildSuspension(fullName, { fullName: 'Address' }),
    buildCreation('a5@x', {}, { fullName }),
    buildCreation('a6@x', { aliases: [fullName], division: fullName, mobile: fullName, delegates: [fullName] }),
    buildChange({ address: 'a7@x', fullName, before: { mobile: '1' }, after: { mobile: null } }),
  ];
}

function buildEvidences(text: string): Change[] {
  const parts = [{ source: text }, { entry: text }, { attribute: text }, { attribute: 'attribute', value: text }];
  return parts.map((part, index) => buildSuspension(`e${index}@x`, { evidence: buildEvidence(part) }));
}

function buildValues(text: string): Change[] {
  const lists = [{ delegates: ['other@x', text] }, { members: [text] }, { aliases: [text, 'other2@x'] }];
  const values = [
    { address: text },
    { fullName: text },
    { mobile: text },
    { division: text },
    { externalAccountId: text },
  ];
  return [
    ...[...lists, ...values].map((after, index) => buildChange({ address: `v${index}@x`, after })),
    ...['n1@x', 'n2@x', 'n3@x'].map((address) =>
      buildChange({ address, fullName: text, reason: 'handed-over', after: { externalAccountId: address } }),
    ),
    ...['r1@x', 'r2@x', 'r3@x'].map((address) =>
      buildChange({ address, before: { division: text }, after: { division: 'repeated' } }),
    ),
  ];
}
