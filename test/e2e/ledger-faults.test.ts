import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callCli, type CliResult } from '../support/e2e/cli.ts';
import { FixtureGit } from '../support/e2e/fixture-git.ts';
import { rewriteLedger, listLedgerFiles } from '../support/e2e/ledger-file.ts';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { API_KEY, ORGANISATION, World } from '../support/e2e/world.ts';

/** R27: what can befall the ledger × every command that reads it. One verdict, whoever asks. */

let world: World;
let refs: string;

/** Two plans are applied, a third is merged and waits. */
beforeAll(async () => {
  const staff = buildPeople(8);
  world = await World.createSettled({ people: staff });
  await world.writeDirectory(changePeople(staff, [7], () => ({ disabled: true })));
  await world.planAndMerge();
  expect((await world.apply()).exitCode).toBe(0);
  await world.writeDirectory(changePeople(world.people, [6], () => ({ disabled: true })));
  await world.planAndMerge();
  refs = await remote().call('for-each-ref', '--format=%(objectname) %(refname)');
}, 400_000);

afterAll(async () => world.close());

const remote = (): FixtureGit => new FixtureGit(world.gitRemote);

interface Fault {
  readonly befall: () => Promise<unknown>;
  /** Of a clone that saw the ledger before, and of one that did not. Null: no fault. */
  readonly verdict: 46 | null;
}

const FAULTS: Record<string, Fault> = {
  'nothing befell it': { befall: async () => undefined, verdict: null },
  'it was set back by two commits': { befall: () => moveTo('ledger~2'), verdict: 46 },
  'it was set back by one commit, and the tag deleted': {
    befall: async () => {
      const [, latest] = await listLedgerFiles(world);
      await moveTo('ledger~1');
      await remote().call(
        'update-ref',
        '-d',
        `refs/tags/zivver-gitops/${ORGANISATION}/${latest?.replace('.jsonl', '')}`,
      );
    },
    verdict: 46,
  },
  'it was deleted': { befall: () => remote().call('update-ref', '-d', 'refs/heads/ledger'), verdict: 46 },
  'foreign files lie on it': { befall: () => commitOnto({ 'README.md': 'hello', 'docs/a/b.md': 'x' }), verdict: null },
  'a foreign file lies beside its own': {
    befall: () => commitOnto({ [`${ORGANISATION}/notes.md`]: 'hello' }),
    verdict: null,
  },
  'the main branch was merged into it': { befall: mergeMain, verdict: 46 },
  'an older tag was deleted': {
    befall: () => remote().call('update-ref', '-d', `refs/tags/zivver-gitops/${ORGANISATION}/genesis`),
    verdict: 46,
  },
  'its last line was taken away': {
    befall: async () => {
      const [, latest] = await listLedgerFiles(world);
      await rewriteLedger(world, latest ?? '', (text) => text.replace(/[^\n]+\n$/, ''));
    },
    verdict: 46,
  },
};

const COMMANDS: Record<string, readonly string[]> = {
  status: ['status'],
  plan: ['plan'],
  apply: ['apply'],
  history: ['history'],
  'ledger verify': ['ledger', 'verify'],
  'apply --abandon': ['apply', '--abandon'],
  init: ['init', ORGANISATION],
};

describe.each(Object.entries(FAULTS))('after %s', (_, { befall, verdict }) => {
  test.each(['that saw it before', 'that is fresh'])('a clone %s hears the same from every command', async (kind) => {
    const before = world.writes().length;
    const folder = path.join(world.folder, 'fresh');
    try {
      if (kind === 'that is fresh') await clone(folder);
      else expect((await callIn(world.repository, ['status'])).exitCode).toBe(51);
      await befall();
      const where = kind === 'that is fresh' ? folder : world.repository;
      for (const [name, args] of Object.entries(COMMANDS)) {
        if (verdict === null && name.startsWith('apply')) continue;
        const result = await callIn(where, args);
        const told = `${name}: ${result.stderr}`;
        if (verdict === null) expect(result.code, told).not.toBe('LEDGER_INVALID');
        else expect({ name, exitCode: result.exitCode }, told).toEqual({ name, exitCode: verdict });
      }
      expect(world.writes()).toHaveLength(before);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      await restore();
    }
  });
});

async function clone(folder: string): Promise<void> {
  await new FixtureGit(world.folder).call('clone', '--quiet', `file://${world.gitRemote}`, folder);
}

function callIn(folder: string, args: readonly string[]): Promise<CliResult> {
  return callCli(folder, args, { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity });
}

async function moveTo(commit: string): Promise<void> {
  await remote().call('update-ref', 'refs/heads/ledger', await remote().call('rev-parse', commit));
}

async function commitOnto(files: Readonly<Record<string, string>>): Promise<void> {
  const folder = path.join(world.folder, 'ledger-clone');
  await new FixtureGit(world.folder).call('clone', '--quiet', '--branch', 'ledger', world.gitRemote, folder);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  const git = new FixtureGit(folder);
  await git.commitAll('Foreign files');
  await git.push('ledger');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function mergeMain(): Promise<void> {
  const git = remote();
  await moveTo(await git.call('commit-tree', 'ledger^{tree}', '-p', 'ledger', '-p', 'main', '-m', 'Merge main'));
}

/** The git remote as it was, and nothing remembered of what befell it. */
async function restore(): Promise<void> {
  const now = await remote().call('for-each-ref', '--format=delete %(refname)');
  await remote().callWith(`${now}\n`, 'update-ref', '--stdin');
  const lines = refs.split('\n').map((line) => line.replace(/^(\S+) (\S+)$/, 'create $2 $1'));
  await remote().callWith(`${lines.join('\n')}\n`, 'update-ref', '--stdin');
  await world.git.call('update-ref', '-d', `refs/zivver-gitops/proven/origin/${ORGANISATION}`);
  await world.git.call('update-ref', '-d', 'refs/remotes/origin/ledger');
  await world.git.call('checkout', '--quiet', '--', '.');
  await world.git.call('clean', '--quiet', '-d', '--force', 'plans', 'desired');
}
