import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listBaseline, readBaseline, readManagedGroups } from '../../../../src/adapters/git/baseline.ts';
import type { Baseline } from '../../../../src/model/desired/baseline.ts';
import { renderDesiredFiles } from '../../../../src/model/desired/desired-state.ts';
import { GitRepository } from '../../../../src/adapters/git/repository.ts';
import { desiredFunctional, desiredUser } from '../../../support/account-builder.ts';

const ANNA = desiredUser('anna');
const BAS = desiredUser('bas');
const INFO = desiredFunctional('info');

function idsOf({ files }: Baseline): unknown {
  return [...files].map(([file, { path: named, blob }]) => [file, named, blob]);
}

describe('the baseline', () => {
  let root = '';
  let commit = '';
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'baseline-'));
    git('init', '-q');
    for (const [file, { text }] of renderDesiredFiles([ANNA, BAS, INFO])) {
      mkdirSync(path.dirname(path.join(root, 'desired/company', file)), { recursive: true });
      writeFileSync(path.join(root, 'desired/company', file), file.includes('bas') ? `# by hand\n${text}` : text);
    }
    git('add', '-A');
    git('-c', 'user.name=a', '-c', 'user.email=a@company.org', 'commit', '-q', '-m', 'first');
    commit = git('rev-parse', 'HEAD');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('is the same whether its files are read or recognised', async () => {
    const repository = new GitRepository(root);
    const listing = await listBaseline(repository, commit, 'company');
    const read = await readBaseline(repository, listing);
    expect(read.accounts).toEqual([INFO, ANNA, BAS]);
    const mapped = [BAS, desiredUser('anna', { fullName: 'Another' }), INFO].map((account) => ({ account }));
    const recognised = await readBaseline(repository, listing, { mapped, zivverIdOf: () => undefined });
    expect(recognised.accounts).toEqual(read.accounts);
    expect(idsOf(recognised)).toEqual(idsOf(read));
  });

  it('takes a mapped account for a desired file only if every byte is the same', async () => {
    const repository = new GitRepository(root);
    const mapped = [ANNA, BAS].map((account) => ({ account }));
    const { accounts } = await readBaseline(repository, await listBaseline(repository, commit, 'company'), {
      mapped,
      zivverIdOf: () => undefined,
    });
    expect(accounts.map((account) => mapped.some((one) => one.account === account))).toEqual([false, true, false]);
  });

  it('knows which groups are managed before it is read', async () => {
    const repository = new GitRepository(root);
    const listing = await listBaseline(repository, commit, 'company');
    expect(await readManagedGroups(repository, listing)).toEqual(new Set([INFO.key]));
    expect(await readManagedGroups(repository, await listBaseline(repository, null, 'company'))).toEqual(new Set());
  });
});
