import { FixtureGit } from './fixture-git.ts';
import { ORGANISATION, type World } from './world.ts';

/** Every line of the ledger of the git remote after its genesis, in order, parsed. */
export async function readLedgerRecords(world: World): Promise<Record<string, unknown>[]> {
  const remote = new FixtureGit(world.gitRemote);
  const names = (await remote.call('ls-tree', '--name-only', `ledger:${ORGANISATION}`)).split('\n');
  const files = names.filter((name) => name.endsWith('.jsonl')).sort();
  const texts = await Promise.all(files.map((name) => remote.call('show', `ledger:${ORGANISATION}/${name}`)));
  return texts.flatMap((text) => text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>));
}

/**
 * Somebody with the right to push rewrites one file of the ledger. `null` removes it. `isAmended`: as if the last commit had
 * been so from the start, and nobody here had seen it.
 */
export async function rewriteLedger(
  world: World,
  name: string,
  change: (text: string) => string | null,
  { isAmended = false }: { readonly isAmended?: boolean } = {},
): Promise<void> {
  const remote = new FixtureGit(world.gitRemote);
  const listing = (await remote.call('ls-tree', `ledger:${ORGANISATION}`)).split('\n');
  const text = `${await remote.call('show', `ledger:${ORGANISATION}/${name}`)}\n`;
  const changed = change(text);
  if (changed === text) throw new Error(`the change of ${name} changes nothing`);
  const others = listing.filter((line) => !line.endsWith(`\t${name}`));
  const blob = changed === null ? null : await remote.callWith(changed, 'hash-object', '-w', '--stdin');
  const lines = blob === null ? others : [...others, `100644 blob ${blob}\t${name}`];
  const folder = await remote.callWith(`${lines.join('\n')}\n`, 'mktree');
  const root = await remote.callWith(`040000 tree ${folder}\t${ORGANISATION}\n`, 'mktree');
  const parent = isAmended ? 'ledger^' : 'ledger';
  const commit = await remote.call('commit-tree', root, '-p', parent, '-m', 'Rewrite the ledger');
  await remote.call('update-ref', 'refs/heads/ledger', commit);
  if (!isAmended) return;
  await world.git.call('update-ref', '-d', `refs/zivver-gitops/proven/origin/${ORGANISATION}`);
  await world.git.call('update-ref', '-d', 'refs/remotes/origin/ledger');
}

/** Names of the plans the ledger has a file of. */
export async function listLedgerFiles(world: World): Promise<string[]> {
  const remote = new FixtureGit(world.gitRemote);
  const names = await remote.call('ls-tree', '--name-only', `ledger:${ORGANISATION}`);
  return names
    .split('\n')
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
}
