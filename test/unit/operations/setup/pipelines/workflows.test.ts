import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { FORGE_KINDS, type ForgeKind } from '../../../../../src/model/forge/forges.ts';
import { buildPipelineFiles } from '../../../../../src/operations/setup/pipelines/pipeline-files.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: boolean;
}

interface Job {
  readonly 'runs-on': string | readonly string[];
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const options = {
  organisations: ['city-hospital', 'town-hall'],
  branch: 'main',
  runner: 'zivver-gitops',
  owners: ['@city/reviewers', '@j.dekker'],
  schedule: '23 * * * 1-5',
};
const files = [...buildPipelineFiles('github', options)].filter(([name]) => name.endsWith('.yml'));
const workflows = files.map(([name, text]) => ({ name, text, workflow: parse(text) as Workflow }));
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.values(workflow.jobs).map((job) => ({ name, job, workflow })),
);

describe('a generated workflow', () => {
  it('exists for plan, review, apply and drift', () => {
    expect(files.map(([name]) => name.split('/').at(-1))).toEqual(['review.yml', 'plan.yml', 'apply.yml', 'drift.yml']);
  });

  it.each(workflows)('$name is strict YAML', ({ text }) => {
    const document = parseDocument(text, { strict: true, uniqueKeys: true });
    expect([...document.errors, ...document.warnings]).toEqual([]);
  });

  it.each(workflows)('$name grants nothing unless a job asks for it', ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeDefined();
  });

  it.each(workflows)('$name never starts with the rights of the base for the code of a fork', ({ workflow }) => {
    expect(
      Object.keys(workflow.on).filter((event) => /pull_request_target|workflow_run|issue_comment/.test(event)),
    ).toEqual([]);
  });

  it.each(workflows)('$name names every action by its commit, and its version for people', ({ text }) => {
    const lines = text.split('\n').filter((line) => line.includes('uses:'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(workflows)('$name has no expression in a script', ({ workflow }) => {
    for (const { run } of stepsOf(workflow)) expect(run ?? '').not.toContain('${{');
  });

  it.each(workflows)('$name has short scripts', ({ workflow }) => {
    for (const { run } of stepsOf(workflow)) expect((run ?? '').trimEnd().split('\n').length).toBeLessThanOrEqual(6);
  });

  it.each(workflows)('$name keeps no token in a checkout and runs no script of a package', ({ workflow }) => {
    for (const step of stepsOf(workflow)) {
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false);
      if (step.run?.includes('npm'))
        expect(step.run).toMatch(/^npm ci --ignore-scripts$|^npx --no-install |\nnpx --no-install /);
    }
  });

  it.each(workflows)('$name gives secrets to single steps, never to a whole job', ({ workflow }) => {
    for (const job of Object.values(workflow.jobs))
      expect(JSON.stringify(job.env ?? {})).not.toMatch(/secrets\.|github\.token/);
    expect(JSON.stringify({ ...workflow, jobs: null })).not.toContain('secrets.');
  });

  it.each(jobs)('$name has time limits', ({ job }) => {
    expect(job['timeout-minutes']).toBeLessThanOrEqual(360);
  });

  it.each(jobs.filter(({ name }) => !name.endsWith('review.yml')))(
    '$name never runs twice at once for one organisation, and never stops half-way',
    ({ job }) => {
      expect(job.concurrency?.group).toMatch(/^\w+-\$\{\{ matrix\.organisation }}$/);
      expect(job.concurrency?.['cancel-in-progress']).toBe(false);
    },
  );

  it.each(jobs.filter(({ name }) => !name.endsWith('review.yml')))(
    '$name takes the branch, never what an event brings',
    ({ job }) => {
      const [checkout] = job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
      expect(checkout?.with).toMatchObject({ ref: 'main', 'fetch-depth': 0 });
    },
  );

  it('for the review knows no secret, and takes the tool from the base branch', () => {
    const { text, workflow } = find('review.yml');
    expect(text).not.toContain('secrets.');
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'merge_group']);
    const [tool, change] = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(tool?.with).toMatchObject({
      ref: '${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}',
      path: 'tool',
    });
    expect(change?.with?.['path']).toBe('change');
    const install = stepsOf(workflow).find(({ run }) => run?.startsWith('npm ci'));
    expect(install).toMatchObject({ 'working-directory': 'tool' });
    for (const { run = '' } of stepsOf(workflow)) expect(run).toMatch(/^$|^npm ci --ignore-scripts$|^node "\$TOOL" /);
  });

  it('for the review comments only where the token may write: not for forks', () => {
    const comment = stepsOf(find('review.yml').workflow).find(({ name }) => name === 'Comment');
    expect(comment).toMatchObject({
      if: 'github.event.pull_request.head.repo.full_name == github.repository',
      env: { GITHUB_TOKEN: '${{ github.token }}' },
    });
  });

  it('knows the key that writes to Zivver in one step of apply only, behind an environment', () => {
    const keyed = workflows.flatMap(({ name, workflow }) =>
      Object.values(workflow.jobs).flatMap((job) =>
        job.steps
          .filter(({ env }) => env?.['ZIVVER_API_KEY'] !== undefined)
          .map((step) => [name.split('/').at(-1), step.name, job.environment]),
      ),
    );
    expect(keyed).toEqual([
      ['plan.yml', 'Plan', 'zivver-plan-${{ matrix.organisation }}'],
      ['apply.yml', 'Apply', 'zivver-apply-${{ matrix.organisation }}'],
      ['drift.yml', 'Compare Zivver with the branch', 'zivver-plan-${{ matrix.organisation }}'],
    ]);
    const identities = workflows.filter(({ text }) => text.includes('ZIVVER_GITOPS_IDENTITY')).map(({ name }) => name);
    expect(identities).toEqual(['.github/workflows/apply.yml']);
    const sealing = workflows.filter(({ text }) => text.includes('FINGERPRINT_KEY')).map(({ name }) => name);
    expect(sealing, 'never beside the identity').toEqual(['.github/workflows/plan.yml', '.github/workflows/drift.yml']);
  });

  it('tells last, with secrets that no other step has, and whatever it does, the job ends as it would', () => {
    const told = workflows.flatMap(({ name, workflow }) =>
      stepsOf(workflow)
        .filter(({ env }) => JSON.stringify(env ?? {}).includes('ZIVVER_GITOPS_SMTP_PASSWORD'))
        .map((step) => [name.split('/').at(-1), step.run, step['continue-on-error'], step.env?.['ZIVVER_API_KEY']]),
    );
    const call = 'npx --no-install zivver-gitops --organisation "$ORGANISATION" notify';
    expect(told).toEqual([
      ['plan.yml', `${call} --after plan --code "$CODE"`, true, undefined],
      ['apply.yml', `${call} --after apply --code "$CODE"`, true, undefined],
      ['drift.yml', `${call} --after daily --code "$CODE" --text "$RUNNER_TEMP/drift.txt"`, true, undefined],
    ]);
  });

  it('opens pull requests with a token that starts the review', () => {
    const step = stepsOf(find('plan.yml').workflow).find(({ run }) => run?.includes('pull-request open'));
    expect(step?.env?.['GITHUB_TOKEN']).toBe('${{ secrets.ZIVVER_GITOPS_PR_TOKEN }}');
  });

  it('for the apply lets people go on with or close an apply that died, and nothing else', () => {
    const { workflow } = find('apply.yml');
    expect(workflow).toMatchObject({
      on: { workflow_dispatch: { inputs: { died: { type: 'choice', options: ['none', 'resume', 'abandon'] } } } },
    });
    const step = stepsOf(workflow).find(({ name }) => name === 'Apply');
    expect(step).toMatchObject({ env: { DIED: '${{ inputs.died }}' } });
    expect(step?.run).not.toContain('inputs.');
  });

  it('for the apply runs on the branch only, even if somebody starts it by hand', () => {
    expect(find('apply.yml').text).toContain("if: github.ref_name == 'main'");
  });
});

