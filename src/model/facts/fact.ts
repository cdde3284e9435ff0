import type { Fact } from '../schema/generated/plan.ts';
import { phraseText, type Phrase } from '../text/phrase.ts';
import { MAPPING_SENTENCES } from './mapping-sentences.ts';
import { NOTE_SENTENCES } from './note-sentences.ts';
import { PLANNING_SENTENCES } from './planning-sentences.ts';
import { READING_SENTENCES } from './reading-sentences.ts';
import { ROLLBACK_SENTENCES } from './rollback-sentences.ts';
import type { GivenValues, Sentence, ValueKind } from './sentence.ts';
import { SELECTION_SENTENCES } from './selection-sentences.ts';
import { SETTLING_SENTENCES } from './settling-sentences.ts';

/** Every sentence that a plan can hold beside its changes. */
export const SENTENCES = {
  ...READING_SENTENCES,
  ...SELECTION_SENTENCES,
  ...MAPPING_SENTENCES,
  ...NOTE_SENTENCES,
  ...SETTLING_SENTENCES,
  ...PLANNING_SENTENCES,
  ...ROLLBACK_SENTENCES,
} as const;

export type FactName = keyof typeof SENTENCES;

/** States a fact: the name of a sentence and its values, as a plan holds them. Whoever shows it makes the words. */
export function fact<Name extends FactName>(
  says: Name,
  ...[values]: Record<never, never> extends GivenValues<(typeof SENTENCES)[Name]['shape']>
    ? [values?: GivenValues<(typeof SENTENCES)[Name]['shape']>]
    : [values: GivenValues<(typeof SENTENCES)[Name]['shape']>]
): Fact {
  const given: Fact['with'] = {};
  for (const [name, value] of Object.entries((values ?? {}) as Record<string, FactValue | undefined>))
    if (value !== undefined) given[name] = value;
  return { says, with: given };
}

type FactValue = Fact['with'][string];

/** The words for it. A fact that `findFactFaults` has nothing against. */
export function factPhrase({ says, with: values }: Fact): Phrase {
  const found = sentenceOf(says);
  if (found === null) throw new TypeError(`there is no sentence ${says}`);
  return found.tell(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tellValue(value)])) as never,
  );
}

/** The same as plain text, values as they are. */
export function factText(given: Fact): string {
  return phraseText(factPhrase(given));
}

/** What is wrong with a fact that somebody else wrote; [] if it can be told. */
export function findFactFaults({ says, with: values }: Fact): string[] {
  const found = sentenceOf(says);
  if (found === null) return [`there is no sentence ${says}`];
  const names = new Set([...Object.keys(found.shape), ...Object.keys(values)]);
  return [...names].flatMap((name) => {
    const kind = found.shape[name];
    if (kind === undefined || !isOfKind(values[name], kind)) return [`${says}: ${name} is not as the sentence has it`];
    return innerFacts(values[name]).flatMap(findFactFaults);
  });
}

function sentenceOf(says: string): (Pick<Sentence, 'shape'> & { tell: (values: never) => Phrase }) | null {
  return Object.hasOwn(SENTENCES, says) ? SENTENCES[says as FactName] : null;
}

function tellValue(value: FactValue): unknown {
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? one : factPhrase(one)));
  return typeof value === 'object' ? factPhrase(value) : value;
}

function innerFacts(value: FactValue | undefined): Fact[] {
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((one) => (typeof one === 'object' ? one : []));
}

function isOfKind(value: FactValue | undefined, kind: ValueKind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'text?':
      return value === undefined || typeof value === 'string';
    case 'count':
      return typeof value === 'number';
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string');
    case 'fact':
      return typeof value === 'object' && !Array.isArray(value);
    case 'fact?':
      return value === undefined || (typeof value === 'object' && !Array.isArray(value));
    case 'facts':
      return Array.isArray(value) && value.every((one) => typeof one === 'object');
    default:
      return typeof value === 'string' && kind.includes(value);
  }
}
