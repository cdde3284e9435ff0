import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConfiguration, type Configuration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';

/** Reads and checks desired/<organisation>/organisation.yaml. Throws CONFIGURATION_INVALID with all faults. */
export async function readConfiguration(repositoryRoot: string, organisation: string): Promise<Configuration> {
  const folder = path.join(repositoryRoot, 'desired', organisation);
  const file = path.join(folder, 'organisation.yaml');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ReconcileError('CONFIGURATION_INVALID', `desired/${organisation}/organisation.yaml cannot be read`, {
      remedy: `Run the command in the root of the repository, or make the organisation with: zivver-gitops init ${organisation}`,
      cause,
    });
  });
  return parseConfiguration(text, organisation, folder);
}
