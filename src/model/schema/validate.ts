import type { ErrorObject } from 'ajv/dist/2020.js';
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
  return (validate.errors ?? []).filter(isTelling).map(describeFault);
}

/** The fault of a `oneOf` as a whole says nothing that its branches do not. */
function isTelling(error: ErrorObject): boolean {
  return error.keyword !== 'if';
}

function describeFault(error: ErrorObject): SchemaFault {
  const pointer = error.instancePath;
  switch (error.keyword) {
    case 'additionalProperties':
      return {
        pointer: `${pointer}/${escapePointer(String(error.params['additionalProperty']))}`,
        what: 'unknown key',
      };
    case 'required':
      return { pointer, what: `missing key ${String(error.params['missingProperty'])}` };
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
  return words === undefined ? `must match pattern "${pattern}"` : `must be one of ${words.split('|').join(', ')}`;
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
