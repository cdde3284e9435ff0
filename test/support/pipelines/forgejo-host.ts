import { execFileSync } from 'node:child_process';
import { NOTIFY_SECRETS } from '../../../src/operations/setup/pipelines/yaml-parts.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY, startForgejoStub } from '../forge/forgejo-stub.ts';
import { SECRETS, type PipelineHost } from './pipeline-host.ts';
import { runWorkflow } from './workflow-runner.ts';

export const FORGEJO_HOST: PipelineHost = {
  kind: 'forgejo',
  runUrl: '/city/zivver-accounts/actions/runs/12',
  tokenSent: `token ${SECRETS.forge}`,
  startStub: startForgejoStub,
  async run({ clone, remote, folder, identity, environment, tipOf }, { url }, request) {
    const { job } = request;
    const run = await runWorkflow({
      workflow: readFileSync(path.join(clone, `.forgejo/workflows/${job}.yml`), 'utf8'),
      job: job === 'review' ? job : `${job}-city-hospital`,
      folder,
      names: {
        'github.server_url': url,
        'github.ref_name': 'main',
        'secrets.ZIVVER_GITOPS_FORGE_TOKEN': SECRETS.forge,
        'secrets.PLAN_CITY_HOSPITAL_LDAP_PASSWORD': SECRETS.ldap,
        'secrets.PLAN_CITY_HOSPITAL_ZIVVER_API_KEY': SECRETS.zivver,
        'secrets.PLAN_CITY_HOSPITAL_ZIVVER_GITOPS_FINGERPRINT_KEY': '',
        'secrets.APPLY_CITY_HOSPITAL_ZIVVER_API_KEY': SECRETS.zivver,
        'secrets.APPLY_CITY_HOSPITAL_ZIVVER_GITOPS_IDENTITY': readFileSync(identity, 'utf8'),
        'secrets.APPLY_CITY_HOSPITAL_ZIVVER_GITOPS_LEDGER_KEY': '',
        ...Object.fromEntries(
          ['PLAN', 'APPLY'].flatMap((job) =>
            NOTIFY_SECRETS.map((name) => [`secrets.${job}_CITY_HOSPITAL_${name}`, '']),
          ),
        ),
        'inputs.bootstrap': request.job === 'plan' && request.bootstrap === true ? 'true' : '',
        'inputs.died': 'none',
        ...(request.job === 'review'
          ? {
              'github.event.pull_request.base.sha': tipOf('main'),
              'github.event.pull_request.head.sha': tipOf(request.branch),
            }
          : {}),
      },
      environment: {
        ...environment,
        // As the runner of Forgejo, which calls itself GitHub's too.
        FORGEJO_ACTIONS: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_SERVER_URL: url,
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_RUN_ID: '815',
        GITHUB_RUN_NUMBER: '12',
      },
      checkOut: async ({ ref = 'main' }, target) => {
        execFileSync('git', ['clone', '-q', remote, target]);
        execFileSync('git', ['checkout', '-q', ref], { cwd: target });
      },
    });
    const failed = run.steps.find(({ outcome }) => outcome === 'failure');
    const output = run.steps.map((step) => step.output).join('\n');
    return { exitCode: failed?.exitCode ?? 0, output, folder: run.workspace, report: null };
  },
};
