import { mkdtempSync, readFileSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/model/canonical.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { digestOfLine, formatRecord, parseChain, parseRecord } from '../../../../src/model/ledger/chain.ts';
import { Journal, type NewRecord } from '../../../../src/adapters/git/journal.ts';

const START = digestOf('genesis');
const HOLDER = { host: 'runner', processId: 7, bootId: null, pidNamespace: null, processStart: null, runUrl: null };
const RECORDS: readonly NewRecord[] = [
  {
    type: 'begin',
    plan: digestOf('plan'),
    sequence: 1,
    changes: 2,
    existing: { users: 2, activeUsers: 2, functional: 0, managed: 2, activeManaged: 2 },
    takes: [],
    holder: HOLDER,
    approval: {
      branch: 'main',
      gitRemote: null,
      commit: 'c'.repeat(40),
      planCommit: 'd'.repeat(40),
      planAuthor: 'Anna <anna@company.org>',
      mergedBy: 'Bas <bas@company.org>',
      mergedAt: '2026-11-23T10:00:00.000Z',
      distinctPeople: false,
      reviews: null,
      signatures: null,
    },
  },
  { type: 'started', change: '0123456789' },
  {
    type: 'finished',
    change: '0123456789',
    address: 'a@company.org',
    status: 'applied',
    zivverId: 'x',
    detail: null,
    cure: null,
  },
  { type: 'resume', holder: HOLDER, proof: 'process 7 on this host is gone' },
  { type: 'started', change: 'abcdef0123' },
  {
    type: 'finished',
    change: 'abcdef0123',
    address: 'b@company.org',
    status: 'failed',
    zivverId: null,
    detail: 'no',
    cure: 'Look.',
  },
  { type: 'end', verdict: 'incomplete', totals: { applied: 1, failed: 1 }, unconfirmed: [] },
];

let folder = '';
let file = '';
const opened: Journal[] = [];

/** To be closed at the end of the test. */
function openJournal(pushed: { text: string; head: string } = { text: '', head: START }): Journal {
  const journal = new Journal(file, pushed, { now: ticking() });
  opened.push(journal);
  return journal;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
  file = path.join(folder, 'deep', '0001-00000000.jsonl');
});
afterEach(() => {
  for (const journal of opened.splice(0)) journal.close();
  rmSync(folder, { recursive: true });
});

/** A clock that ticks with every look. */
function ticking(): () => Date {
  let ms = Date.parse('2026-11-23T10:00:00.000Z');
  return () => new Date((ms += 1000));
}

function write(records: readonly NewRecord[] = RECORDS): Journal {
  for (const earlier of opened.splice(0)) earlier.close();
  rmSync(file, { force: true });
  const journal = openJournal();
  journal.open();
  for (const record of records) journal.append(record);
  return journal;
}

function codeOf(text: string, previous = START): string {
  try {
    parseChain(text, 'file.jsonl', previous);
    return 'accepted';
  } catch (error) {
    if (error instanceof ReconcileError) return error.code;
    throw error;
  }
}

describe('the chain of a ledger file', () => {
  const whole = (): string[] => write().text.split('\n').slice(0, -1);

  it('is accepted as the journal wrote it, and ends with its head', () => {
    const journal = write();
    const { records, head } = parseChain(journal.text, 'file.jsonl', START);
    expect(records.map(({ type }) => type)).toEqual(RECORDS.map(({ type }) => type));
    expect(head).toBe(journal.head);
    expect(head).toBe(digestOfLine(journal.text.split('\n').at(-2) ?? ''));
  });

  it('is refused without any one of its records, except the last', () => {
    const lines = whole();
    lines.forEach((_line, index) => {
      const code = codeOf(`${lines.toSpliced(index, 1).join('\n')}\n`);
      expect(code, `without line ${index + 1}`).toBe(index === lines.length - 1 ? 'accepted' : 'LEDGER_INVALID');
    });
  });

  it('is refused with any record doubled or any two swapped', () => {
    const lines = whole();
    lines.forEach((line, index) => {
      expect(codeOf(`${lines.toSpliced(index, 0, line).join('\n')}\n`)).toBe('LEDGER_INVALID');
      if (index === 0) return;
      const swapped = lines.with(index, lines[index - 1] ?? '').with(index - 1, line);
      expect(codeOf(`${swapped.join('\n')}\n`)).toBe('LEDGER_INVALID');
    });
  });

  it('is refused with any record altered, even if the alteration is canonical', () => {
    const lines = whole();
    lines.forEach((line, index) => {
      const record = parseRecord(line, 'x');
      const altered = formatRecord({ ...record, at: '2026-11-24T00:00:00.000Z' });
      const code = codeOf(`${lines.with(index, altered).join('\n')}\n`);
      expect(code).toBe(index === lines.length - 1 ? 'accepted' : 'LEDGER_INVALID');
    });
  });

  it('is refused with any byte of all but the last record changed', () => {
    const { text } = write();
    const end = text.lastIndexOf('\n', text.length - 2);
    for (let at = 0; at < end; at += 1) {
      const other = text[at] === 'x' ? 'y' : 'x';
      expect(codeOf(text.slice(0, at) + other + text.slice(at + 1)), `byte ${at}`).toBe('LEDGER_INVALID');
    }
  });

  it.each(['', 'x', '{}\n', '\n'])('is refused as %j', (text) => {
    expect(codeOf(text)).toBe('LEDGER_INVALID');
  });

  it('is refused without its last newline, and after another predecessor', () => {
    const { text } = write();
    expect(codeOf(text.trimEnd())).toBe('LEDGER_INVALID');
    expect(codeOf(text, digestOf('other'))).toBe('LEDGER_INVALID');
  });

  it('has no second genesis', () => {
    const genesis = formatRecord({
      type: 'genesis',
      organisation: 'example',
      target: 'https://app.zivver.com/api/scim/v2',
      lineage: '5f0e8a9c-3a9b-4c1e-9c57-0b6b2f6f3a11',
      at: '2026-11-23T10:00:00.000Z',
    });
    expect(parseRecord(genesis, 'genesis.json').type).toBe('genesis');
    expect(codeOf(`${genesis}\n`)).toBe('LEDGER_INVALID');
  });
});

