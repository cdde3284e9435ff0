import { readFileSync } from 'node:fs';
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** `firstFaultOnly`: answers hold a whole organisation; one fault tells enough, all of them may not fit into memory. */
const OPTIONS = JSON.parse(readFileSync(new URL('./ajv-options.json', import.meta.url), 'utf8')) as {
  readonly common: Options;
  readonly firstFaultOnly: readonly string[];
};

const compilers = new Map<string, Ajv2020>();

/**
 * The validator of `schemas/<name>.schema.json`, or of one of its `$defs`. The build replaces this module by validators
 * that are compiled already (.ci/build.mjs): compiling costs more than most commands.
 */
export function validatorOf(name: string, definition?: string): ValidateFunction {
  const compiler = compilers.get(name) ?? openCompiler(name);
  const validator = compiler.getSchema(definition === undefined ? name : `${name}#/$defs/${definition}`);
  if (validator === undefined) throw new Error(`${name}.schema.json defines no ${definition}`);
  return validator;
}

function openCompiler(name: string): Ajv2020 {
  const compiler = new Ajv2020({ ...OPTIONS.common, allErrors: !OPTIONS.firstFaultOnly.includes(name) });
  addFormats.default(compiler);
  const file = new URL(`../../../schemas/${name}.schema.json`, import.meta.url);
  compiler.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object, name);
  compilers.set(name, compiler);
  return compiler;
}