describe('the workflow that applies', () => {
  it('starts with every push to the branch: GitHub looks for paths in the first 300 changed files only', () => {
    expect(find('apply.yml').workflow.on).toMatchObject({ push: { branches: ['main'] } });
    expect(find('apply.yml').text).not.toMatch(/paths(-ignore)?:/);
  });
});

describe('256 organisations', () => {
  const named = (count: number) => Array.from({ length: count }, (_, index) => `o${index}`);
  const listed = (count: number) => buildPipelineFiles('github', { ...options, organisations: named(count) });

  it('are one workflow, and one more makes another', () => {
    expect([...listed(256).keys()].filter((name) => name.includes('apply'))).toEqual(['.github/workflows/apply.yml']);
    const files = listed(257);
    const parts = ['apply.yml', 'apply-2.yml'].map(
      (name) =>
        parse(files.get(`.github/workflows/${name}`) ?? '') as {
          name: string;
          jobs: { apply: { strategy: { matrix: { organisation: string[] } } } };
        },
    );
    expect(parts.map(({ name }) => name)).toEqual(['apply', 'apply-2']);
    expect(parts.flatMap(({ jobs }) => jobs.apply.strategy.matrix.organisation)).toEqual(named(257));
    expect(parts.map(({ jobs }) => jobs.apply.strategy.matrix.organisation.length)).toEqual([256, 1]);
  });

  it('fit into two matrices of GitLab, of 200 each', () => {
    const files = buildPipelineFiles('gitlab', { ...options, organisations: named(256) });
    const pipeline = parse(files.get('.gitlab-ci.yml') ?? '') as Record<
      string,
      { parallel?: { matrix: [{ ORGANISATION: string[] }] } }
    >;
    const parts = ['apply', 'apply 2'].map((name) => pipeline[name]?.parallel?.matrix[0].ORGANISATION ?? []);
    expect(parts.map(({ length }) => length)).toEqual([200, 56]);
    expect(parts.flat()).toEqual(named(256));
  });
});

