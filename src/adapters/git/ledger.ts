import { ReconcileError } from '../../model/errors.ts';
import { fetchBranch } from './branch.ts';
import type { GitRepository } from './repository.ts';
import type { BeginRecord, EndRecord, GenesisRecord } from '../../model/schema/generated/ledger.ts';
import { comparePlanNames, formatPlanName, isPlanName } from '../../model/plan/plan-name.ts';
import { digestOfLine, invalid, parseChain, parseRecord, type ChainedRecord } from '../../model/ledger/chain.ts';

export const LEDGER_BRANCH = 'ledger';

/** What the ledger says of one applied plan. */
export interface LedgerEntry {
  /** `NNNN-<digest8>` */
  readonly name: string;
  readonly begin: BeginRecord;
  readonly records: readonly ChainedRecord[];
  /** The last end record, null while an apply is open (or died). */
  readonly end: EndRecord | null;
  /** Digest of the last line. */
  readonly head: string;
  readonly text: string;
}

export interface Ledger {
  /** Commit the ledger was read from; null: there is no ledger branch. */
  readonly tip: string | null;
  /** Git remote it was fetched from; null: the local branch. */
  readonly gitRemote: string | null;
  readonly genesis: GenesisRecord | null;
  readonly entries: readonly LedgerEntry[];
  /** Digest of the last line of all. */
  readonly head: string | null;
}

/** Fetches and verifies the whole ledger of an organisation. Throws LEDGER_INVALID (46). */
export async function readLedger(git: GitRepository, gitRemote: string, organisation: string): Promise<Ledger> {
  const branch = await fetchBranch(git, gitRemote, LEDGER_BRANCH);
  const none = { tip: branch.commit, gitRemote: branch.gitRemote, genesis: null, entries: [], head: null };
  if (branch.commit === null) return none;
  const files = await git.listTree(branch.commit, `${organisation}/`);
  const texts = await git.readBlobs(files.map(({ blob }) => blob));
  const byName = new Map(files.map(({ path }, index) => [path.slice(organisation.length + 1), texts[index] ?? '']));
  const genesisText = byName.get('genesis.json');
  if (genesisText === undefined) {
    if (files.length > 0) throw invalid(`${organisation}/genesis.json`, 'is missing');
    return none;
  }
  return { ...none, ...parseLedger(genesisText, byName, organisation) };
}

/** The chain over all files, in the order of their names. */
function parseLedger(
  genesisText: string,
  byName: ReadonlyMap<string, string>,
  organisation: string,
): Pick<Ledger, 'genesis' | 'entries' | 'head'> {
  const genesis = parseRecord(genesisText.replace(/\n$/, ''), `${organisation}/genesis.json`);
  if (genesis.type !== 'genesis' || genesis.organisation !== organisation)
    throw invalid(`${organisation}/genesis.json`, 'is not the genesis record');
  let head = digestOfLine(genesisText.replace(/\n$/, ''));
  const entries: LedgerEntry[] = [];
  for (const name of [...byName.keys()].filter((file) => file !== 'genesis.json').sort(comparePlanNames)) {
    const last = entries.at(-1)?.begin.sequence ?? 0;
    const entry = parseEntry(name, byName.get(name) ?? '', { organisation, head, last });
    entries.push(entry);
    head = entry.head;
  }
  return { genesis, entries, head };
}

function parseEntry(file: string, text: string, at: { organisation: string; head: string; last: number }): LedgerEntry {
  const where = `${at.organisation}/${file}`;
  if (!file.endsWith('.jsonl') || !isPlanName(file.slice(0, -'.jsonl'.length)))
    throw invalid(where, 'is not a ledger file');
  const { records, head } = parseChain(text, where, at.head);
  const [begin] = records;
  if (begin?.type !== 'begin') throw invalid(where, 'does not start with a begin record');
  if (begin.sequence <= at.last) throw invalid(where, `has sequence ${begin.sequence} after ${at.last}`);
  if (file !== `${nameOf(begin)}.jsonl`) throw invalid(where, 'has the name of another plan');
  const last = records.at(-1);
  return { name: nameOf(begin), begin, records, end: last?.type === 'end' ? last : null, head, text };
}

function nameOf({ sequence, plan }: BeginRecord): string {
  return formatPlanName(sequence, plan);
}

/** The ledger with its genesis, or a refusal with the cure. */
export function requireGenesis(ledger: Ledger, organisation: string): { genesis: GenesisRecord; head: string } {
  const { genesis, head } = ledger;
  if (genesis !== null && head !== null) return { genesis, head };
  throw new ReconcileError('LEDGER_INVALID', `The branch ${LEDGER_BRANCH} has no ledger for ${organisation}`, {
    remedy: `Start it once with: zivver-gitops init ${organisation}`,
  });
}
