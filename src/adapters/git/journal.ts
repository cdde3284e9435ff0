import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { ReconcileError } from '../../model/errors.ts';
import type { LedgerRecord } from '../../model/schema/generated/ledger.ts';
import { digestOfLine, formatRecord, parseRecord, type ChainedRecord } from '../../model/ledger/chain.ts';
import { formatUnsignedEnd, type SignEnd } from '../../model/ledger/signed-end.ts';

type Unchained<Kind> = Kind extends { previous: string } ? Omit<Kind, 'previous' | 'at'> : never;

/** A record before the journal gives it its time and its place in the chain. */
export type NewRecord = Unchained<ChainedRecord>;

/** Who writes it. */
export interface JournalHand {
  readonly now: () => Date;
  /** Null: ends are not signed. */
  readonly signEnd?: SignEnd | null;
}

/**
 * Write-ahead file of one apply: a line is on the disk before the request it announces is sent. It holds everything of
 * its plan, what the ledger branch has of it first, and is pushed at the end; after a crash on this machine it is found again.
 */
export class Journal {
  readonly #file: string;
  readonly #now: () => Date;
  readonly #signEnd: SignEnd | null;
  #descriptor: number | undefined;
  #head: string;
  #text: string;

  /**
   * `pushed`: what the ledger branch already holds of this plan. Lines of an earlier run that continue it are kept.
   * Writes nothing before `open`: until the lock is taken the file belongs to whoever holds it.
   */
  constructor(file: string, pushed: { text: string; head: string }, { now, signEnd = null }: JournalHand) {
    this.#file = file;
    this.#now = now;
    this.#signEnd = signEnd;
    const kept = keepChain(readUnpushed(file, pushed.text), pushed.head);
    this.#head = kept.head;
    this.#text = pushed.text + kept.text;
  }

  /** Everything of this plan so far, as it belongs into the ledger branch. */
  get text(): string {
    return this.#text;
  }

  records(): readonly LedgerRecord[] {
    const lines = this.#text.split('\n').slice(0, -1);
    return lines.map((line) => parseRecord(line, 'journal'));
  }

  /** The last line says how the apply ended. */
  get hasEnded(): boolean {
    return this.records().at(-1)?.type === 'end';
  }

  get head(): string {
    return this.#head;
  }

  /** Puts everything so far on the disk; from now on every line follows as it is appended. */
  open(): void {
    this.#onDisk(() => {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, this.#text);
      renameSync(`${this.#file}.new`, this.#file);
      this.#descriptor = openSync(this.#file, 'a');
      fsyncSync(this.#descriptor);
    });
  }

  /** Once the journal is open, returns after the line is on the disk, or throws LEDGER_NOT_WRITABLE (45). */
  append(record: NewRecord): void {
    const chained = { ...record, previous: this.#head, at: this.#now().toISOString() } as LedgerRecord;
    const line = formatRecord(this.#sign(chained));
    const descriptor = this.#descriptor;
    if (descriptor !== undefined)
      this.#onDisk(() => {
        writeWhole(descriptor, Buffer.from(`${line}\n`));
        fsyncSync(descriptor);
      });
    this.#head = digestOfLine(line);
    this.#text += `${line}\n`;
  }

  #sign(record: LedgerRecord): LedgerRecord {
    if (record.type !== 'end' || this.#signEnd === null) return record;
    return { ...record, signature: this.#signEnd(formatUnsignedEnd(record)) };
  }

  /** A change that cannot be announced is not begun: a full disk ends the apply before its next write. */
  #onDisk(write: () => void): void {
    try {
      write();
    } catch (cause) {
      const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
      throw new ReconcileError('LEDGER_NOT_WRITABLE', 'The journal of this apply cannot be written', {
        remedy: 'Make room on the disk of the repository, then apply the same plan again: it goes on where it stopped.',
        problems: [{ where: this.#file, what: why }],
        cause,
      });
    }
  }

  /** As the end of the process does: the file stays. Windows neither replaces nor removes a file that is open. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  /** After the ledger branch holds everything. */
  discard(): void {
    this.close();
    rmSync(this.#file, { force: true });
  }
}

/** A disk that fills up takes a part of a line without an error; only the rest fails. */
function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

/** What the file has beyond the ledger branch. Without a line on the branch no run of this plan ever had the lock. */
function readUnpushed(file: string, pushed: string): string {
  const present = pushed !== '' && existsSync(file) ? readFileSync(file, 'utf8') : '';
  return present.startsWith(pushed) ? present.slice(pushed.length) : '';
}

/** The leading lines that are whole and continue the chain; a line cut short by a crash ends them. */
function keepChain(text: string, head: string): { text: string; head: string } {
  let kept = '';
  let last = head;
  for (const line of text.split('\n').slice(0, -1)) {
    try {
      const record = parseRecord(line, 'journal');
      if (record.type === 'genesis' || record.previous !== last) break;
    } catch {
      break;
    }
    kept += `${line}\n`;
    last = digestOfLine(line);
  }
  return { text: kept, head: last };
}
