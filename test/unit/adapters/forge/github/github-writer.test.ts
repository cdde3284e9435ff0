import { describe, expect, it, onTestFinished } from 'vitest';
import { readGithubPlace } from '../../../../../src/adapters/forge/github/github-place.ts';
import { GithubWriter } from '../../../../../src/adapters/forge/github/github-writer.ts';
import { HEAD } from '../../../../support/approval-facts.ts';
import { GITHUB_FAULTS } from '../../../../support/github-faults.ts';
import { buildPullRequest, REPOSITORY } from '../../../../support/github-shapes.ts';
import { sendJson, startGithubStub, type GithubStub, type StubFault } from '../../../../support/github-stub.ts';

const TOKEN = 'ghs_CanaryOfTheToken7f31';

/** The others are slow: this client waits for a minute. */
const FAULTS = Object.entries(GITHUB_FAULTS).filter(([name]) => !/^no answer|stops in the middle/.test(name));

async function start(fault: StubFault = () => false): Promise<{ stub: GithubStub; github: GithubWriter }> {
  const stub = await startGithubStub([
    { pullRequest: buildPullRequest({ head: { sha: HEAD } }), reviews: [], commits: [] },
  ]);
  stub.fault = fault;
  onTestFinished(() => stub.close());
  return { stub, github: new GithubWriter(placeOf({ GITHUB_API_URL: stub.url }), '0.1.0') };
}

function placeOf(environment: NodeJS.ProcessEnv) {
  return readGithubPlace({ GITHUB_REPOSITORY: REPOSITORY, GITHUB_TOKEN: TOKEN, ...environment });
}

function answerWith(status: number, body: unknown): StubFault {
  return (response) => {
    sendJson(response, status, JSON.stringify(body));
    return true;
  };
}

/** Of what a PATCH answers only that it is JSON is looked at, and of a list that it holds resources. */
function isWell(fault: string, question: number): boolean {
  return question === 1 ? /kind$|^null$/.test(fault) : question === 2 && fault === 'a list of another kind';
}

async function refusalOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => 'was not refused',
    (error: unknown) => error,
  );
}

describe('the pipelines’ client of GitHub', () => {
  const refusal = { code: 'PIPELINE_GITHUB', exitCode: 3 };

  it.each(FAULTS)('does not take for an answer: %s', async (name, fault) => {
    const { stub, github } = await start(fault);
    const asked = [
      () => github.make('/issues', { title: 'x' }),
      () => github.send('PATCH', '/issues/7', { title: 'x' }),
      () => github.readAll('/pulls?state=open'),
      () => github.readAuthor(),
    ];
    for (const ask of asked) {
      const error = await refusalOf(ask());
      if (isWell(name, asked.indexOf(ask))) continue;
      expect(error, String(ask)).toMatchObject(refusal);
      expect(JSON.stringify([error, String(error)])).not.toContain('Canary');
    }
    expect(stub.requests).toHaveLength(asked.length);
  });

  it.each([[[]], [{}], [{ number: 'seven' }], [{ number: 0 }], [{ number: 1.5 }], [7], [null]])(
    'does not take %j for the number of what it made',
    async (body) => {
      const { github } = await start(answerWith(201, body));
      expect(await refusalOf(github.make('/issues', {}))).toMatchObject(refusal);
    },
  );

  it.each([[[]], [{}], [{ id: 7 }], [{ id: 7, login: 'a b' }], [{ id: 7, login: '' }], [{ id: '7', login: 'ada' }]])(
    'does not take %j for the owner of the token',
    async (body) => {
      const { github } = await start(answerWith(200, body));
      expect(await refusalOf(github.readAuthor())).toMatchObject(refusal);
    },
  );

  it('takes no list of something else than resources, and none without end', async () => {
    const { github } = await start(answerWith(200, [7]));
    expect(await refusalOf(github.readAll('/pulls'))).toMatchObject(refusal);
    const endless = await start((response) => {
      sendJson(response, 200, '[]', { link: '<https://example.org/?page=2>; rel="next"' });
      return true;
    });
    expect(await refusalOf(endless.github.readAll('/pulls'))).toMatchObject(refusal);
    expect(endless.stub.requests.length).toBeLessThanOrEqual(50);
  });

  it('tells who owns the token, also if that is an app', async () => {
    const { github } = await start(answerWith(200, { id: 41898282, login: 'github-actions[bot]' }));
    expect(await github.readAuthor()).toEqual({
      name: 'github-actions[bot]',
      address: '41898282+github-actions[bot]@users.noreply.github.com',
    });
  });

  it.each([
    'http://api.github.com',
    'http://proxy.company.org/api/v3',
    'ftp://127.0.0.1',
    'api.github.com',
    '',
    'https://a@b/',
  ])('sends its token to no %j', (apiUrl) => {
    expect(() => new GithubWriter({ ...placeOf({}), apiUrl }, '0.1.0')).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID' }),
    );
  });

  it.each([' ', '\t\n', 'ghs_with a blank', 'ghs_é', 'ghs_1\nghs_2'])('takes no %j for a token', (token) => {
    const error = ((): unknown => {
      try {
        return new GithubWriter({ ...placeOf({}), token }, '0.1.0');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ code: 'CONFIGURATION_SECRET_MISSING' });
    expect(String(error)).not.toContain('ghs_');
  });

  it.each([undefined, 'city', 'a/b/../c', 'a/b?x', '../user', 'city/..', 'city/.', './city', '/user', 'a/'])(
    'is only asked about a repository that is named: not %j',
    (repository) => {
      const environment = {
        GITHUB_TOKEN: TOKEN,
        ...(repository === undefined ? {} : { GITHUB_REPOSITORY: repository }),
      };
      expect(() => readGithubPlace(environment)).toThrow(expect.objectContaining({ code: 'CLI_USAGE' }));
    },
  );

  it.each(['city/accounts', 'City-1/.github', 'a_b/c.d'])('may be asked about %s', (GITHUB_REPOSITORY) => {
    expect(placeOf({ GITHUB_REPOSITORY }).repository).toBe(GITHUB_REPOSITORY);
  });
});
