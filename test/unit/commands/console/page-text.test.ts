import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { pageText } from '../../../../src/commands/console/page-text.ts';

const LONG = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');

function setUp(program: string): { command: string; read: () => string; printed: string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'pager-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const script = path.join(folder, 'pager.mjs');
  const file = path.join(folder, 'shown');
  writeFileSync(script, program);
  const command = `${process.execPath} ${script} ${file}`;
  return { command, read: () => readFileSync(file, 'utf8'), printed: [] };
}

const COPY = `import { writeFileSync, readFileSync } from 'node:fs'; writeFileSync(process.argv[2], readFileSync(0));`;

it('a long text goes through the pager on a terminal', async () => {
  const { command, read, printed } = setUp(COPY);
  await pageText(LONG, { isTerminal: true, rows: 24, command, print: (text) => void printed.push(text) });
  expect([read(), printed]).toEqual([`${LONG}\n`, []]);
});

it.each([
  ['is short', 'short', true, 'less -R'],
  ['goes to a file', LONG, false, 'less -R'],
  ['shall not be paged', LONG, true, 'cat'],
  ['has no pager', LONG, true, ''],
  ['has a pager that does not exist', LONG, true, 'no-such-pager-anywhere -R'],
])('a text that %s is printed', async (_why, text, isTerminal, command) => {
  const printed: string[] = [];
  await pageText(text, { isTerminal, rows: 24, command, print: (shown) => void printed.push(shown) });
  expect(printed).toEqual([text]);
});

it('leaving the pager early is no error', async () => {
  const { command, printed } = setUp('process.exit(0);');
  const huge = `${'x'.repeat(79)}\n`.repeat(50_000);
  await pageText(huge, { isTerminal: true, rows: 24, command, print: (text) => void printed.push(text) });
  expect(printed).toEqual([]);
});
