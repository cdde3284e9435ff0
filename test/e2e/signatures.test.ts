import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { generateLedgerKey } from '../../src/adapters/secrets/ledger-key.ts';
import { subjectOf } from '../../src/model/approval/statement.ts';
import { ReconcileError } from '../../src/model/errors.ts';
import { formatUnsignedEnd } from '../../src/model/ledger/signed-end.ts';
import { runApply } from '../../src/operations/apply/run-apply.ts';
import { openOutput } from '../../src/operations/output.ts';
import { readConfiguration } from '../../src/operations/reading/read-configuration.ts';
import { readVersion } from '../../src/operations/version.ts';
import { readPlan } from '../support/e2e/edit-plan.ts';
import { rewriteLedger } from '../support/e2e/ledger-file.ts';
import { OverlaidGit } from '../support/e2e/overlaid-git.ts';
import { changePeople } from '../support/e2e/people.ts';
import { forgeEnd, proveWith, readBegin } from '../support/e2e/proof.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import {
  commitAs,
  createPerson,
  fastForward,
  forgeStatement,
  mergeAs,
  proposeAs,
  type SigningPerson,
} from '../support/e2e/signing-people.ts';
import { createSigningWorld } from '../support/e2e/signing-world.ts';
import { API_KEY, ORGANISATION, type World } from '../support/e2e/world.ts';
import { HAS_OPENSSH, NO_OPENSSH } from '../support/openssh.ts';
import { buildStatementCases, completeCase, MOMENT_OF_CASES, PLAN_OF_CASES } from '../support/statement-cases.ts';

const VERIFIER = path.resolve(import.meta.dirname, '../../.github/docs/verify-proof.mjs');
/** Of the apply job. */
const JOB = generateLedgerKey();
const NOT_APPROVED = { exitCode: 30, code: 'APPROVAL_MISSING' } as const;

if (!HAS_OPENSSH) console.warn(NO_OPENSSH);

