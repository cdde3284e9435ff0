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
import type { LedgerRecord } from '../schema/generated/ledger.ts';
import { digestOfLine, formatRecord, parseRecord, type ChainedRecord } from './chain.ts';

type Unchained<Kind> = Kind extends { previous: string } ? Omit<Kind, 'previous' | 'at'> : never;

/** A record before the journal gives it its time and its place in the chain. */
export type NewRecord = Unchained<ChainedRecord>;

/**
 * Write-ahead file of one apply: a line is on the disk before the request it announces is sent. It continues the
 * chain of the ledger's file and is pushed with it at the end; after a crash on this machine it is found again.
 */
export class Journal {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #now: () => Date;
  #head: string;
  #text: string;

  /** `pushed`: what the ledger branch already holds of this plan. Lines that continue it are kept, others dropped. */
  constructor(file: string, pushed: { text: string; head: string }, now: () => Date) {
    this.#file = file;
    this.#now = now;
    const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const kept = keepChain(present, pushed.head);
    this.#head = kept.head;
    this.#text = pushed.text + kept.text;
    mkdirSync(path.dirname(file), { recursive: true });
    if (kept.text !== present) replaceFile(file, kept.text);
    this.#descriptor = openSync(file, 'a');
  }

  /** Everything of this plan so far, as it belongs into the ledger branch. */
  get text(): string {
    return this.#text;
  }

  get head(): string {
    return this.#head;
  }

  /** Returns after the line is on the disk. */
  append(record: NewRecord): void {
    const chained = { ...record, previous: this.#head, at: this.#now().toISOString() } as LedgerRecord;
    const line = formatRecord(chained);
    this.#write(`${line}\n`);
    this.#head = digestOfLine(line);
    this.#text += `${line}\n`;
  }

  /** After the ledger branch holds everything. */
  discard(): void {
    closeSync(this.#descriptor);
    rmSync(this.#file, { force: true });
  }

  #write(text: string): void {
    writeSync(this.#descriptor, text);
    fsyncSync(this.#descriptor);
  }
}

function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
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
