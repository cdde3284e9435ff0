import { LEDGER_BRANCH } from './ref-names.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { BeginRecord, EndRecord, GenesisRecord } from '../../model/schema/generated/ledger.ts';
import {
  comparePlanNames,
  formatPlanName,
  GENESIS_FILE,
  ledgerFileOf,
  planOfLedgerFile,
} from '../../model/plan/plan-name.ts';
import { digestOfLine, invalid, parseChain, parseRecord, type ChainedRecord } from '../../model/ledger/chain.ts';

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
  /** Of the branch, of all organisations. */
  readonly commits: ReadonlySet<string>;
  /** Tags outside the branch: name of a plan, or `genesis` → commit of the branch. */
  readonly anchors: ReadonlyMap<string, string>;
  readonly genesis: GenesisRecord | null;
  readonly entries: readonly LedgerEntry[];
  /** Digest of the last line of all. */
  readonly head: string | null;
}

/** The files of a ledger → its records, each proven to follow the one before it. Throws LEDGER_INVALID (46). */
export function parseLedger(
  byName: ReadonlyMap<string, string>,
  organisation: string,
): Pick<Ledger, 'genesis' | 'entries' | 'head'> {
  const file = `${organisation}/${GENESIS_FILE}`;
  const text = byName.get(GENESIS_FILE);
  if (text === undefined) throw invalid(file, 'is missing');
  const genesis = parseRecord(text.replace(/\n$/, ''), file);
  if (genesis.type !== 'genesis' || genesis.organisation !== organisation)
    throw invalid(file, 'is not the genesis record');
  let head = digestOfLine(text.replace(/\n$/, ''));
  const entries: LedgerEntry[] = [];
  const names = [...byName.keys()].flatMap((name) => planOfLedgerFile(name) ?? []);
  for (const name of names.sort(comparePlanNames)) {
    const last = entries.at(-1)?.begin.sequence ?? 0;
    const entry = parseEntry(name, byName.get(ledgerFileOf(name)) ?? '', { organisation, head, last });
    entries.push(entry);
    head = entry.head;
  }
  return { genesis, entries, head };
}

function parseEntry(name: string, text: string, at: { organisation: string; head: string; last: number }): LedgerEntry {
  const where = `${at.organisation}/${ledgerFileOf(name)}`;
  const { records, head } = parseChain(text, where, at.head);
  const [begin] = records;
  if (begin?.type !== 'begin') throw invalid(where, 'does not start with a begin record');
  if (begin.sequence <= at.last) throw invalid(where, `has sequence ${begin.sequence} after ${at.last}`);
  if (name !== formatPlanName(begin.sequence, begin.plan)) throw invalid(where, 'has the name of another plan');
  const last = records.at(-1);
  return { name, begin, records, end: last?.type === 'end' ? last : null, head, text };
}

/** The ledger with its genesis, or a refusal with the cure. */
export function requireGenesis(ledger: Ledger, organisation: string): { genesis: GenesisRecord; head: string } {
  const { genesis, head } = ledger;
  if (genesis !== null && head !== null) return { genesis, head };
  throw new ReconcileError('LEDGER_INVALID', `The branch ${LEDGER_BRANCH} has no ledger for ${organisation}`, {
    remedy: `Start it once with: zivver-gitops init ${organisation}`,
  });
}
