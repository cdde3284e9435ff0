import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  AZURE_SCHEMA,
  listGitlabJobs,
  listPipelines,
  lintActions,
  openAzureSchema,
  openWorkflowParser,
} from '../support/pipelines/forge-tools.ts';

describe.each(['github', 'forgejo'] as const)('the workflows of %s', (kind) => {
  it('are read by GitHub’s parser without an error, and what is wrong is not', async () => {
    const parseWorkflow = await openWorkflowParser();
    for (const [name, text] of listPipelines(kind)) {
      expect(await parseWorkflow(name, text), name).toEqual([]);
      expect(await parseWorkflow(name, text.replace('runs-on:', 'run-on:')), name).not.toEqual([]);
    }
  });

  it('are found right by actionlint, its expressions and scripts too', async () => {
    for (const [name, text] of listPipelines(kind)) {
      // Forgejo takes actions by their address, which GitHub does not.
      const known = text.replaceAll('uses: https://data.forgejo.org/', 'uses: ');
      expect(await lintActions(name, known), name).toEqual([]);
      expect(await lintActions(name, known.replace('${{ github.', '${{ githob.')), name).not.toEqual([]);
    }
  });
});

describe('the pipeline of GitLab', () => {
  const [text = ''] = listPipelines('gitlab').map(([, one]) => one);
  const ask = async (variables: Readonly<Record<string, string>>, changed = text) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'gitlab-ci-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return listGitlabJobs(folder, changed, variables);
  };

  it.each([
    ['of a schedule plans', { CI_PIPELINE_SOURCE: 'schedule' }, ['plan: [city-hospital]', 'plan: [town-hall]']],
    [
      'of a schedule with DRIFT watches',
      { CI_PIPELINE_SOURCE: 'schedule', DRIFT: 'yes' },
      ['drift: [city-hospital]', 'drift: [town-hall]'],
    ],
    ['of a merge applies', { CI_PIPELINE_SOURCE: 'push' }, ['apply: [city-hospital]', 'apply: [town-hall]']],
    ['of a merge request reviews', { CI_PIPELINE_SOURCE: 'merge_request_event' }, ['review']],
    ['that is started by hand plans', { CI_PIPELINE_SOURCE: 'web' }, ['plan: [city-hospital]', 'plan: [town-hall]']],
    [
      'with DIED goes on with an apply',
      { CI_PIPELINE_SOURCE: 'web', DIED: 'resume' },
      ['apply: [city-hospital]', 'apply: [town-hall]'],
    ],
  ])('%s, by GitLab’s schema and rules', async (_what, variables, jobs) => {
    const found = await ask(variables);
    expect(found.exitCode, found.output).toBe(0);
    expect(found.jobs).toEqual(jobs);
  });

  it('is refused with a key that GitLab does not know', async () => {
    expect((await ask({}, text.replace('  timeout: 6h', '  tiemout: 6h'))).exitCode).not.toBe(0);
  });
});

describe.skipIf(!existsSync(AZURE_SCHEMA))('the pipelines of Azure DevOps', () => {
  it('fit Azure’s published schema, and what is wrong does not', () => {
    const faultsOf = openAzureSchema();
    for (const [name, text] of listPipelines('azure')) {
      expect(faultsOf(text), name).toEqual([]);
      expect(faultsOf(text.replace('displayName:', 'displayNam:')), name).not.toEqual([]);
    }
  });
});
