import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Dispatcher } from 'undici';
import { ReconcileError } from '../../model/errors.ts';
import { isLoopbackUrl } from './target-url.ts';

export interface DispatcherOptions {
  /** Trusted besides the built-in certification authorities. */
  readonly caPem?: string | undefined;
  readonly connectTimeoutMs: number;
  readonly connections: number;
}

/**
 * Connections to the target. HTTPS_PROXY and NO_PROXY of the environment are obeyed, except for this computer itself.
 * Imports undici (about 100 ms) only when it is called. Throws `CONFIGURATION_INVALID` for an unusable proxy or certificate.
 */
export async function createDispatcher(url: URL, options: DispatcherOptions): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const { connectTimeoutMs, connections, caPem } = options;
  const trust = caPem === undefined ? {} : { ca: [...rootCertificates, verifyCertificate(caPem)] };
  const common = { connections, connect: { timeout: connectTimeoutMs, ...trust } };
  if (isLoopbackUrl(url)) return new Agent(common);
  try {
    // Behind a proxy, undici takes the authorities for the target from requestTls and ignores those of connect.
    return new EnvHttpProxyAgent(caPem === undefined ? common : { ...common, requestTls: trust, proxyTls: trust });
  } catch {
    // The cause would show the proxy's URL, and with it perhaps a password.
    throw new ReconcileError('CONFIGURATION_INVALID', 'The proxy named in the environment cannot be used.', {
      remedy: 'Set HTTPS_PROXY to a URL such as http://proxy.company.org:8080.',
    });
  }
}

function verifyCertificate(pem: string): string {
  try {
    new X509Certificate(pem);
    return pem;
  } catch (cause) {
    throw new ReconcileError(
      'CONFIGURATION_INVALID',
      'The additional certification authority is not a PEM certificate.',
      {
        remedy: 'Give a file that begins with -----BEGIN CERTIFICATE-----.',
        cause,
      },
    );
  }
}
