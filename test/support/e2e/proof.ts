import { readPlanArchive } from '../../../src/adapters/git/plan-archive.ts';
import { GitRepository } from '../../../src/adapters/git/repository.ts';
import { digestOfLine, formatRecord } from '../../../src/model/ledger/chain.ts';
import type { BeginRecord, EndRecord, SignatureFacts } from '../../../src/model/schema/generated/ledger.ts';
import { proveApprovals } from '../../../src/operations/audit/approval-proof.ts';
import { readBranchesOf, readLedgerOf } from '../read-ledger-of.ts';
import { ORGANISATION, type World } from './world.ts';

/** The last end written anew, with everything that digests can mend. */
export function forgeEnd(proof: string, change: (end: EndRecord) => EndRecord): string {
  const exported = JSON.parse(proof) as { head: string; plans: { records: string }[] };
  const last = exported.plans.at(-1) as { records: string };
  const lines = last.records.trimEnd().split('\n');
  const end = formatRecord(change(JSON.parse(lines.pop() ?? '') as EndRecord));
  last.records = [...lines, end, ''].join('\n');
  return JSON.stringify({ ...exported, head: digestOfLine(end) });
}

/** What is wrong with the approvals of the ledger, had the last one recorded other facts. */
export async function proveWith(world: World, change: Partial<SignatureFacts>): Promise<string[]> {
  const git = new GitRepository(world.repository);
  const branches = await readBranchesOf(git, ORGANISATION);
  const ledger = await readLedgerOf(git, ORGANISATION);
  const archive = await readPlanArchive(git, { commit: branches.commit, organisation: ORGANISATION, ledger });
  const entries = ledger.entries.map((entry) => {
    const { approval } = entry.begin;
    const signatures = approval.signatures && { ...approval.signatures, ...change };
    return { ...entry, begin: { ...entry.begin, approval: { ...approval, signatures } } };
  });
  const { problems } = await proveApprovals(git, entries, { organisation: ORGANISATION, archive });
  return problems.map(({ what }) => what);
}

/** What the ledger of the git remote says about the beginning of the newest apply. */
export async function readBegin(world: World): Promise<BeginRecord> {
  const name = await world.newestPlan();
  const text = await world.git.call('--git-dir', world.gitRemote, 'show', `ledger:${ORGANISATION}/${name}.jsonl`);
  return JSON.parse(text.split('\n')[0] ?? '') as BeginRecord;
}