describe('a refusal says where and why', () => {
  const whole = (): string[] => write().text.split('\n').slice(0, -1);
  const genesis = formatRecord({
    type: 'genesis',
    organisation: 'example',
    target: 'https://app.zivver.com/api/scim/v2',
    lineage: '5f0e8a9c-3a9b-4c1e-9c57-0b6b2f6f3a11',
    at: '2026-11-23T10:00:00.000Z',
  });

  it.each<[string, (lines: string[]) => string, string, string]>([
    ['no JSON', () => 'x\n', 'file.jsonl:1', 'is not JSON'],
    ['no record', () => '{}\n', 'file.jsonl:1', 'is not a ledger record'],
    ['half a line', (lines) => lines.join('\n'), 'file.jsonl', 'does not end with a whole line'],
    ['another spelling', ([one]) => `${one?.replace('{', '{ ')}\n`, 'file.jsonl:1', 'is not in canonical form'],
    ['a second genesis', ([one]) => `${one}\n${genesis}\n`, 'file.jsonl:2', 'is a second genesis record'],
    ['a line left out', ([one, , three]) => `${one}\n${three}\n`, 'file.jsonl:2', 'does not follow the line before it'],
  ])('%s', (_case, textOf, where, what) => {
    expect(() => parseChain(textOf(whole()), 'file.jsonl', START)).toThrow(
      expect.objectContaining({
        code: 'LEDGER_INVALID',
        problems: [{ where, what }],
        remedy: expect.stringContaining('nothing is applied'),
      }),
    );
  });
});

describe('Journal', () => {
  /** What the ledger branch holds after the lock was taken: the first record. */
  function pushed(): { text: string; head: string } {
    const { text, head } = write(RECORDS.slice(0, 1));
    return { text, head };
  }

  /** A run that died after so many records. */
  function crash(records: number): string {
    const journal = write(RECORDS.slice(0, records));
    journal.close();
    return journal.text;
  }

  it('has every line on the disk before it returns, once it is open', () => {
    const journal = write([]);
    for (const record of RECORDS) {
      journal.append(record);
      expect(readFileSync(file, 'utf8')).toBe(journal.text);
    }
  });

  it('touches no file before it is open: it may belong to the one who holds the lock', () => {
    const text = crash(3);
    const journal = openJournal(pushed());
    writeFileSync(file, text);
    journal.append(RECORDS[3] as NewRecord);
    expect(readFileSync(file, 'utf8')).toBe(text);
    journal.open();
    expect(readFileSync(file, 'utf8')).toBe(journal.text);
  });

  it('goes on after a crash where the disk ends', () => {
    const branch = pushed();
    const text = crash(3);
    const again = openJournal(branch);
    expect(again.text).toBe(text);
    again.open();
    again.append(RECORDS[3] as NewRecord);
    expect(codeOf(again.text)).toBe('accepted');
  });

  it.each([1, 20, 100])('drops a line that the crash cut off after %i bytes', (bytes) => {
    const branch = pushed();
    const line = crash(3).split('\n')[2] ?? '';
    const text = crash(2);
    appendFileSync(file, line.slice(0, bytes));
    const again = openJournal(branch);
    expect(again.text).toBe(text);
    again.open();
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('drops what does not continue the ledger branch', () => {
    const branch = pushed();
    crash(3);
    writeFileSync(file, readFileSync(file, 'utf8').replace('runner', 'walker'));
    expect(openJournal(branch).text).toBe(branch.text);
  });

  it('drops what a run left behind that never had the lock', () => {
    crash(2);
    expect(openJournal().text).toBe('');
  });

  it('leaves no file once it is discarded', () => {
    const journal = write();
    journal.discard();
    expect(() => readFileSync(file)).toThrow();
  });
});
