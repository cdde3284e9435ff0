import { requireSecret } from '../../adapters/secrets/environment.ts';
import type { ConnectOptions } from '../../adapters/zivver/connect.ts';
import { readConfiguredFile } from './configured-file.ts';
import type { CommandContext } from '../context.ts';

/** How to reach the configured Zivver; the key comes from the environment. */
export function targetOptions({ configuration, version }: CommandContext): ConnectOptions {
  const { url, caFile } = configuration.target;
  const apiKey = requireSecret(process.env, 'ZIVVER_API_KEY', 'the API key of Zivver, from its admin panel');
  const caPem = caFile === null ? undefined : readConfiguredFile(configuration.folder, caFile, 'zivver.caFile');
  return { url, apiKey, userAgent: `zivver-gitops/${version}`, caPem };
}
