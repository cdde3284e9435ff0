import { readSecret } from '../../adapters/secrets/environment.ts';
import { isLoopbackUrl } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';

export const WEBHOOKS_VARIABLE = 'ZIVVER_GITOPS_WEBHOOKS';
export const MAIL_PASSWORD_VARIABLE = 'ZIVVER_GITOPS_SMTP_PASSWORD';

/**
 * Name of a webhook → its address. The address of an incoming webhook is its password, so it comes from the environment: a line
 * each, `NAME https://…`. Throws CONFIGURATION_SECRET_MISSING (3) for what is no such line, without showing it.
 */
export function readWebhookAddresses(environment: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const lines = (readSecret(environment, WEBHOOKS_VARIABLE) ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
  return new Map(
    lines.map((line, index) => {
      const [, name, address = ''] = /^\s*([a-z0-9][a-z0-9-]*)[ \t]+(\S+)\s*$/.exec(line) ?? [];
      if (name === undefined || !isSafe(address)) throw unusable(index + 1);
      return [name, address] as const;
    }),
  );
}

function isSafe(address: string): boolean {
  return URL.canParse(address) && (address.startsWith('https://') || isLoopbackUrl(address));
}

function unusable(line: number): ReconcileError {
  return new ReconcileError(
    'CONFIGURATION_SECRET_MISSING',
    `Line ${line} of ${WEBHOOKS_VARIABLE} is not a name and an address with https://`,
    { remedy: `Write a line for each webhook of notify.webhooks into ${WEBHOOKS_VARIABLE}: NAME https://…` },
  );
}
