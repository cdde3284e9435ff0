import type { GitRepository } from '../../adapters/git/repository.ts';
import type { Branches } from '../../adapters/git/branch.ts';
import { requireGenesis, type LedgerEntry } from '../../adapters/git/ledger.ts';
import { readLedgerKeys } from '../../adapters/git/ledger-keys.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { listMakingCommits } from '../../adapters/git/plan-authors.ts';
import { readPlanArchive } from '../../adapters/git/plan-archive.ts';
import { formatAllowedSigners } from '../../model/approval/allowed-signers.ts';
import { parseSigners, SIGNERS_FILE } from '../../model/approval/signers.ts';
import { formatLedgerKeys } from '../../model/ledger/ledger-keys.ts';
import { formatRecord } from '../../model/ledger/chain.ts';
import { ledgerFileOf, planFolder } from '../../model/plan/plan-name.ts';
import { proveLedger } from './ledger-proof.ts';

/** Everything that proves a ledger, for somebody without the repository (.github/docs/verify-proof.mjs reads it). */
export interface ExportedProof {
  readonly schema: 'zivver-gitops.proof/1';
  readonly organisation: string;
  readonly head: string;
  readonly genesis: string;
  /** Keys of the apply job as organisation.yaml lists them, for ssh-keygen -Y verify; empty: ends are not signed. */
  readonly ledgerKeys: string;
  readonly plans: readonly ExportedPlan[];
}

interface ExportedPlan {
  readonly name: string;
  /** Lines of the ledger. */
  readonly records: string;
  /** plan.json and plan.md as they were applied; null: no longer in this clone. */
  readonly plan: string | null;
  readonly review: string | null;
  /** The commits that made a signed plan, by their id: base64 of each as git stores it. */
  readonly commits: Readonly<Record<string, string>>;
  /** Who could sign then: signers.yaml, and the same for ssh-keygen -Y verify; null: no signatures were asked for. */
  readonly signers: string | null;
  readonly allowedSigners: string | null;
}

/** The whole ledger of an organisation, once it is proven. Throws LEDGER_INVALID (46) if it is not whole. */
export async function exportProof(
  git: GitRepository,
  request: { organisation: string; branches: Branches },
): Promise<ExportedProof> {
  const { organisation, branches } = request;
  await proveLedger(git, request);
  const ledger = await readLedger(git, { organisation, branches, isWhole: true });
  const { genesis, head } = requireGenesis(ledger, organisation);
  const archive = await readPlanArchive(git, { commit: branches.commit, organisation, ledger });
  const plans: ExportedPlan[] = [];
  for (const entry of ledger.entries) {
    const plan = archive.get(entry.name)?.text ?? null;
    plans.push({ plan, ...(await exportPlan(git, entry, organisation)) });
  }
  return {
    schema: 'zivver-gitops.proof/1',
    organisation,
    head,
    genesis: `${formatRecord(genesis)}\n`,
    ledgerKeys: formatLedgerKeys((await readLedgerKeys(git, branches.commit, organisation)) ?? []),
    plans,
  };
}

async function exportPlan(
  git: GitRepository,
  { name, text, begin }: LedgerEntry,
  organisation: string,
): Promise<Omit<ExportedPlan, 'plan'>> {
  const { commit, planCommit, signatures } = begin.approval;
  const read = async (at: string, file: string): Promise<string | null> =>
    (await git.readFileAt(at, file))?.toString('utf8') ?? null;
  const file = `desired/${organisation}/${SIGNERS_FILE}`;
  const signers = signatures === null ? null : await read(signatures.signersCommit, file);
  const folder = planFolder(organisation, name);
  return {
    name,
    records: text,
    review: await read(commit, `${folder}/plan.md`),
    commits: signatures === null ? {} : await exportCommits(git, { planCommit, folder }),
    signers,
    allowedSigners: signers === null ? null : formatAllowedSigners(parseSigners(signers, file)),
  };
}

async function exportCommits(
  git: GitRepository,
  place: { planCommit: string; folder: string },
): Promise<Record<string, string>> {
  const commits: Record<string, string> = {};
  for (const id of await listMakingCommits(git, place))
    commits[id] = ((await git.readCommit(id)) ?? Buffer.alloc(0)).toString('base64');
  return commits;
}

/** Where the lines of a plan stand, for people. */
export function describeExport({ plans }: ExportedProof): string {
  const signed = plans.filter(({ signers }) => signers !== null).length;
  const last = plans.at(-1);
  const until = last === undefined ? '' : `, the last ${ledgerFileOf(last.name)}`;
  return `${plans.length} plans${until}; ${signed} approved by signatures`;
}
