import { readFileSync } from 'node:fs';
import { ReconcileError } from '../../model/errors.ts';

/** Value of a secret: the environment variable, or the file that `<name>_FILE` names (one trailing newline dropped). */
export function readSecret(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name];
  if (value !== undefined && value !== '') return value;
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new ReconcileError('CONFIGURATION_SECRET_MISSING', `The file that ${name}_FILE names cannot be read`, {
      remedy: `Correct ${name}_FILE, or set ${name}.`,
      cause,
    });
  }
}

/** The secret, or CONFIGURATION_SECRET_MISSING with what it is for. */
export function requireSecret(environment: NodeJS.ProcessEnv, name: string, purpose: string): string {
  const value = readSecret(environment, name);
  if (value !== undefined && value !== '') return value;
  throw new ReconcileError('CONFIGURATION_SECRET_MISSING', `${name} is not set: ${purpose}`, {
    remedy: `Set ${name}, or ${name}_FILE to a file that holds it; never write it into organisation.yaml.`,
  });
}
