import { isRepositoryName } from './github-access.ts';

/**
 * `owner/name` from the URL of a git remote (https, ssh or scp form) on the GitHub that `apiUrl` belongs to;
 * undefined if it is another place. The URL may hold a token: it is never shown.
 */
export function parseGithubRepository(remoteUrl: string, apiUrl: string): string | undefined {
  const match =
    /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?(?<host>[^/:]+)(?::\d+)?\/(?<path>.+)$/.exec(remoteUrl) ??
    /^(?:[^/@:]+@)?(?<host>[^/@:]+):(?!\/)(?<path>.+)$/.exec(remoteUrl);
  const { host = '', path = '' } = match?.groups ?? {};
  const repository = path.replace(/\/+$/, '').replace(/\.git$/, '');
  if (!hostsOf(apiUrl).includes(host.toLowerCase())) return undefined;
  return isRepositoryName(repository) ? repository : undefined;
}

/** Hosts that serve git for an API: github.com, `<name>.ghe.com`, or the very host of an Enterprise Server. */
function hostsOf(apiUrl: string): string[] {
  const { hostname } = new URL(apiUrl);
  if (hostname === 'api.github.com') return ['github.com', 'www.github.com', 'ssh.github.com'];
  return hostname.endsWith('.ghe.com') ? [hostname.replace(/^api\./, '')] : [hostname];
}
