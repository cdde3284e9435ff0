import { describe, expect, test } from 'vitest';
import { placeOfRemote } from '../../../../src/adapters/forge/remote-place.ts';

describe('where the forge of a git remote is', () => {
  test.each([
    [
      'gitlab',
      'https://git.city.example/group/sub/accounts.git',
      'https://git.city.example/api/v4',
      'group/sub/accounts',
    ],
    ['gitlab', 'git@git.city.example:group/accounts.git', 'https://git.city.example/api/v4', 'group/accounts'],
    ['gitlab', 'ssh://git@git.city.example:2222/group/accounts', 'https://git.city.example/api/v4', 'group/accounts'],
    [
      'forgejo',
      'https://u:token@git.city.example:3000/city/accounts/',
      'https://git.city.example:3000/api/v1',
      'city/accounts',
    ],
    [
      'azure',
      'https://city@dev.azure.com/city/My%20Project/_git/accounts',
      'https://dev.azure.com/city',
      'My Project/accounts',
    ],
    ['azure', 'git@ssh.dev.azure.com:v3/city/Project/accounts', 'https://dev.azure.com/city', 'Project/accounts'],
  ] as const)('%s, %s', (kind, remote, apiUrl, repository) => {
    expect(placeOfRemote(kind, remote)).toEqual({ apiUrl, repository });
  });

  test.each([
    ['gitlab', '/srv/git/accounts.git'],
    ['gitlab', ''],
    ['azure', 'https://azure.example/city/Project/_git/accounts'],
    ['github', 'https://github.com/city/accounts'],
  ] as const)('%s does not follow from %s', (kind, remote) => {
    expect(placeOfRemote(kind, remote)).toBeNull();
  });
});