describe.skipIf(!HAS_OPENSSH)('signed approvals', () => {
  /** Six managed people, one signature required; the open plan suspends one and creates one. */
  let base: World;
  let rita: SigningPerson;
  let koen: SigningPerson;
  let anna: SigningPerson;

  beforeAll(async () => {
    const created = await createSigningWorld({
      signers: [['Rita Roos'], ['Koen Kok', 'role: security-officer'], ['Anna Aal']],
      settings: () => {
        const from = `${new Date(Date.now() + 1000).toISOString().slice(0, 19)}Z`;
        return `approval: { signatures: { minimum: 1, signers: signers.yaml } }\nledger: { keys: [{ key: "${JOB.line}", from: "${from}" }] }`;
      },
    });
    ({ base } = created);
    [rita, koen, anna] = created.people as [SigningPerson, SigningPerson, SigningPerson];
  });

  afterAll(() => base.close());

  /** A fork with the plan proposed by Anna. */
  async function forkProposed(): Promise<World> {
    const world = await base.fork();
    await proposeAs(world, anna);
    return world;
  }

  /** As the apply job, which holds the key for the ledger. */
  function applySigned(world: World, key = JOB.text) {
    const secrets = { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
    return world.call(['apply'], { ...secrets, ZIVVER_GITOPS_LEDGER_KEY: key });
  }

  function decide(world: World, decision: 'approve' | 'reject', person: SigningPerson, ...args: string[]) {
    return world.call([decision, '--yes', '--key', person.keyFile, ...args], {});
  }

  async function signAs(world: World, decision: 'approve' | 'reject', person: SigningPerson): Promise<void> {
    expectEnd(await decide(world, decision, person), 0);
    await commitAs(world, person, `${decision} the plan`);
  }

  test('a plan that another person signed is applied, and the ledger carries the proof', async () => {
    const world = await forkProposed();
    const approved = await decide(world, 'approve', rita, '--remark', 'Both are known to me');
    expectEnd(approved, 0);
    expect(approved.stdout).toMatch(/^Approved: plan 0002-[0-9a-f]{8}, by Rita Roos with the key SHA256:\S+\.$/m);
    expect(await world.git.status()).toMatch(/^\?\? plans\/head-office\/0002-[0-9a-f]{8}\/approvals\/$/m);
    await commitAs(world, rita, 'Approve the plan');
    await mergeAs(world, anna);
    expectEnd(await applySigned(world), 0);
    expect(world.writes()).toHaveLength(2);
    const { signatures } = (await readBegin(world)).approval;
    expect(signatures).toMatchObject({
      minimum: 1,
      authors: ['Anna Aal <anna@company.org>'],
      approvals: [{ name: 'Rita Roos', address: 'rita@company.org', role: null }],
    });
    expect(signatures?.approvals[0]?.statement).toContain('"remark":"Both are known to me"');
  });

  test('an auditor proves the approval from one file, in an empty folder', async () => {
    const world = await forkProposed();
    await signAs(world, 'approve', rita);
    // Without a merge commit: who signed proves as much.
    await fastForward(world);
    expectEnd(await applySigned(world), 0);
    const verified = await world.call(['ledger', 'verify'], {});
    expectEnd(verified, 0);
    expect(verified.stdout).toContain('1 by signatures, proven again');
    expect(verified.stdout).toContain('1 of 2 ends, by a key that organisation.yaml lists');
    const history = await world.call(['history'], {});
    expect(history.stdout).toMatch(/signed: Rita Roos/);
    expect(history.stdout).toMatch(/one pair of eyes/);
    expect(await proveWith(world, {})).toEqual([]);
    expect(await proveWith(world, { authors: [] })).toEqual([
      'does not name Anna Aal <anna@company.org>, who made or committed the plan',
    ]);
    const later = (await world.git.call('rev-parse', 'main')).trim();
    expect(await proveWith(world, { signersCommit: later })).toEqual([
      'takes its signers from another commit than the one before the plan',
    ]);
    const empty = path.join(world.folder, 'auditor');
    await mkdir(empty);
    const file = path.join(empty, 'proof.json');
    expectEnd(await world.call(['ledger', 'export', file], {}), 0);
    const proof = await readFile(file, 'utf8');
    const verify = async () => execa(process.execPath, [VERIFIER, 'proof.json'], { cwd: empty, reject: false });
    const proved = await verify();
    expect(proved.stdout).toMatch(/signed by rita@company\.org at .*\nAll of it holds\. Head of the ledger: sha256:/);
    expect(proved.exitCode).toBe(0);
    const other = generateLedgerKey();
    const forgeries: readonly [forged: string, why: RegExp][] = [
      [proof.replace('rita@company.org', 'eve@company.org'), /WRONG/],
      [proof.replaceAll(/"review": "# /g, '"review": "# # '), /another review/],
      [proof.replace(/\\"status\\":\\"applied\\"/, '\\"status\\":\\"failed\\"'), /does not follow/],
      [proof.replace(/("commits": \{\s*"\w{40}": "\w{8})\w/, '$1-'), /says something else/],
      [proof.replaceAll(/"commits": \{[^}]*\}/g, '"commits": {}'), /no commit that made it is in the file/],
      [forgeEnd(proof, (end) => ({ ...end, totals: { applied: 1 } })), /not signed by the apply job/],
      [forgeEnd(proof, ({ signature: _signature, ...end }) => end), /not signed by the apply job/],
      [
        forgeEnd(proof, ({ signature: _signature, ...end }) => ({
          ...end,
          signature: other.sign(formatUnsignedEnd(end)),
        })),
        /not signed by the apply job/,
      ],
    ];
    for (const [forged, why] of forgeries) {
      expect(forged).not.toBe(proof);
      await writeFile(file, forged);
      const refused = await verify();
      expect(refused.stdout).toMatch(why);
      expect(refused.exitCode).toBe(1);
    }
    expect((JSON.parse(proof) as { plans: unknown[] }).plans).toHaveLength(2);
  });

  test('an apply without the key for the ledger, or with another one, writes nothing', async () => {
    const world = await forkProposed();
    await signAs(world, 'approve', rita);
    await mergeAs(world, anna);
    const missing = { exitCode: 3, code: 'CONFIGURATION_SECRET_MISSING' } as const;
    await expectRefusal(world, missing);
    await expectRefusal(world, missing, () => applySigned(world, generateLedgerKey().text));
    expect(world.writes()).toHaveLength(0);
  });

  test('a ledger whose last end somebody wrote anew, with its tag, is 46 for every command', async () => {
    const world = await forkProposed();
    await signAs(world, 'approve', rita);
    await mergeAs(world, anna);
    expectEnd(await applySigned(world), 0);
    const name = await world.newestPlan();
    const strip = (text: string): string =>
      text.replace(/"signature":"-----BEGIN[^"]*","totals":\{"applied":2\}/, '"totals":{"applied":1}');
    await rewriteLedger(world, `${name}.jsonl`, strip, { isAmended: true });
    await world.git.call(
      '--git-dir',
      world.gitRemote,
      'update-ref',
      `refs/tags/zivver-gitops/${ORGANISATION}/${name}`,
      'ledger',
    );
    for (const command of [['ledger', 'verify'], ['status'], ['history'], ['plan']]) {
      const refused = await world.call(command, { ZIVVER_API_KEY: API_KEY });
      expectEnd(refused, 46, 'LEDGER_INVALID');
      expect(refused.stderr).toContain('is not signed, though organisation.yaml has a key for it');
    }
  });

  test('whatever the decision table refuses sends nothing', async () => {
    const world = await forkProposed();
    await mergeAs(world, anna);
    const plan = await readPlan(world);
    const name = await world.newestPlan();
    const subject = subjectOf(plan, await world.read(`plans/${ORGANISATION}/${name}/plan.md`));
    const madeAt = Date.parse(plan.body.createdAt);
    const cases = buildStatementCases(subject, madeAt - Date.parse(PLAN_OF_CASES));
    const git = new OverlaidGit(world.repository);
    const read = await readConfiguration(world.repository, ORGANISATION);
    const configuration = { ...read, approval: { ...read.approval, bots: ['bot@hospital.example'] } };
    const commit = (await world.git.call('rev-parse', 'main')).trim();
    const output = openOutput({ quiet: true, json: true });
    const request = { name, output, isTakeover: false, signal: new AbortController().signal };
    const told: Record<string, string> = {};
    vi.stubEnv('ZIVVER_API_KEY', API_KEY).stubEnv('ZIVVER_GITOPS_IDENTITY', world.identity);
    vi.stubEnv('ZIVVER_GITOPS_LEDGER_KEY', JOB.text).useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.unstubAllEnvs().useRealTimers());
    for (const [title, given] of cases.refused) {
      const { files, signers, current, rule } = completeCase(given);
      // Other rules than the plan names are refused as a changed configuration; judge-statements.test.ts has what they decide.
      if (rule.minimum > 1 || rule.rules.length > 0) continue;
      git.overlay = { commit, files, signers, current };
      vi.setSystemTime(given.now ?? cases.now);
      const refusal: unknown = await runApply({ git, configuration, version: readVersion() }, request).catch(
        (error) => error,
      );
      told[title] = refusal instanceof ReconcileError ? refusal.code : String(refusal);
    }
    expect(Object.keys(told).length).toBeGreaterThan(80);
    const { 'of the moment the plan expired': expired, ...others } = told;
    expect(expired).toBe('PLAN_EXPIRED');
    expect(Object.entries(others).filter(([, code]) => code !== 'APPROVAL_MISSING')).toEqual([]);
    expect(world.writes()).toHaveLength(0);
    // The same way lets through what is approved; now, because Zivver has a clock too.
    vi.useRealTimers();
    const [, proven = {}] = buildStatementCases(subject, madeAt - Date.parse(MOMENT_OF_CASES)).approved[0] ?? [];
    git.overlay = { ...completeCase(proven), commit };
    git.isFrozen = false;
    await runApply({ git, configuration, version: readVersion() }, request);
    expect(world.writes()).toHaveLength(2);
  });

  test('more is asked of a plan that opens mail to others: the role that the rule names', async () => {
    const world = await base.fork();
    await world.git.call('restore', '--staged', '--worktree', '.');
    await world.git.call('clean', '--quiet', '-d', '--force', '.');
    await world.configure((text) =>
      text.replace('minimum: 1,', 'minimum: 1, rules: [{ for: [mailAccess], role: security-officer }],'),
    );
    const delegates = world.people.slice(0, 1).map(({ name }) => name);
    await world.writeDirectory(changePeople(world.people.slice(0, 6), [4], () => ({ delegates, disabled: false })));
    expectEnd(await world.plan(), 0);
    await proposeAs(world, anna);
    const name = await world.newestPlan();
    expect(await world.read(`plans/${ORGANISATION}/${name}/plan.md`)).toMatch(/security-officer/);
    await signAs(world, 'approve', rita);
    await mergeAs(world, anna);
    const { stderr } = await expectRefusal(world, NOT_APPROVED);
    expect(stderr).toContain(
      'has 0 of 1 signatures by people with the role security-officer that are needed for access to other people’s mail',
    );
    expectEnd(await decide(world, 'approve', koen), 0);
    await commitAs(world, koen, 'Approve the plan');
    await world.git.push();
    expectEnd(await applySigned(world), 0);
    expect(world.writes().length).toBeGreaterThan(0);
  });

  test('a plan that nobody signed is refused', async () => {
    const world = await forkProposed();
    await mergeAs(world, rita);
    const { stderr } = await expectRefusal(world, NOT_APPROVED);
    expect(stderr).toContain('has 0 of 1 signatures that count');
  });

  test('who made the plan cannot approve it, not even without the program', async () => {
    const world = await forkProposed();
    const refused = await decide(world, 'approve', anna);
    expectEnd(refused, 30, 'APPROVAL_MISSING');
    expect(refused.stderr).toContain('Anna Aal made or committed plan');
    expect(await world.git.status()).toBe('');
    await forgeStatement(world, anna);
    await commitAs(world, anna, 'Approve it myself');
    await mergeAs(world, anna);
    const { stderr } = await expectRefusal(world, NOT_APPROVED);
    expect(stderr).toContain('Anna Aal made or committed the plan, and cannot approve it');
  });

  test('a rejection stops the plan, also one that was deleted again', async () => {
    const world = await forkProposed();
    await signAs(world, 'approve', rita);
    await signAs(world, 'reject', koen);
    await rm(path.join(world.repository, `plans/${ORGANISATION}/${await world.newestPlan()}/approvals`), {
      recursive: true,
    });
    expectEnd(await decide(world, 'approve', rita), 0);
    await commitAs(world, rita, 'Take the rejection away');
    await mergeAs(world, anna);
    const { stderr } = await expectRefusal(world, NOT_APPROVED);
    expect(stderr).toContain('Koen Kok rejects the plan');
  });

  test('a signer who came with the plan does not count', async () => {
    const world = await base.fork();
    const eve = createPerson(world, 'Eve Eik');
    await world.git.call('switch', '--quiet', '--create', 'proposal');
    const list = `desired/${ORGANISATION}/signers.yaml`;
    await world.edit(list, (text) => text.replace(/name: Rita.*\n.*\n.*\n.*/, (entry) => replaceKey(entry, eve)));
    await commitAs(world, anna, 'Propose a plan');
    await forgeStatement(world, eve);
    await commitAs(world, eve, 'Approve');
    await mergeAs(world, anna);
    await expectRefusal(world, NOT_APPROVED);
  });

  test('a signature over another plan.md is refused, and so is one that was altered', async () => {
    const world = await forkProposed();
    await forgeStatement(world, rita, { review: `sha256:${'0'.repeat(64)}` });
    await commitAs(world, rita, 'Approve');
    await mergeAs(world, anna);
    const { stderr } = await expectRefusal(world, NOT_APPROVED);
    expect(stderr).toContain('is about another plan.md than this one');
    const files = await world.git.call('ls-files', `plans/${ORGANISATION}/*/approvals/*.json`);
    await world.edit(files.trim(), (text) => text.replace('"remark":""', '"remark":"x"'));
    await commitAs(world, rita, 'Alter the statement');
    await world.git.push();
    expect((await expectRefusal(world, NOT_APPROVED)).stderr).toContain('is not by this key over this statement');
  });

  test('nobody signs without a terminal and --yes, with a key that is not listed, or for an organisation that asks for none', async () => {
    const world = await forkProposed();
    expectEnd(await world.call(['approve', '--key', rita.keyFile], {}), 3, 'CLI_USAGE');
    const eve = createPerson(world, 'Eve Eik');
    const unknown = await decide(world, 'approve', eve);
    expectEnd(unknown, 3, 'SSH_UNUSABLE');
    expect(unknown.stderr).toContain('is not in signers.yaml');
    expectEnd(await decide(world, 'approve', rita, '--remark', 'two\nlines'), 3, 'CLI_USAGE');
    await world.edit(`desired/${ORGANISATION}/organisation.yaml`, (text) => text.replace(/^approval:.*\n/m, ''));
    expectEnd(await decide(world, 'approve', rita), 3, 'CONFIGURATION_INVALID');
  });
});

function replaceKey(entry: string, { name, address }: SigningPerson): string {
  return entry.replace(/name: .*/, `name: ${name}`).replace(/address: .*/, `address: ${address}`);
}