describe('a generated GitLab pipeline', () => {
  const text = buildPipelineFiles('gitlab', options).get('.gitlab-ci.yml') ?? '';
  const pipeline = parse(text) as Record<string, Record<string, unknown>>;

  it('has plan, review, apply and drift, one plan and one apply at a time for each organisation', () => {
    expect(pipeline['stages']).toEqual(['plan', 'review', 'apply', 'drift']);
    for (const name of ['plan', 'apply']) {
      expect(pipeline[`.${name}`]).toMatchObject({ resource_group: `${name}-$ORGANISATION` });
      expect(pipeline[name]?.['parallel']).toEqual({ matrix: [{ ORGANISATION: options.organisations }] });
    }
  });

  it('takes the tool of a review from the target branch, without scripts of packages and without a token', () => {
    const job = JSON.stringify(pipeline['review']);
    expect(job).toContain('git archive');
    expect(job).not.toMatch(/TOKEN|extends/);
    expect(text).not.toMatch(/npm (?:ci|install)(?! --ignore-scripts)/);
  });
});

describe('generated Forgejo workflows', () => {
  const files = [...buildPipelineFiles('forgejo', options)].filter(([name]) => name.endsWith('.yml'));
  const [, review = ''] = files.find(([name]) => name.endsWith('review.yml')) ?? [];

  it.each(files)('%s is strict YAML, pins every action, and has no expression in a script', (_, text) => {
    const document = parseDocument(text, { strict: true, uniqueKeys: true });
    expect([...document.errors, ...document.warnings]).toEqual([]);
    for (const line of text.split('\n').filter((one) => one.includes('uses:')))
      expect(line).toMatch(
        /uses: https:\/\/data\.forgejo\.org\/actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+(?:-node20)?$/,
      );
    for (const { run = '' } of stepsOf(parse(text) as Workflow)) expect(run).not.toContain('${{');
  });

  it('the review knows no secret and takes the tool from the base branch', () => {
    expect(review).not.toMatch(/secrets\.|github\.token/);
    const [tool] = stepsOf(parse(review) as Workflow);
    expect(tool?.with).toMatchObject({ ref: '${{ github.event.pull_request.base.sha }}', path: 'tool' });
  });

  it('the daily job keeps the page of each organisation, by the artifacts that Forgejo takes, whatever went wrong before', () => {
    const daily = parse(files.find(([name]) => name.endsWith('drift.yml'))?.[1] ?? '') as Workflow;
    for (const [name, job] of Object.entries(daily.jobs)) {
      const [page, kept] = job.steps.slice(-2);
      expect(page).toMatchObject({
        if: 'always()',
        run: expect.stringContaining('site "$RUNNER_TEMP/figures"') as string,
      });
      expect(kept).toMatchObject({ if: 'always()', with: { name: name.replace('drift', 'figures') } });
      expect(kept?.uses).toMatch(/\/upload-artifact@/);
    }
  });

  it('an organisation gets its own secrets, and only the apply those that write', () => {
    const apply = parse(files.find(([name]) => name.endsWith('apply.yml'))?.[1] ?? '') as Workflow;
    expect(JSON.stringify(apply.jobs['apply-town-hall'])).toContain('secrets.APPLY_TOWN_HALL_ZIVVER_API_KEY');
    expect(JSON.stringify(apply.jobs['apply-town-hall'])).not.toMatch(/CITY_HOSPITAL|PLAN_/);
    const others = files.filter(([name]) => !name.endsWith('apply.yml')).map(([, text]) => text);
    expect(others.join('')).not.toContain('APPLY_');
  });
});

