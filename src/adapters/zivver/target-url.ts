import { ReconcileError } from '../../model/errors.ts';

/**
 * Reads the address of Zivver's API: https, or http for a sandbox on this computer; no credentials, query or fragment.
 * The result ends without a slash. Throws `CONFIGURATION_INVALID`.
 */
export function parseTargetUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const fault = url === undefined ? 'is not a URL' : findFault(url);
  if (url === undefined || fault !== undefined) {
    throw new ReconcileError('CONFIGURATION_INVALID', `The address of Zivver's API ${fault}.`, {
      remedy: 'Set zivver.url to https://app.zivver.com/api/scim/v2.',
    });
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** True for this very computer, by name or by address. */
export function isLoopbackUrl(url: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

function findFault(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or a password';
  if (url.search !== '' || url.hash !== '') return 'must not have a query or a fragment';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackUrl(url))) return undefined;
  return 'must begin with https:// (http:// only for a sandbox on this computer)';
}
