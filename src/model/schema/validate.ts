import type { ErrorObject } from 'ajv/dist/2020.js';
import { PATTERN_WORDS } from './pattern-words.ts';
import { describeChoice, describeRule } from './rule-words.ts';
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
  return (validate.errors ?? []).filter(isTelling).map((error) => describeFault(error, { schema, data }));
}

/** The fault of a condition as a whole says nothing that its branches do not; what a list must contain is told once, of the list. */
function isTelling({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword !== 'if' && !/\/contains\/./.test(schemaPath);
}

/** `schema`: its name; '' = one whose keys nobody types. */
function describeFault(error: ErrorObject, { schema, data }: { schema: string; data: unknown }): SchemaFault {
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
      return {
        pointer,
        what: describeChoice(pointer, error.params['allowedValues'] as unknown[], valueAt(data, pointer)),
      };
    case 'pattern':
      return { pointer, what: describePattern(String(error.params['pattern'])) };
    case 'const':
      return { pointer, what: `must be ${JSON.stringify(error.params['allowedValue'])}` };
    case 'contains':
      return { pointer, what: `misses an entry that it must have${wordsOf(schema, pointer)}` };
    default:
      return { pointer, what: describeRule(error) ?? error.message ?? `breaks the rule ${error.keyword}` };
  }
}

/** ` (what the key is for)` */
function wordsOf(schema: string, pointer: string): string {
  const at = pointer.lastIndexOf('/');
  const words = describeKey(schema, pointer.slice(0, at), pointer.slice(at + 1));
  return words === null ? '' : ` (${words})`;
}

function valueAt(data: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, part) => (isRecord(value) ? value[unescapePointer(part)] : undefined), data);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** `^(a|b)$` is a choice of words, written so where another type is allowed too. */
function describePattern(pattern: string): string {
  const words = /^\^\(([A-Za-z]+(?:\|[A-Za-z]+)+)\)\$$/.exec(pattern)?.[1];
  if (words !== undefined) return `must be one of ${words.split('|').join(', ')}`;
  return PATTERN_WORDS[pattern] ?? `must match pattern "${pattern}"`;
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
