import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createSecureWebServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { execa } from 'execa';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Check } from '../../src/operations/doctor/check.ts';
import { checkGit } from '../../src/operations/doctor/check-git.ts';
import { checkSecrets } from '../../src/operations/doctor/check-secrets.ts';
import { generateLedgerKey } from '../../src/adapters/secrets/ledger-key.ts';
import { generateFingerprintKey } from '../../src/adapters/secrets/fingerprint-key.ts';
import { checkZivver } from '../../src/operations/doctor/zivver/check-zivver.ts';
import { formatRecord } from '../../src/model/ledger/chain.ts';
import { pushLedgerFile } from '../../src/adapters/git/ledger-branch.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox-options.ts';
import { parseFaultPlan } from '../../src/sandbox/fault-plan.ts';
import { buildAuthority, issueCertificate } from '../support/certificates.ts';
import { buildQuestion, statusOf, summarise, type QuestionOptions } from '../support/doctor-question.ts';
import { listen, startLoopbackServer } from '../support/loopback-server.ts';

const KEY = 'canary-api-key';
const environment = { ZIVVER_API_KEY: KEY };

afterEach(() => vi.unstubAllEnvs());

function examineZivver(options: QuestionOptions): Promise<readonly Check[]> {
  return checkZivver(buildQuestion({ environment, ...options }));
}

async function startZivver(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, token: KEY, domains: ['company.org', 'company.nl'], ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function createUser({ url }: Sandbox, userName: string): Promise<void> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ userName, name: { formatted: userName } });
  expect((await fetch(`${url}/Users`, { method: 'POST', headers, body })).status).toBe(201);
}

