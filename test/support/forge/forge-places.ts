import type { ForgeKind } from '../../../src/model/forge/forges.ts';
import { PROJECT as AZURE_PROJECT, REPOSITORY as AZURE_REPOSITORY, startAzureStub } from './azure-stub.ts';
import type { ForgeStub } from './forge-memory.ts';
import { REPOSITORY, startForgejoStub } from './forgejo-stub.ts';
import { PROJECT, startGitlabStub } from './gitlab-stub.ts';

type Environment = Readonly<Record<string, string>>;

/** A job of a forge whose API is a stub. */
interface ForgePlace {
  readonly kind: Exclude<ForgeKind, 'github'>;
  readonly start: () => Promise<ForgeStub>;
  /** What a job of this forge finds in its environment. */
  readonly environmentOf: (url: string) => Environment;
  readonly tokenSent: string;
}

export const TOKEN = 'canary-forge-token';

export const FORGE_PLACES: readonly ForgePlace[] = [
  {
    kind: 'gitlab',
    start: startGitlabStub,
    environmentOf: (url) => ({
      GITLAB_CI: 'true',
      CI_API_V4_URL: `${url}/api/v4`,
      CI_PROJECT_ID: String(PROJECT),
      CI_PROJECT_URL: `${url}/city/accounts`,
      ZIVVER_GITOPS_FORGE_TOKEN: TOKEN,
    }),
    tokenSent: TOKEN,
  },
  {
    kind: 'forgejo',
    start: startForgejoStub,
    environmentOf: (url) => ({
      GITHUB_ACTIONS: 'true',
      FORGEJO_ACTIONS: 'true',
      GITHUB_SERVER_URL: url,
      GITHUB_REPOSITORY: REPOSITORY,
      ZIVVER_GITOPS_FORGE_TOKEN: TOKEN,
    }),
    tokenSent: `token ${TOKEN}`,
  },
  {
    kind: 'azure',
    start: startAzureStub,
    environmentOf: (url) => ({
      TF_BUILD: 'True',
      SYSTEM_COLLECTIONURI: `${url}/`,
      SYSTEM_TEAMPROJECT: AZURE_PROJECT,
      BUILD_REPOSITORY_ID: AZURE_REPOSITORY,
      SYSTEM_ACCESSTOKEN: TOKEN,
    }),
    tokenSent: `Bearer ${TOKEN}`,
  },
];
