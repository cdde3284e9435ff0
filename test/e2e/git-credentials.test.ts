import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildPipelineFiles } from '../../src/operations/setup/pipelines/pipeline-files.ts';

const options = {
  organisations: ['city'],
  branch: 'main',
  runner: 'lan',
  owners: ['@city/reviewers'],
  schedule: '23 * * * 1-5',
};

it.each(['plan', 'apply', 'drift'])('git gets the token of a step of %s from the environment alone', (name) => {
  const text = buildPipelineFiles('github', options).get(`.github/workflows/${name}.yml`) ?? '';
  const { jobs } = parse(text) as { jobs: Record<string, { env: Record<string, string> }> };
  const settings = Object.entries(jobs[name]?.env ?? {}).map(([key, value]) => [
    key,
    value.replace('${{ github.server_url }}', 'https://github.com'),
  ]);
  const answer = execFileSync('git', ['credential', 'fill'], {
    encoding: 'utf8',
    input: 'protocol=https\nhost=github.com\n\n',
    env: { PATH: process.env['PATH'], HOME: os.devNull, GITHUB_TOKEN: 'canary', ...Object.fromEntries(settings) },
  });
  expect(answer).toContain('username=x-access-token\npassword=canary\n');
});