describe('Zivver', () => {
  it('that is well has no faults, and got nothing but GET', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'doctor-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const requestLog = path.join(folder, 'requests.jsonl');
    const sandbox = await startZivver({ requestLog });
    expect(summarise(await examineZivver({ url: sandbox.url }))).toEqual([]);
    const methods = [...readFileSync(requestLog, 'utf8').matchAll(/"method":"(\w+)"/g)].map(([, method]) => method);
    expect(methods).toEqual(['GET', 'GET']);
  });

  it('with accounts in a domain that is not listed, beside a listed one that nobody uses, is contradicted', async () => {
    const sandbox = await startZivver();
    await createUser(sandbox, 'jan@company.org');
    const checks = await examineZivver({ url: sandbox.url, domains: '[compnay.org]' });
    expect(summarise(checks)).toEqual(['zivver.domains failed DOMAINS_CONTRADICTED']);
    const more = 'protected: { administrators: [gone@company.org] }';
    const missing = await examineZivver({ url: sandbox.url, domains: '[company.org]', more });
    expect(summarise(missing)).toEqual(['zivver.administrators failed ADMINISTRATOR_MISSING']);
  });

  it('refuses a wrong key, which is told without showing it', async () => {
    const { url } = await startZivver();
    const checks = await examineZivver({ url, environment: { ZIVVER_API_KEY: 'canary-wrong' } });
    expect(summarise(checks)).toEqual(['zivver.key failed KEY_REFUSED']);
    expect(JSON.stringify(checks)).not.toContain('canary');
  });

  it('without a key is tested as far as the address', async () => {
    const { url } = await startZivver();
    const checks = await examineZivver({ url, environment: {} });
    expect(summarise(checks)).toEqual(['zivver.secret failed KEY_MISSING']);
    expect([statusOf(checks, 'zivver.api'), statusOf(checks, 'zivver.key')]).toEqual(['passed', 'skipped']);
  });

  it.each([
    ['html@GET#1', 'zivver.api failed API_ADDRESS_WRONG'],
    ['5xx@GET#1', 'zivver.api failed ZIVVER_DOWN'],
    ['429@GET#2', 'zivver.accounts failed RATE_LIMITED'],
    ['reset-before@GET#1', 'zivver.connection failed CONNECTION_LOST'],
    ['half-body@GET#1', 'zivver.connection failed CONNECTION_LOST'],
  ])('with the fault %s is %s', async (faults, found) => {
    const { url } = await startZivver({ faults: parseFaultPlan(faults) });
    expect(summarise(await examineZivver({ url }))).toEqual([found]);
  });

  it('at another address of the server, or at a server that sends elsewhere, is told so', async () => {
    const sandbox = await startZivver();
    const wrong = sandbox.url.replace('/api/scim/v2', '/api/scim/v1');
    expect(summarise(await examineZivver({ url: wrong }))).toEqual(['zivver.api failed API_ADDRESS_WRONG']);
    const elsewhere = await startLoopbackServer((response) => response.writeHead(302, { location: '/login' }).end());
    onTestFinished(() => elsewhere.close());
    expect(summarise(await examineZivver({ url: elsewhere.url }))).toEqual(['zivver.api failed REDIRECTED']);
    const other = await startLoopbackServer((response) => response.end('{"hello":1}'));
    onTestFinished(() => other.close());
    expect(summarise(await examineZivver({ url: other.url }))).toEqual(['zivver.api failed NOT_SCIM']);
  });

  it('on a closed port or an unknown host is told so', async () => {
    const server = await startLoopbackServer((response) => response.end());
    await server.close();
    expect(summarise(await examineZivver({ url: server.url }))).toEqual(['zivver.connection failed PORT_CLOSED']);
    for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']) vi.stubEnv(name, '');
    const [found] = summarise(await examineZivver({ url: 'https://nowhere.invalid/api' }));
    expect(found).toMatch(/^zivver\.connection failed (HOST_UNKNOWN|DNS_UNAVAILABLE)$/);
  });

  it('behind a proxy that does not work blames the proxy, without its password', async () => {
    const server = await startLoopbackServer((response) => response.end());
    await server.close();
    const proxy = `http://user:canary-password@127.0.0.1:${new URL(server.url).port}`;
    for (const name of ['https_proxy', 'HTTPS_PROXY']) vi.stubEnv(name, proxy);
    vi.stubEnv('no_proxy', '');
    vi.stubEnv('NO_PROXY', '');
    const checks = await examineZivver({
      url: 'https://nowhere.invalid/api',
      environment: { ...environment, HTTPS_PROXY: proxy },
    });
    expect(summarise(checks)).toEqual(['zivver.connection failed PROXY_REFUSES']);
    expect(JSON.stringify(checks)).not.toContain('canary');
  });

  const authority = buildAuthority('Inspecting Proxy CA');
  it.each([
    ['TLS_UNTRUSTED', ['localhost'], 20],
    ['TLS_EXPIRED', ['localhost'], -1],
    ['TLS_WRONG_NAME', ['app.example.org'], 20],
  ])('with a certificate that is %s is told so', async (code, names, days) => {
    const certificate = issueCertificate(authority, names, new Date(Date.now() + days * 86_400_000));
    const server = createSecureWebServer(certificate, (_, response) => response.end('{}'));
    onTestFinished(() => void server.close());
    const port = await listen(server);
    const question = buildQuestion({ environment, url: `https://localhost:${port}/api/scim/v2` });
    const { target } = question.configuration;
    const trusting = { ...question.configuration, target: { ...target, caFile: 'ca.pem' } };
    const checks = await checkZivver(
      code === 'TLS_UNTRUSTED'
        ? question
        : { ...question, configuration: trusting, readConfiguredFile: () => authority.certificate },
    );
    expect(summarise(checks)).toEqual([`zivver.connection failed ${code}`]);
  });
});

