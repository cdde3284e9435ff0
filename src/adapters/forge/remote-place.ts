import type { ForgeKind } from '../../model/forge/forges.ts';

export interface RemotePlace {
  readonly apiUrl: string;
  /** As the forge names it. */
  readonly repository: string;
}

/**
 * Where the API of a forge is that serves git at this URL (https, ssh or scp form), for servers at the root of their host; null if
 * the URL does not tell. It may hold a token: it is never shown.
 */
export function placeOfRemote(kind: ForgeKind, remoteUrl: string): RemotePlace | null {
  const match =
    /^(?:https?|ssh):\/\/(?:[^/@]*@)?(?<host>[^/:]+)(?<port>:\d+)?\/(?<path>.+)$/.exec(remoteUrl) ??
    /^(?:[^/@:]+@)(?<host>[^/@:]+):(?!\/)(?<path>.+)$/.exec(remoteUrl);
  const { host = '', port = '', path = '' } = match?.groups ?? {};
  const repository = path.replace(/\/+$/, '').replace(/\.git$/, '');
  if (host === '' || repository === '') return null;
  const origin = `https://${host}${remoteUrl.startsWith('https:') ? port : ''}`;
  if (kind === 'gitlab') return { apiUrl: `${origin}/api/v4`, repository };
  if (kind === 'forgejo') return { apiUrl: `${origin}/api/v1`, repository };
  return kind === 'azure' ? placeOfAzure(host, repository) : null;
}

/** `dev.azure.com/city/project/_git/name`, or `ssh.dev.azure.com:v3/city/project/name`. */
function placeOfAzure(host: string, path: string): RemotePlace | null {
  const parts =
    /^(?:v3\/)?(?<organisation>[^/]+)\/(?<project>[^/]+)\/(?:_git\/)?(?<name>[^/]+)$/.exec(path)?.groups ?? null;
  if (parts === null || !/^(?:ssh\.)?dev\.azure\.com$/.test(host)) return null;
  const { organisation = '', project = '', name = '' } = parts;
  return {
    apiUrl: `https://dev.azure.com/${organisation}`,
    repository: `${decodeURIComponent(project)}/${decodeURIComponent(name)}`,
  };
}