describe('generated Azure pipelines', () => {
  const files = [...buildPipelineFiles('azure', options)].filter(([name]) => name.endsWith('.yml'));
  const textOf = (name: string): string => files.find(([file]) => file.endsWith(`/${name}`))?.[1] ?? '';

  it.each(files)('%s is strict YAML', (_, text) => {
    const document = parseDocument(text, { strict: true, uniqueKeys: true });
    expect([...document.errors, ...document.warnings]).toEqual([]);
  });

  it('the review knows no variable group and no token', () => {
    expect(textOf('review.yml')).not.toMatch(/group:|AccessToken/);
    expect(textOf('review.yml')).toContain('git archive HEAD^1');
  });

  it('the key that writes is known to one step of the apply only, behind an environment', () => {
    const apply = parse(textOf('apply.yml')) as {
      jobs: { environment: string; variables: unknown[]; strategy: { runOnce: { deploy: { steps: Step[] } } } }[];
    };
    expect(apply.jobs.map(({ environment }) => environment)).toEqual([
      'zivver-apply-city-hospital',
      'zivver-apply-town-hall',
    ]);
    for (const { strategy } of apply.jobs) {
      const keyed = strategy.runOnce.deploy.steps.filter(({ env }) => env?.['ZIVVER_API_KEY'] !== undefined);
      expect(keyed).toHaveLength(1);
    }
    expect(textOf('plan.yml') + textOf('drift.yml')).not.toContain('zivver-apply-');
  });
});

describe('a script that fetches the branch', () => {
  it.each(FORGE_KINDS)('of %s ends where that fails: neither `&&` nor the shell goes on with an older one', (kind) => {
    const texts = [...buildPipelineFiles(kind, options)].filter(([name]) => name.endsWith('.yml'));
    const lines = texts.flatMap(([, text]) => text.split('\n').map((line) => line.trim().replace(/^- /, '')));
    const fetches = lines.flatMap((line, index) => (line.startsWith('git fetch') ? [[lines[index - 1], line]] : []));
    expect(fetches.length > 0).toBe(kind === 'gitlab' || kind === 'azure');
    for (const [before, line] of fetches) {
      expect(line).toBe('git fetch origin main');
      if (kind === 'azure') expect(before).toBe('set -e');
    }
  });
});

describe('the files beside the workflows', () => {
  it.each(FORGE_KINDS.filter((kind) => kind !== 'azure'))('for %s give everything that decides an owner', (kind) => {
    const owners = [...buildPipelineFiles(kind, options)].find(([name]) => name.endsWith('CODEOWNERS'))?.[1] ?? '';
    const patterns: Record<Exclude<ForgeKind, 'azure'>, string[]> = {
      github: ['/desired/', '/plans/', '/vendor/', '/package-lock.json', '/.github/'],
      gitlab: ['/desired/', '/plans/', '/vendor/', '/package-lock.json', '/.gitlab-ci.yml'],
      forgejo: ['desired/.*', 'plans/.*', 'vendor/.*', 'package-lock\\.json', '\\.forgejo/.*'],
    };
    for (const path of patterns[kind]) expect(owners).toContain(`\n${path} @city/reviewers @j.dekker\n`);
  });

  it.each(FORGE_KINDS)('for %s list every secret the pipelines use', (kind) => {
    const built = buildPipelineFiles(kind, options);
    const used = [...built]
      .filter(([name]) => name.endsWith('.yml'))
      .flatMap(([, text]) =>
        [...text.matchAll(/secrets\.([A-Z_]+)|\$\((ZIVVER_\w+|LDAP_\w+)\)/g)].map(
          ([, one, other]) => one ?? other ?? '',
        ),
      );
    const checklist = [...built].find(([name]) => name.endsWith('settings.md'))?.[1] ?? '';
    for (const name of new Set([...used, 'ZIVVER_GITOPS_IDENTITY', 'LDAP_PASSWORD'])) expect(checklist).toContain(name);
    for (const organisation of options.organisations) expect(checklist).toContain(organisation);
  });
});

function find(name: string): (typeof workflows)[number] {
  const found = workflows.find((one) => one.name.endsWith(`/${name}`));
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

function stepsOf(workflow: Workflow): readonly Step[] {
  return Object.values(workflow.jobs).flatMap(({ steps }) => steps);
}
