import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovedPlan } from '../../src/operations/approval/approval.ts';
import { takeLock, type Lock } from '../../src/operations/apply/lock.ts';
import { readMachine } from '../../src/operations/apply/machine.ts';
import { ReconcileError } from '../../src/model/errors.ts';
import { GitRepository } from '../../src/adapters/git/repository.ts';
import type { ApprovalFacts } from '../../src/model/schema/generated/ledger.ts';
import { buildAppliedPlans, LedgerRepository, ORGANISATION } from '../support/day-two/ledger-repository.ts';
import { readLedgerOf } from '../support/read-ledger-of.ts';
import { FixtureGit } from '../support/e2e/fixture-git.ts';
import { buildPlan, buildSuspension } from '../support/plan-builder.ts';
import { buildPlanFile } from '../../src/model/plan/plan-file.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';
import { approve } from '../support/world/reconciliation.ts';

const { commits } = buildAppliedPlans([1]);
const FACTS: ApprovalFacts = {
  branch: 'main',
  gitRemote: 'origin',
  commit: 'c'.repeat(40),
  planCommit: 'd'.repeat(40),
  planAuthor: 'Anna <anna@company.org>',
  mergedBy: 'Bas <bas@company.org>',
  mergedAt: '2026-11-23T10:00:00.000Z',
  distinctPeople: false,
  reviews: null,
  signatures: null,
};

let folder: string;
let remote: FixtureGit;
let start: string;
let clones: GitRepository[];

/** A git remote with a ledger, and clones of it: machines on which an apply may run. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'zivver-gitops-race-'));
  const ledger = await LedgerRepository.create();
  await ledger.setLedger(commits);
  remote = new FixtureGit(path.join(folder, 'remote.git'));
  cpSync(path.join(ledger.git.root, '.git'), remote.folder, { recursive: true });
  await ledger.close();
  await remote.call('config', 'core.bare', 'true');
  start = (await remote.call('rev-parse', 'refs/heads/ledger')).trim();
  clones = await Promise.all(['one', 'two'].map(clone));
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

async function clone(name: string): Promise<GitRepository> {
  mkdirSync(path.join(folder, name));
  const git = new FixtureGit(path.join(folder, name));
  await git.call('init', '--quiet', '--initial-branch', 'main');
  await git.call('remote', 'add', 'origin', remote.folder);
  return GitRepository.open(git.folder);
}

it(
  'of two applies that reach for the lock in any order, one gets it and the other none',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    await tryTimes({ id: 'R16', unit: 'races for the lock', goal: 1000, normal: 12, minutes: 6 }, async (trial) => {
      await startAgain();
      const plans = [buildNext(1), trial.dice.chance(0.5) ? buildNext(1) : buildNext(2)];
      const machines = trial.dice.chance(0.3) ? [clones[0]!, clones[0]!] : clones;
      const results = await Promise.all(plans.map((plan, index) => reach(trial, machines[index]!, plan)));
      const locks = results.filter((result): result is Lock => !(result instanceof Error));
      trial.count('second winners', Math.max(0, locks.length - 1));
      expect(results.map((result) => (result instanceof Error ? result.code : 'won')).sort()).toEqual([
        'LEDGER_LOCKED',
        'won',
      ]);
      await finish(locks[0]!);
      const { entries } = await readLedgerOf(clones[1]!, ORGANISATION);
      expect(entries.map(({ end }) => end?.verdict)).toEqual(['complete', 'complete']);
      expect(entries[1]?.records.map(({ type }) => type)).toEqual(['begin', 'end']);
    });
  },
);

/** The ledger as it was, and clones that never saw more of it. */
async function startAgain(): Promise<void> {
  await remote.call('update-ref', 'refs/heads/ledger', start);
  const tags = await remote.call(
    'for-each-ref',
    '--format=%(refname)',
    `refs/tags/zivver-gitops/${ORGANISATION}/0002-*`,
  );
  for (const tag of tags.split('\n').filter((line) => line !== '')) await remote.call('update-ref', '-d', tag);
  for (const { root } of clones) {
    const git = new FixtureGit(root);
    await git.call('update-ref', '-d', `refs/zivver-gitops/proven/origin/${ORGANISATION}`);
    await git.call('update-ref', '-d', 'refs/remotes/origin/ledger');
  }
}

/** Reads the ledger and takes the lock, with pauses in between as they come. */
async function reach({ dice }: Trial, git: GitRepository, plan: ApprovedPlan): Promise<Lock | ReconcileError> {
  await pause(dice.integer(0, 12));
  const ledger = await readLedgerOf(git, ORGANISATION);
  await pause(dice.integer(0, 12));
  try {
    const given = { now: () => new Date(), clockSkewMs: 0, machine: readMachine(), runUrl: null, isTakeover: false };
    const { existing } = plan.plan.body;
    return await takeLock({ git, ledger, plan, existing, signEnd: null, ...given });
  } catch (error) {
    if (error instanceof ReconcileError) return error;
    throw error;
  }
}

async function finish({ journal, push }: Lock): Promise<void> {
  journal.append({ type: 'end', verdict: 'complete', totals: {}, unconfirmed: [] });
  await push('complete');
  journal.discard();
}

/** An approved plan that comes after those of the ledger. */
function buildNext(changes: number): ApprovedPlan {
  const people = Array.from({ length: changes }, (_, place) => buildSuspension(`p${place}@hospital.example`));
  const { body } = buildPlan({ organisation: ORGANISATION, sequence: 2, changes: people });
  return { ...approve(buildPlanFile(body)), facts: FACTS };
}

async function pause(durationMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, durationMs));
}
