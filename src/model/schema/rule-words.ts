import type { ErrorObject } from 'ajv/dist/2020.js';
import { findNearNames } from '../text/near-names.ts';

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false (yes and no are text in YAML 1.2)',
  array: 'a list, as [one, two]',
  object: 'keys of its own, below it and indented',
  null: 'empty',
};

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'must be a moment in UTC, for example 2026-12-31T12:00:00Z',
  date: 'must be a day, for example 2026-12-31',
  uuid: 'must be a UUID, for example 0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a10',
};

/** What a rule of a schema asks, in words; null: there are none for it. No value of the data appears. */
export function describeRule({ keyword, params }: Pick<ErrorObject, 'keyword' | 'params'>): string | null {
  const limit = Number(params['limit']);
  switch (keyword) {
    case 'type':
      return `must be ${[params['type']]
        .flat()
        .map((type) => TYPES[String(type)] ?? String(type))
        .join(', or ')}`;
    case 'format':
      return FORMATS[String(params['format'])] ?? null;
    case 'minimum':
      return `must be ${limit} or more`;
    case 'maximum':
      return `must be ${limit} or less`;
    case 'minLength':
      return `must have ${limit === 1 ? 'a character' : `${limit} characters`} or more`;
    case 'maxLength':
      return `must have ${limit} characters or less`;
    case 'minItems':
      return `must have ${limit === 1 ? 'an entry' : `${limit} entries`} or more`;
    case 'maxItems':
      return `must have ${limit} entries or less`;
    case 'minProperties':
      return `must have ${limit === 1 ? 'a key' : `${limit} keys`} or more`;
    case 'uniqueItems':
      return 'must not name the same twice';
    default:
      return null;
  }
}

/** `must be one of suspend, delete, keep: did you mean suspend?`, or with an example. `given` is only compared. */
export function describeChoice(pointer: string, allowed: readonly unknown[], given: unknown): string {
  const words = allowed.map(String);
  const folded = new Map(words.map((word) => [word.toLowerCase(), word]));
  const near = typeof given === 'string' ? findNearNames(given.toLowerCase(), [...folded.keys()])[0] : undefined;
  const meant = near === undefined ? undefined : folded.get(near);
  const choice = `must be one of ${words.join(', ')}`;
  return meant === undefined
    ? `${choice}, for example ${exampleOf(pointer, words[0] ?? '')}`
    : `${choice}: did you mean ${meant}?`;
}

/** `missing: suspend`; in a list `seal: [ssoKey]`. */
function exampleOf(pointer: string, value: string): string {
  const parts = pointer.split('/').slice(1);
  const last = parts.at(-1) ?? '';
  if (!/^\d+$/.test(last)) return `${last}: ${value}`;
  return `${parts.findLast((part) => !/^\d+$/.test(part)) ?? ''}: [${value}]`;
}
