import { describe, expect, it, onTestFinished } from 'vitest';
import { GithubReader } from '../../../../../src/adapters/forge/github/github-reader.ts';
import { GithubFailure } from '../../../../../src/adapters/forge/github/github-failure.ts';
import { translateGithubFailure } from '../../../../../src/operations/approval/forge-failures.ts';
import { HEAD, rita } from '../../../../support/approval-facts.ts';
import { GITHUB_FAULTS } from '../../../../support/github-faults.ts';
import { buildAccount, buildPullRequest, buildReview, REPOSITORY } from '../../../../support/github-shapes.ts';
import { sendJson, startGithubStub, type GithubStub } from '../../../../support/github-stub.ts';

const TOKEN = 'ghs_CanaryOfTheToken7f31';
const PULL = `/repos/${REPOSITORY}/pulls/7`;

async function startClient(reviews: number): Promise<{ stub: GithubStub; client: GithubReader }> {
  const pullRequest = buildPullRequest({ head: { sha: HEAD } });
  const all = Array.from({ length: reviews }, (_, index) =>
    buildReview({ id: index + 1, user: buildAccount(`person-${index}`), commit_id: HEAD }),
  );
  const stub = await startGithubStub([{ pullRequest, reviews: all, commits: [] }]);
  const client = new GithubReader({ apiUrl: stub.url, token: TOKEN, userAgent: 'zivver-gitops/0.0.0', timeoutMs: 150 });
  onTestFinished(async () => {
    await client.close();
    await stub.close();
  });
  return { stub, client };
}

describe('GithubReader', () => {
  it('sends GET only, with the token, its name and the version of the API', async () => {
    const { stub, client } = await startClient(1);
    await client.read(PULL, 'PullRequest');
    expect(stub.requests).toEqual([
      { method: 'GET', url: `/api/v3${PULL}`, authorization: `Bearer ${TOKEN}`, agent: 'zivver-gitops/0.0.0' },
    ]);
  });

  it.each([0, 1, 99, 100, 101, 200, 205])('reads all of %i reviews', async (count) => {
    const { client } = await startClient(count);
    const reviews = await client.readPages(`${PULL}/reviews`, 'Review');
    expect(reviews.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  it('reads on while there is a next page, also if GitHub gives fewer a page than asked for', async () => {
    const { stub, client } = await startClient(31);
    stub.pageSize = 10;
    expect(await client.readPages(`${PULL}/reviews`, 'Review')).toHaveLength(31);
  });

  it('does not lose the second page if a proxy removes the Link header', async () => {
    const { stub, client } = await startClient(150);
    stub.hasLinks = false;
    expect(await client.readPages(`${PULL}/reviews`, 'Review')).toHaveLength(150);
  });

  it('refuses a list without end', async () => {
    const { stub, client } = await startClient(1);
    stub.fault = (response, { body }) => {
      sendJson(response, 200, body, { link: '<https://example.org/?page=2>; rel="next"' });
      return true;
    };
    await expect(client.readPages(`${PULL}/reviews`, 'Review')).rejects.toMatchObject({ name: 'GithubFailure' });
    expect(stub.requests.length).toBeLessThanOrEqual(50);
  });

  it.each(Object.entries(GITHUB_FAULTS))('does not approve on: %s', async (_, fault) => {
    const { stub, client } = await startClient(1);
    stub.fault = fault;
    const failure: unknown = await client.read(PULL, 'PullRequest').catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(GithubFailure);
    expect(String(failure)).not.toContain('Canary');
    const error = translateGithubFailure(failure as GithubFailure);
    expect(error).toMatchObject({ code: 'APPROVAL_MISSING', exitCode: 30 });
    expect(stub.requests).toHaveLength(1);
    const { message, remedy, problems } = error as { message: string; remedy: string; problems: unknown };
    expect(JSON.stringify([message, remedy, problems])).not.toContain('Canary');
  });

  it.each([
    ['x-ratelimit-reset', '1795428000', '2026-11-23T'],
    ['x-ratelimit-reset', 'soon', 'used up'],
  ])('tells how long the rate limit lasts, if %s is %s', async (name, value, told) => {
    const { stub, client } = await startClient(1);
    stub.fault = (response, { body }) => {
      sendJson(response, 403, body, { 'x-ratelimit-remaining': '0', [name]: value });
      return true;
    };
    const failure: unknown = await client.read(PULL, 'PullRequest').catch((thrown: unknown) => thrown);
    expect(String(translateGithubFailure(failure as GithubFailure))).toContain(told);
  });

  it.each([
    ['id', undefined],
    ['state', 'APPROVE'],
    ['state', undefined],
    ['user', undefined],
    ['user', { login: 'rita-reviewer' }],
    ['user', { ...rita, type: undefined }],
    ['commit_id', 'main'],
    ['commit_id', undefined],
    ['submitted_at', undefined],
    ['submitted_at', 'yesterday'],
  ])('refuses a review whose %s is %j', async (name, value) => {
    const { stub, client } = await startClient(1);
    stub.fault = (response) => {
      sendJson(response, 200, JSON.stringify([{ ...buildReview({ user: rita, commit_id: HEAD }), [name]: value }]));
      return true;
    };
    await expect(client.readPages(`${PULL}/reviews`, 'Review')).rejects.toMatchObject({ name: 'GithubFailure' });
  });

  it.each(['number', 'merged', 'merge_commit_sha', 'user', 'head', 'base', 'html_url'])(
    'refuses a pull request without %s',
    async (name) => {
      const { stub, client } = await startClient(1);
      stub.fault = (response, { body }) => {
        sendJson(response, 200, JSON.stringify({ ...(JSON.parse(body) as object), [name]: undefined }));
        return true;
      };
      await expect(client.read(PULL, 'PullRequest')).rejects.toMatchObject({ name: 'GithubFailure' });
    },
  );

  it('refuses if nobody listens', async () => {
    const client = new GithubReader({ apiUrl: 'http://127.0.0.1:9', token: TOKEN, userAgent: 'x', timeoutMs: 500 });
    onTestFinished(() => client.close());
    await expect(client.read(PULL, 'PullRequest')).rejects.toMatchObject({ name: 'GithubFailure' });
  });
});
