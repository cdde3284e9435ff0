import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT, REPOSITORY, startAzureStub } from '../forge/azure-stub.ts';
import { runAzurePipeline } from './azure-runner.ts';
import { SECRETS, type PipelineHost } from './pipeline-host.ts';
import { mergeInto } from './workflow-world.ts';

export const AZURE_HOST: PipelineHost = {
  kind: 'azure',
  runUrl: '_build/results?buildId=4711',
  tokenSent: `Bearer ${SECRETS.forge}`,
  startStub: startAzureStub,
  async run({ clone, remote, folder, identity, environment, tipOf }, { url }, request) {
    const { job } = request;
    if (request.job === 'review')
      execFileSync('git', ['update-ref', 'refs/heads/proposal', tipOf(request.branch)], { cwd: remote });
    const { exitCode, output, workspace, staging } = await runAzurePipeline({
      pipeline: readFileSync(path.join(clone, `.azuredevops/pipelines/${job}.yml`), 'utf8'),
      folder,
      parameters: {
        bootstrap: String(request.job === 'plan' && request.bootstrap === true),
        died: 'none',
      },
      predefined: {
        'Build.SourceBranch': 'refs/heads/main',
        'Build.Repository.Id': REPOSITORY,
        'Build.BuildId': '4711',
        'System.CollectionUri': `${url}/`,
        'System.TeamProject': PROJECT,
      },
      // A key that is not set stays `$(NAME)`.
      secrets: {
        ...(job === 'review' ? {} : { 'System.AccessToken': SECRETS.forge, ZIVVER_API_KEY: SECRETS.zivver }),
        ...(job === 'plan' ? { LDAP_PASSWORD: SECRETS.ldap } : {}),
        ...(job === 'apply' ? { ZIVVER_GITOPS_IDENTITY: readFileSync(identity, 'utf8') } : {}),
      },
      environment: { ...environment, TF_BUILD: 'True' },
      checkOut: async (target) => {
        execFileSync('git', ['clone', '-q', remote, target]);
        if (job === 'review') mergeInto(target, 'origin/proposal');
      },
    });
    return { exitCode, output, folder: workspace, report: path.join(staging, 'report') };
  },
};
