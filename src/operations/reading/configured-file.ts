import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ReconcileError } from '../../model/errors.ts';

/** A file that organisation.yaml names, relative to itself. */
export function readConfiguredFile(folder: string, name: string, key: string): string {
  try {
    return readFileSync(path.resolve(folder, name), 'utf8');
  } catch (cause) {
    throw new ReconcileError('CONFIGURATION_INVALID', `The file ${name} of ${key} cannot be read`, {
      remedy: `Correct ${key} in organisation.yaml; the path is relative to that file.`,
      cause,
    });
  }
}
