import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { generateLedgerKey } from '../../src/adapters/secrets/ledger-key.ts';
import { listOwnKeys } from '../../src/adapters/ssh/own-keys.ts';
import { signText } from '../../src/adapters/ssh/sign-text.ts';
import { findSignatureFault, parseSshSignature } from '../../src/model/approval/ssh-signature.ts';
import { checkApproval } from '../../src/operations/doctor/check-approval.ts';
import { buildQuestion, summarise } from '../support/doctor-question.ts';
import { generateKeyFile, HAS_OPENSSH } from '../support/openssh.ts';
import { makeKey } from '../support/ssh-key.ts';

let root: string;
const JOB = generateLedgerKey();
const SIGNED = 'approval: { bots: [planner@company.org], signatures: { minimum: 1 } }';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'doctor-approval-'));
  await mkdir(path.join(root, 'desired/company'), { recursive: true });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

async function examine(signers: readonly (readonly [name: string, line: string])[], more = SIGNED, environment = {}) {
  const entries = signers.map(
    ([name, line]) => `  - { name: ${name}, address: ${name}@company.org, keys: [{ key: "${line}" }] }\n`,
  );
  await writeFile(path.join(root, 'desired/company/signers.yaml'), `signers:\n${entries.join('') || '  []\n'}`);
  return checkApproval(buildQuestion({ root, more, environment }));
}

const line = (): string => makeKey('ssh-ed25519').line;

describe('the doctor, asked who approves', () => {
  test('warns where one person alone may do everything, and is content with two', async () => {
    const ask = (more: string) => checkApproval(buildQuestion({ root, more }));
    expect(summarise(await ask(''))).toEqual(['git.approval warned ONE_PAIR_OF_EYES']);
    expect(summarise(await ask('approval: { distinctPeople: true }'))).toEqual([]);
  });

  test('finds nobody, only one person, an idle signer, the planner and the key of the apply job', async () => {
    expect(summarise(await checkApproval(buildQuestion({ root, more: SIGNED })))).toEqual([
      'git.approval failed SIGNERS_MISSING',
    ]);
    expect(summarise(await examine([]))).toEqual(['git.approval failed SIGNERS_MISSING']);
    const one = await examine([['rita', line()]]);
    expect(summarise(one)).toEqual(['git.approval warned SIGNERS_DOUBTFUL']);
    expect(one[0]?.what).toBe(
      '1 of 1 person must sign a plan; only 1 person may sign and 1 must: who made a plan cannot sign it, so nobody may be left',
    );
    expect(summarise(await examine([['rita', line()], ['koen', line()]]))).toEqual([]); // prettier-ignore
    const planner = await examine([
      ['rita', line()],
      ['koen', line()],
      ['planner', line()],
    ]);
    expect(planner[0]?.what).toBe('a machine is among the signers: planner');
    const job = await examine(
      [
        ['rita', line()],
        ['koen', JOB.line],
      ],
      `${SIGNED}\nledger: { keys: [{ key: "${JOB.line}", from: 2026-01-01 }] }`,
    );
    expect(job[0]?.what).toBe('a key of koen is in the hands of the apply job (ledger.keys)');
  });
});

describe.skipIf(!HAS_OPENSSH)('a key in an agent', () => {
  let file: string;
  let socket: string;
  let pid: number;

  beforeEach(async () => {
    socket = path.join(root, 'agent');
    const { stdout } = spawnSync('ssh-agent', ['-s', '-a', socket], { encoding: 'utf8' });
    pid = Number(/SSH_AGENT_PID=(\d+)/.exec(stdout)?.[1]);
    vi.stubEnv('SSH_AUTH_SOCK', socket);
    vi.stubEnv('HOME', root);
    file = generateKeyFile(root, 'key');
    expect(spawnSync('ssh-add', ['-q', file], { encoding: 'utf8' }).stderr).toBe('');
  });
  afterEach(() => process.kill(pid));

  test('signs a statement though its private file is gone', async () => {
    const publicLine = (await readFile(`${file}.pub`, 'utf8')).trim();
    await rm(file);
    await rm(`${file}.pub`);
    const [own, ...others] = await listOwnKeys(null);
    expect(others).toEqual([]);
    expect(own).toMatchObject({ file: null, line: publicLine });
    if (own === undefined) return;
    const told: string[] = [];
    const request = {
      text: 'a statement\n',
      namespace: 'approval@zivver-gitops',
      tell: (words: string) => told.push(words),
    };
    const signature = parseSshSignature(await signText(own, request));
    expect(signature.publicKey.fingerprint).toBe(own.fingerprint);
    expect(findSignatureFault(signature, 'a statement\n', 'approval@zivver-gitops')).toBeNull();
    expect(findSignatureFault(signature, 'another\n', 'approval@zivver-gitops')).not.toBeNull();
  });

  test('is no signer’s where plans are made: the doctor finds it in a job, and leaves people alone', async () => {
    const publicLine = (await readFile(`${file}.pub`, 'utf8')).trim();
    const signers = [
      ['rita', line()],
      ['koen', publicLine],
    ] as const;
    expect(summarise(await examine(signers))).toEqual([]);
    const environment = { CI: 'true' };
    const [check] = await examine(signers, SIGNED, environment);
    expect(check).toMatchObject({ status: 'failed', what: 'a key of koen is in the hands of this job' });
  });
});
