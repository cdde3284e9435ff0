import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** One schema fault: a JSON pointer into the data and a sentence. */
export interface SchemaFault {
  readonly pointer: string;
  readonly what: string;
}

const validators = new Map<string, ValidateFunction>();

/**
 * Compares data with `schemas/<name>.schema.json` (or one of its `$defs`); returns all faults, [] if valid.
 * Values never appear in a fault, only names and rules.
 */
export function findSchemaFaults(name: string, data: unknown, definition?: string): SchemaFault[] {
  const validate = validatorOf(name, definition);
  if (validate(data)) return [];
  return (validate.errors ?? []).filter(isTelling).map(describeFault);
}

function validatorOf(name: string, definition?: string): ValidateFunction {
  const id = definition === undefined ? name : `${name}#${definition}`;
  const known = validators.get(id);
  if (known) return known;
  const schema = readSchema(name);
  const validate = compileSchema(
    definition === undefined ? schema : { ...schema, oneOf: undefined, $ref: `#/$defs/${definition}` },
  );
  validators.set(id, validate);
  return validate;
}

function readSchema(name: string): Record<string, unknown> {
  const file = fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

function compileSchema(schema: Record<string, unknown>): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const present = Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
  return ajv.compile(present);
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
    case 'const':
      return { pointer, what: `must be ${JSON.stringify(error.params['allowedValue'])}` };
    case 'type':
      return { pointer, what: `must be ${[error.params['type']].flat().join(' or ')}` };
    default:
      return { pointer, what: error.message ?? `breaks the rule ${error.keyword}` };
  }
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
