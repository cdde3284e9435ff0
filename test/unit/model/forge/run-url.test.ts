import { expect, it } from 'vitest';
import { runUrlOf } from '../../../../src/model/forge/forges.ts';

const ACTIONS = { GITHUB_SERVER_URL: 'https://git.example', GITHUB_REPOSITORY: 'city/accounts', GITHUB_RUN_ID: '4711' };

it.each<[string, NodeJS.ProcessEnv, string | null]>([
  ['GitHub', ACTIONS, 'https://git.example/city/accounts/actions/runs/4711/attempts/1'],
  [
    'GitHub, again',
    { ...ACTIONS, GITHUB_RUN_ATTEMPT: '2' },
    'https://git.example/city/accounts/actions/runs/4711/attempts/2',
  ],
  [
    'Forgejo',
    { ...ACTIONS, FORGEJO_ACTIONS: 'true', GITHUB_RUN_NUMBER: '12' },
    'https://git.example/city/accounts/actions/runs/12',
  ],
  [
    'Gitea',
    { ...ACTIONS, GITEA_ACTIONS: 'true', GITHUB_RUN_NUMBER: '12', GITHUB_RUN_ATTEMPT: '2' },
    'https://git.example/city/accounts/actions/runs/12',
  ],
  ['GitLab', { GITLAB_CI: 'true', CI_JOB_URL: 'https://gitlab.example/job/1' }, 'https://gitlab.example/job/1'],
  [
    'Azure DevOps',
    {
      TF_BUILD: 'True',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/city/',
      SYSTEM_TEAMPROJECT: 'City hospital',
      BUILD_BUILDID: '9',
    },
    'https://dev.azure.com/city/City%20hospital/_build/results?buildId=9',
  ],
  ['no forge', {}, null],
])('on %s the run is found again', (_name, environment, url) => {
  expect(runUrlOf(environment)).toBe(url);
});
