export interface RemoteUrl {
  /** `https://git.city.example`, with the port if the URL is one of https. */
  readonly origin: string;
  /** Of the repository, without `.git`. */
  readonly path: string;
}

/**
 * Where a git remote is (https, ssh or scp form), for servers at the root of their host; null if the URL does not tell. It may
 * hold a token: what is returned never does.
 */
export function parseRemoteUrl(remoteUrl: string): RemoteUrl | null {
  const match =
    /^(?:https?|ssh):\/\/(?:[^/@]*@)?(?<host>[^/:]+)(?<port>:\d+)?\/(?<path>.+)$/.exec(remoteUrl) ??
    /^(?:[^/@:]+@)(?<host>[^/@:]+):(?!\/)(?<path>.+)$/.exec(remoteUrl);
  const { host = '', port = '', path = '' } = match?.groups ?? {};
  const repository = path.replace(/\/+$/, '').replace(/\.git$/, '');
  if (host === '' || repository === '') return null;
  return { origin: `https://${host}${remoteUrl.startsWith('https:') ? port : ''}`, path: repository };
}
