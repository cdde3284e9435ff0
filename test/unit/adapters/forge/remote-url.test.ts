import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openReviewReader } from '../../../../src/adapters/forge/open-forge.ts';
import { parseRemoteUrl } from '../../../../src/adapters/forge/remote-url.ts';
import { close, listen } from '../../../support/loopback-server.ts';

describe('where a git remote is', () => {
  test.each([
    ['https://git.city.example/group/sub/accounts.git', 'https://git.city.example', 'group/sub/accounts'],
    ['git@git.city.example:group/accounts.git', 'https://git.city.example', 'group/accounts'],
    ['ssh://git@git.city.example:2222/group/accounts', 'https://git.city.example', 'group/accounts'],
    ['https://u:token@git.city.example:3000/city/accounts/', 'https://git.city.example:3000', 'city/accounts'],
    ['git@ssh.dev.azure.com:v3/city/Project/accounts', 'https://ssh.dev.azure.com', 'v3/city/Project/accounts'],
  ])('%s', (remote, origin, path) => {
    expect(parseRemoteUrl(remote)).toEqual({ origin, path });
  });

  test.each(['/srv/git/accounts.git', 'C:\\git\\accounts', '../accounts', 'file:///srv/git/accounts', ''])(
    '%s does not tell',
    (remote) => {
      expect(parseRemoteUrl(remote)).toBeNull();
    },
  );
});

/** Neither organisation.yaml nor a job says where it is. */
const NOWHERE = { repository: null, apiUrl: null, minimum: 1 };

describe('a forge that only the git remote tells', () => {
  const environment = { ZIVVER_GITOPS_FORGE_TOKEN: 'x', SYSTEM_ACCESSTOKEN: 'x' };
  const open = (forge: 'gitlab' | 'forgejo' | 'azure', remoteUrl: string, reviews = {}) =>
    openReviewReader({ forge, ...NOWHERE, ...reviews }, environment, { remoteUrl, userAgent: 'zivver-gitops/test' });

  test.each([
    ['gitlab', 'git@git.city.example:group/accounts.git', 'project group/accounts on GitLab'],
    ['forgejo', 'https://git.city.example/city/accounts', 'city/accounts on Forgejo'],
    ['azure', 'https://city@dev.azure.com/city/My%20Project/_git/accounts', 'My Project on Azure DevOps'],
    ['azure', 'git@ssh.dev.azure.com:v3/city/Project/accounts', 'Project on Azure DevOps'],
  ] as const)('%s: %s', async (forge, remote, place) => {
    expect((await open(forge, remote)).place).toContain(place);
  });

  test.each([
    ['gitlab', '/srv/git/accounts.git'],
    ['forgejo', 'https://git.city.example/only'],
    ['azure', 'https://azure.example/city/Project/_git/accounts'],
  ] as const)('%s is not guessed from %s', async (forge, remote) => {
    await expect(open(forge, remote)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  test('is asked where organisation.yaml says, whatever the remote is', async () => {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":42}');
    });
    const apiUrl = `http://127.0.0.1:${await listen(server)}/api/v4`;
    const reader = await open('gitlab', 'git@git.city.example:other/one.git', { apiUrl, repository: 'city/accounts' });
    await reader.verifyAccess();
    await close(server);
    expect(paths).toEqual(['/api/v4/projects/city%2Faccounts']);
  });
});
