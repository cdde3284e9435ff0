import { isLoopbackUrl } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';

/** What a connection to GitHub's REST API needs. */
export interface GithubAccess {
  /** Base of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  /** Secret. */
  readonly token: string;
  /** `zivver-gitops/<version>` */
  readonly userAgent: string;
  /** For connecting, for the head of the answer, and between two pieces of it. Default 20,000. */
  readonly timeoutMs?: number;
}

/**
 * The rules for everybody who talks to GitHub: the token goes over https only, except to this computer, and is what a token
 * can be. Throws CONFIGURATION_INVALID or CONFIGURATION_SECRET_MISSING; never shows the token.
 */
export function verifyAccess({ apiUrl, token }: GithubAccess): void {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : null;
  const isEncrypted = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackUrl(apiUrl));
  if (!isEncrypted || url === null || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new ReconcileError('CONFIGURATION_INVALID', 'The address of GitHub’s REST API cannot be used', {
      remedy: 'Set GITHUB_API_URL, or approval.reviews.apiUrl, to a URL such as https://api.github.com.',
      problems: [{ where: 'GITHUB_API_URL', what: 'must be https:// and hold nothing but host, port and path' }],
    });
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new ReconcileError('CONFIGURATION_SECRET_MISSING', 'GITHUB_TOKEN is blank, or holds what no token has', {
      remedy: 'Set GITHUB_TOKEN to the token exactly as GitHub shows it.',
    });
}

/** `owner/name`, of which neither part can be taken for a step in a path. */
export function isRepositoryName(text: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]*\/(?!\.{1,2}$)[A-Za-z0-9._-]+$/.test(text);
}
