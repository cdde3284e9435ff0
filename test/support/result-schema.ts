import { readFileSync } from 'node:fs';
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const OPTIONS = JSON.parse(
  readFileSync(new URL('../../src/model/schema/ajv-options.json', import.meta.url), 'utf8'),
) as { readonly common: Options };

/** Words of every command that has a result, as schemas/results.schema.json names them. */
export const RESULT_NAMES: readonly string[] = Object.keys(readSchema('results').properties);

/**
 * What a command printed on stdout with --json, compared with schemas/results.schema.json, or with error.schema.json if it is an
 * error. Throws an error that names the faults.
 */
export function verifyResult(args: readonly string[], stdout: string): void {
  const name = nameOf(args);
  if (name === undefined || stdout === '') return;
  const document: unknown = JSON.parse(stdout);
  const isError = typeof document === 'object' && document !== null && 'error' in document;
  const validate = isError ? validatorOf('error.schema.json') : validatorOf(`results.schema.json#/properties/${name}`);
  if (validate(document)) return;
  const faults = validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`) ?? [];
  throw new Error(`${args.join(' ')} printed what its schema does not know:\n${faults.join('\n')}\n${stdout}`);
}

function nameOf(args: readonly string[]): string | undefined {
  const words = args.flatMap((word, index) => [word, `${word} ${args[index + 1]}`]);
  return words.find((word) => RESULT_NAMES.includes(word));
}

let compiler: Ajv2020 | undefined;

function validatorOf(reference: string): ValidateFunction {
  compiler ??= openCompiler();
  const validator = compiler.getSchema(encodeURI(reference));
  if (validator === undefined) throw new Error(`there is no schema ${reference}`);
  return validator;
}

function openCompiler(): Ajv2020 {
  const ajv = new Ajv2020({ ...OPTIONS.common, allErrors: true });
  addFormats.default(ajv);
  // The results name the others by their files.
  for (const name of ['plan', 'open', 'finding', 'ledger', 'holds', 'error', 'results'])
    ajv.addSchema(readSchema(name), `${name}.schema.json`);
  return ajv;
}

function readSchema(name: string): { readonly properties: object } {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as { readonly properties: object };
}
