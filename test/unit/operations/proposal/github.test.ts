import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GithubForge } from '../../../../src/adapters/forge/github/github-forge.ts';
import { findProposals } from '../../../../src/operations/proposal/write-proposal.ts';
import { readGithubPlace } from '../../../../src/adapters/forge/github/github-place.ts';
import { GithubWriter } from '../../../../src/adapters/forge/github/github-writer.ts';
import { writeIssue, type Alarm } from '../../../../src/operations/proposal/issue.ts';
import { markOf, writeMarkedComment } from '../../../../src/operations/proposal/marked-comment.ts';
import { proposalMark } from '../../../../src/operations/proposal/pull-request-text.ts';
import { writePipeline } from '../../../../src/operations/setup/pipelines/write-pipeline.ts';
import { REPOSITORY, startGithubStub, type GithubStub } from '../../../support/github-writes.ts';

const drift: Alarm = { organisation: 'city', kind: 'drift', code: 50, text: 'a@a.example\n', runUrl: null };
let stub: GithubStub;
let github: GithubForge;

beforeEach(async () => {
  stub = await startGithubStub();
  const environment = { GITHUB_REPOSITORY: REPOSITORY, GITHUB_API_URL: stub.apiUrl, GITHUB_TOKEN: 'token' };
  github = new GithubForge(new GithubWriter(readGithubPlace(environment), '0.1.0'));
});

afterEach(async () => stub.close());

describe('the alarm', () => {
  it('is one issue of a kind, edited in place, and closed when all is well', async () => {
    await writeIssue(github, drift);
    await writeIssue(github, { ...drift, text: 'b@a.example\n' });
    await writeIssue(github, { ...drift, kind: 'ledger', code: 46 });
    await writeIssue(github, { ...drift, organisation: 'town' });
    expect(stub.issues.map(({ title }) => title)).toEqual([
      'Zivver is not as approved: city',
      'The ledger cannot be verified: city',
      'Zivver is not as approved: town',
    ]);
    expect(stub.issues[0]?.body).toContain('b@a.example');
    await writeIssue(github, { ...drift, code: 0 });
    expect(stub.issues.map(({ state }) => state)).toEqual(['closed', 'open', 'open']);
    expect(await writeIssue(github, { ...drift, code: 0 })).toBe('All is well, and no issue is open.');
  });

  it('shows output that cannot leave its block and is not too long', async () => {
    await writeIssue(github, { ...drift, text: `\`\`\`\`\n# Approved @all\n${'x'.repeat(100_000)}` });
    const body = stub.issues[0]?.body ?? '';
    expect(body).toMatch(/\n`{5}text\n/);
    expect(body.length).toBeLessThan(60_000);
  });
});

describe('a marked comment', () => {
  it('is written once and then edited, but only if a workflow wrote it', async () => {
    const mark = markOf('review', 'city');
    const issue_url = `https://api.github.com/repos/${REPOSITORY}/issues/7`;
    stub.comments.push({ id: 1, issue_url, user: { type: 'User' }, body: `${mark}\nApproved by a stranger` });
    await writeMarkedComment(github, 7, { mark, text: 'one' });
    await writeMarkedComment(github, 7, { mark, text: 'two' });
    await writeMarkedComment(github, 7, { mark, text: 'two' });
    expect(stub.comments.map(({ body }) => body)).toEqual([`${mark}\nApproved by a stranger`, `${mark}\ntwo`]);
    expect(stub.writes).toEqual(['POST /issues/7/comments', 'PATCH /issues/comments/2']);
  });
});

describe('the proposals of an organisation', () => {
  it('are the one on its branch and others with its mark, never one from a fork', async () => {
    const pull = (number: number, ref: string, body: string, full_name = REPOSITORY): void =>
      void stub.pulls.push({
        number,
        head: { ref, repo: { full_name } },
        base: { ref: 'main' },
        title: '',
        body,
        state: 'open',
        merged_at: null,
      });
    const mark = proposalMark('city');
    pull(1, 'zivver-gitops/plan-city', mark, 'stranger/accounts');
    pull(2, 'zivver-gitops/plan-city', 'rewritten by hand');
    pull(3, 'older', `${mark}\ntext`);
    pull(4, 'older-fork', mark, 'stranger/accounts');
    pull(5, 'zivver-gitops/plan-city-west', proposalMark('city-west'));
    const { current, others } = await findProposals(github, 'city', 'main');
    expect(current?.number).toBe(2);
    expect(others.map(({ number }) => number)).toEqual([3]);
  });
});

describe('pipeline files', () => {
  it('are written where missing, kept where equal, and never overwritten without force', async () => {
    const root = await mkdtemp(path.join(os.tmpdir(), 'pipeline-'));
    const files = new Map([['.github/workflows/plan.yml', 'name: plan\n']]);
    const file = path.join(root, '.github/workflows/plan.yml');
    expect((await writePipeline(root, files, false)).lines).toEqual(['written   .github/workflows/plan.yml']);
    expect((await writePipeline(root, files, false)).lines).toEqual(['kept      .github/workflows/plan.yml']);
    await writeFile(file, 'name: mine\n');
    const { differing } = await writePipeline(root, files, false);
    expect(differing).toEqual([
      { name: '.github/workflows/plan.yml', difference: expect.stringMatching(/-name: mine\n\+name: plan/) },
    ]);
    expect(await readFile(file, 'utf8')).toBe('name: mine\n');
    await writePipeline(root, files, true);
    expect(await readFile(file, 'utf8')).toBe('name: plan\n');
    await rm(root, { recursive: true });
  });
});
