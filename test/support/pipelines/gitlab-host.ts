import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT, startGitlabStub } from '../forge/gitlab-stub.ts';
import { runGitlabJob } from './gitlab-runner.ts';
import { SECRETS, type PipelineHost } from './pipeline-host.ts';

export const GITLAB_HOST: PipelineHost = {
  kind: 'gitlab',
  runUrl: 'https://gitlab.example/job/1',
  tokenSent: SECRETS.forge,
  startStub: startGitlabStub,
  async run({ clone, remote, folder, identity, environment, tipOf }, { url }, request) {
    const { job } = request;
    const kept = request.job === 'review' ? request.folder : undefined;
    const { exitCode, output, project } = await runGitlabJob({
      ...(kept === undefined ? {} : { project: kept }),
      pipeline: readFileSync(path.join(clone, '.gitlab-ci.yml'), 'utf8'),
      job,
      ref: request.job === 'review' ? `origin/${request.branch}` : 'origin/main',
      remote,
      folder,
      variables: {
        ...environment,
        ORGANISATION: 'city-hospital',
        GITLAB_CI: 'true',
        CI_SERVER_URL: `file://${folder}`,
        CI_PROJECT_PATH: 'remote',
        CI_JOB_URL: GITLAB_HOST.runUrl,
        CI_API_V4_URL: `${url}/api/v4`,
        CI_PROJECT_ID: String(PROJECT),
        CI_PROJECT_URL: 'https://gitlab.example/city/accounts',
        // Protected and of an environment: the job of a merge request gets none of them.
        ...(job === 'review'
          ? { CI_MERGE_REQUEST_DIFF_BASE_SHA: tipOf('main') }
          : { ZIVVER_GITOPS_FORGE_TOKEN: SECRETS.forge, ZIVVER_API_KEY: SECRETS.zivver }),
        ...(job === 'plan' ? { LDAP_PASSWORD: SECRETS.ldap } : {}),
        ...(job === 'apply' ? { ZIVVER_GITOPS_IDENTITY: readFileSync(identity, 'utf8') } : {}),
        ...(request.job === 'plan' && request.bootstrap === true ? { BOOTSTRAP: 'yes' } : {}),
        ...(job === 'drift' ? { DRIFT: 'yes' } : {}),
      },
    });
    return { exitCode: exitCode ?? 1, output, folder: project, report: path.join(project, 'report') };
  },
};
