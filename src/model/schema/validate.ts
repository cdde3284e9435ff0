import type { ErrorObject } from 'ajv/dist/2020.js';
import { PATTERN_WORDS } from './pattern-words.ts';
import { describeKey, suggestKey } from './schema-keys.ts';
import { validatorOf } from './validators.ts';

/** One schema fault: a JSON pointer into the data and a sentence. */
export interface SchemaFault {
  readonly pointer: string;
  readonly what: string;
}

/**
 * Compares data with `schemas/<name>.schema.json` (or one of its `$defs`); returns all faults, [] if valid.
 * Values never appear in a fault, only names and rules.
 */
export function findSchemaFaults(name: string, data: unknown, definition?: string): SchemaFault[] {
  const validate = validatorOf(name, definition);
  if (validate(data)) return [];
  const schema = definition === undefined ? name : '';
  return (validate.errors ?? []).filter(isTelling).map((error) => describeFault(error, schema));
}

/** The fault of a `oneOf` as a whole says nothing that its branches do not. */
function isTelling(error: ErrorObject): boolean {
  return error.keyword !== 'if';
}

/** `schema`: its name; '' = one whose keys nobody types. */
function describeFault(error: ErrorObject, schema: string): SchemaFault {
  const pointer = error.instancePath;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params['additionalProperty']);
      const suggestion = suggestKey(schema, pointer, key);
      const what = suggestion === null ? 'unknown key' : `unknown key, ${suggestion}`;
      return { pointer: `${pointer}/${escapePointer(key)}`, what };
    }
    case 'required': {
      const key = String(error.params['missingProperty']);
      const words = describeKey(schema, pointer, key);
      return { pointer, what: words === null ? `missing key ${key}` : `missing key ${key} (${words})` };
    }
    case 'enum':
      return { pointer, what: `must be one of ${(error.params['allowedValues'] as unknown[]).join(', ')}` };
    case 'pattern':
      return { pointer, what: describePattern(String(error.params['pattern'])) };
    case 'const':
      return { pointer, what: `must be ${JSON.stringify(error.params['allowedValue'])}` };
    case 'type':
      return { pointer, what: `must be ${[error.params['type']].flat().join(' or ')}` };
    default:
      return { pointer, what: error.message ?? `breaks the rule ${error.keyword}` };
  }
}

/** `^(a|b)$` is a choice of words, written so where another type is allowed too. */
function describePattern(pattern: string): string {
  const words = /^\^\(([A-Za-z]+(?:\|[A-Za-z]+)+)\)\$$/.exec(pattern)?.[1];
  if (words !== undefined) return `must be one of ${words.split('|').join(', ')}`;
  return PATTERN_WORDS[pattern] ?? `must match pattern "${pattern}"`;
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
