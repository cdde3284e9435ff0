import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { GithubForge } from '../../src/adapters/forge/github/github-forge.ts';
import { GithubReviews } from '../../src/adapters/forge/github/github-reviews.ts';
import { GithubWriter } from '../../src/adapters/forge/github/github-writer.ts';
import { ApiDescription, type ApiDocument } from '../support/forge/api-description.ts';
import { exerciseForge } from '../support/forge/exercise-forge.ts';
import { recordExchanges, type Recording } from '../support/forge/record-exchanges.ts';
import { buildSettings } from '../support/github-settings.ts';
import { buildAccount, buildCommit, buildPullRequest, buildReview, REPOSITORY } from '../support/github-shapes.ts';
import { startGithubStub } from '../support/github-stub.ts';
import { REPOSITORY as WRITTEN, startGithubStub as startWritesStub } from '../support/github-writes.ts';
import { TOOLS } from '../support/pipelines/forge-tools.ts';

/** GitHub's own description of its API, of which the stubs may leave something out, and add nothing. */
describe('what the stubs of GitHub answer, and what the program asks', () => {
  let description: ApiDescription;

  beforeAll(() => {
    const file = path.join(TOOLS, 'node_modules/@octokit/openapi/generated/api.github.com.json');
    description = new ApiDescription(JSON.parse(readFileSync(file, 'utf8')) as ApiDocument);
  });

  async function record(stub: { close(): Promise<void> }, url: string, base = ''): Promise<Recording> {
    const recording = await recordExchanges(url, base);
    onTestFinished(async () => {
      await recording.close();
      await stub.close();
    });
    return recording;
  }

  const faultsOf = ({ exchanges }: Pick<Recording, 'exchanges'>): readonly string[] => {
    expect(exchanges.length).toBeGreaterThan(0);
    return [...new Set(exchanges.flatMap((exchange) => description.faultsOf(exchange)))];
  };

  it('when a plan is proposed, reviewed, merged and told of', async () => {
    const stub = await startWritesStub();
    const recording = await record(stub, stub.apiUrl);
    const place = { repository: WRITTEN, apiUrl: recording.url, serverUrl: 'https://github.com', token: 'x' };
    await exerciseForge(new GithubForge(new GithubWriter(place, '1.0.0')), (number) => {
      const merged = { state: 'closed', merged_at: '2026-11-24T08:00:00Z' };
      Object.assign(stub.pulls.find((one) => one.number === number) ?? {}, merged);
    });
    expect(faultsOf(recording)).toEqual([]);
  });

  it('when approvals are asked for', async () => {
    const head = 'a'.repeat(40);
    const pullRequest = buildPullRequest({ head: { sha: head } });
    const reviews = [buildReview({ user: buildAccount('rita-reviewer'), commit_id: head })];
    const stub = await startGithubStub([{ pullRequest, reviews, commits: [buildCommit({ sha: head })] }]);
    const recording = await record(stub, stub.url.replace('/api/v3', ''), '/api/v3');
    const server = { apiUrl: `${recording.url}/api/v3`, token: 'x', userAgent: 'zivver-gitops/1.0.0' };
    const reader = new GithubReviews(server, REPOSITORY);
    await reader.verifyAccess();
    await reader.findMerged('5'.repeat(40), 'main');
    await reader.read(7);
    await reader.close();
    expect(faultsOf(recording)).toEqual([]);
  });

  it('when doctor compares the settings', () => {
    const exchanges = [...buildSettings('city-hospital')].map(([below, settings]) => {
      const { status, ...answer } = settings as Record<string, unknown>;
      const isList = /^\/(?:rules\/|environments|actions\/(?:organization-)?secrets)/.test(below);
      return {
        method: 'GET',
        path: `/repos/${REPOSITORY}${below}`,
        query: isList ? ['per_page'] : below.startsWith('/rulesets/') ? ['includes_parents'] : [],
        body: undefined,
        status: Number(status ?? 200),
        answer: Array.isArray(settings) ? settings : answer,
      };
    });
    expect(faultsOf({ exchanges })).toEqual([]);
  });
});