describe('git', () => {
  async function startRepository(): Promise<{ root: string; git: (...args: string[]) => Promise<unknown> }> {
    const folder = mkdtempSync(path.join(tmpdir(), 'doctor-git-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const root = path.join(folder, 'clone');
    await execa('git', ['init', '-q', '--bare', '-b', 'main', path.join(folder, 'origin.git')]);
    await execa('git', ['init', '-q', '-b', 'main', root]);
    const git = (...args: string[]): Promise<unknown> => execa('git', args, { cwd: root });
    const identity = ['-c', 'user.name=R', '-c', 'user.email=r@company.org'];
    await git(...identity, 'commit', '-q', '--allow-empty', '-m', 'start');
    await git('remote', 'add', 'origin', path.join(folder, 'origin.git'));
    return { root, git };
  }

  const startLedger = (root: string, organisation: string): Promise<unknown> => {
    const { git, configuration } = buildQuestion({ root });
    const lineage = '0b3f6c8e-5a1d-4d0e-9a53-0a4f0c1d2e3f';
    const at = '2026-11-01T00:00:00.000Z';
    const record = formatRecord({ type: 'genesis', organisation, target: configuration.target.url, lineage, at });
    const ledger = { organisation, file: 'genesis.json', text: `${record}\n` };
    return pushLedgerFile({ git, gitRemote: 'origin', tip: null, message: 'start', ...ledger });
  };

  it('with remote, branch and ledger has no faults; each is missed by its name', async () => {
    const { root, git } = await startRepository();
    const examine = async (options: QuestionOptions = {}): Promise<string[]> =>
      summarise(await checkGit(buildQuestion({ root, ...options })));
    expect(await examine()).toEqual(['git.branch failed BRANCH_MISSING', 'ledger.branch failed LEDGER_MISSING']);
    await git('push', '-q', 'origin', 'main');
    await startLedger(root, 'other');
    expect(await examine()).toEqual(['ledger.genesis failed GENESIS_MISSING']);
    await git('push', '-q', 'origin', ':ledger');
    await startLedger(root, 'company');
    expect(await examine()).toEqual([]);
    expect(await examine({ url: 'https://elsewhere.invalid/api' })).toEqual([
      'ledger.target failed LEDGER_OTHER_TARGET',
    ]);
    await git('remote', 'set-url', 'origin', path.join(root, 'gone.git'));
    expect(await examine()).toEqual(['git.remote failed REMOTE_UNREACHABLE']);
    await git('remote', 'remove', 'origin');
    expect((await examine())[0]).toBe('git.remote failed REMOTE_MISSING');
  });

  it('tests whether identity, fingerprint key and the key for the ledger fit organisation.yaml', async () => {
    const [identity, other] = [await generateX25519Identity(), await generateX25519Identity()];
    const examine = async (recipient: string, given?: string): Promise<readonly Check[]> =>
      checkSecrets(
        buildQuestion({
          more: `secrets: { recipients: [${recipient}] }`,
          environment: given === undefined ? {} : { ZIVVER_GITOPS_IDENTITY: given },
        }),
      );
    const recipient = await identityToRecipient(identity);
    expect(summarise(await examine(recipient, identity))).toEqual([]);
    expect(statusOf(await examine(recipient), 'secrets.identity')).toBe('skipped');
    expect(summarise(await examine(recipient, other))).toEqual(['secrets.identity failed IDENTITY_MISMATCH']);
    const [key, another] = [generateFingerprintKey(), generateFingerprintKey()];
    const sealing = async (given?: string): Promise<readonly Check[]> =>
      checkSecrets(
        buildQuestion({
          more: `secrets: { recipients: [${recipient}], seal: [ssoKey, mobile], fingerprintKey: "${key.id}" }`,
          environment: given === undefined ? {} : { ZIVVER_GITOPS_FINGERPRINT_KEY: given },
        }),
      );
    expect(statusOf(await sealing(key.text), 'secrets.fingerprint')).toBe('passed');
    expect(statusOf(await sealing(), 'secrets.fingerprint')).toBe('skipped');
    expect(summarise(await sealing(another.text))).toEqual(['secrets.fingerprint failed FINGERPRINT_MISMATCH']);
    const job = generateLedgerKey();
    const signing = async (given?: string, until = '2100-01-01'): Promise<readonly Check[]> =>
      checkSecrets(
        buildQuestion({
          more: `ledger: { keys: [{ key: "${job.line}", from: 2026-01-01, until: ${until} }] }`,
          environment: given === undefined ? {} : { ZIVVER_GITOPS_LEDGER_KEY: given },
        }),
      );
    expect(statusOf(await signing(job.text), 'secrets.ledger')).toBe('passed');
    expect(statusOf(await signing(), 'secrets.ledger')).toBe('skipped');
    expect(summarise(await signing(job.text, '2026-01-02'))).toEqual(['secrets.ledger warned LEDGER_KEYS_ENDED']);
    expect(summarise(await signing(generateLedgerKey().text))).toEqual(['secrets.ledger failed LEDGER_KEY_MISMATCH']);
    expect(summarise(await signing('nonsense'))).toEqual(['secrets.ledger failed LEDGER_KEY_MISMATCH']);
    const broken = `${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`;
    expect(summarise(await examine(broken, identity))).toEqual(['secrets.recipients failed RECIPIENT_INVALID']);
  });
});
