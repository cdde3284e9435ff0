import { digestOf, formatCanonicalJson } from '../canonical.ts';
import { ReconcileError, type Problem } from '../errors.ts';
import type { LedgerRecord } from '../schema/generated/ledger.ts';
import { findSchemaFaults } from '../schema/validate.ts';

/** One ledger line is canonical JSON; its digest is the `previous` of the next one. */

export type ChainedRecord = Exclude<LedgerRecord, { type: 'genesis' }>;

export function formatRecord(record: LedgerRecord): string {
  return formatCanonicalJson(record);
}

export function digestOfLine(line: string): string {
  return digestOf(line);
}

/** A line → its record. Throws LEDGER_INVALID if it is not canonical or not of the format. */
export function parseRecord(line: string, where: string): LedgerRecord {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    throw invalid(where, 'is not JSON');
  }
  const [fault] = findSchemaFaults('ledger', record);
  if (fault) throw invalid(where, 'is not a ledger record');
  if (formatRecord(record as LedgerRecord) !== line) throw invalid(where, 'is not in canonical form');
  return record as LedgerRecord;
}

/** Lines of one file → records, each proven to follow the one before it. `previous` is the digest before the first. */
export function parseChain(text: string, file: string, previous: string): { records: ChainedRecord[]; head: string } {
  if (!text.endsWith('\n')) throw invalid(file, 'does not end with a whole line');
  let head = previous;
  const records = text
    .slice(0, -1)
    .split('\n')
    .map((line, index) => {
      const where = `${file}:${index + 1}`;
      const record = parseRecord(line, where);
      if (record.type === 'genesis') throw invalid(where, 'is a second genesis record');
      if (record.previous !== head) throw invalid(where, 'does not follow the line before it');
      head = digestOfLine(line);
      return record;
    });
  return { records, head };
}

export function invalid(where: string, what: string): ReconcileError {
  return invalidLedger([{ where, what }]);
}

export function invalidLedger(problems: readonly Problem[]): ReconcileError {
  return new ReconcileError('LEDGER_INVALID', 'The ledger is not what this program wrote', {
    remedy:
      'Compare the ledger branch with its backups and with who pushed to it; nothing is applied until it is whole again.',
    problems,
  });
}
