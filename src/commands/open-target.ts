import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ReconcileError } from '../errors.ts';
import { requireSecret } from '../secrets/environment.ts';
import type { ConnectOptions } from '../zivver/connect.ts';
import type { CommandContext } from './context.ts';

/** How to reach the configured Zivver; the key comes from the environment. */
export function targetOptions({ configuration, version }: CommandContext): ConnectOptions {
  const { url, caFile } = configuration.target;
  const apiKey = requireSecret(process.env, 'ZIVVER_API_KEY', 'the API key of Zivver, from its admin panel');
  const caPem = caFile === null ? undefined : readConfiguredFile(configuration.folder, caFile, 'zivver.caFile');
  return { url, apiKey, userAgent: `zivver-gitops/${version}`, caPem };
}

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
