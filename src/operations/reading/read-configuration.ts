import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConfiguration, type Configuration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import { decodeUtf8 } from '../../model/text/utf8.ts';

/** Reads and checks desired/<organisation>/organisation.yaml. Throws CONFIGURATION_INVALID with all faults. */
export async function readConfiguration(repositoryRoot: string, organisation: string): Promise<Configuration> {
  const folder = path.join(repositoryRoot, 'desired', organisation);
  const file = path.join(folder, 'organisation.yaml');
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ReconcileError('CONFIGURATION_INVALID', `desired/${organisation}/organisation.yaml cannot be read`, {
      remedy: `Run the command in the root of the repository, or make the organisation with: zivver-gitops init ${organisation}`,
      cause,
    });
  });
  const text = decodeUtf8(bytes);
  if (text !== undefined) return parseConfiguration(text, organisation, folder);
  throw new ReconcileError('CONFIGURATION_INVALID', `desired/${organisation}/organisation.yaml is not UTF-8`, {
    remedy: 'Save the file with the encoding UTF-8.',
    problems: [
      { where: `desired/${organisation}/organisation.yaml:${faultyLine(bytes)}`, what: 'bytes that are no text' },
    ],
  });
}

/** Number of the first line with bytes that are not UTF-8. */
function faultyLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end;
    if (decodeUtf8(bytes.subarray(start, stop)) === undefined) return line;
    start = stop + 1;
  }
  return line;
}
