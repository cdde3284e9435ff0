// `npm run test:long`: the reliability suites with all their numbers; the normal run has a tenth or less. Ends with a
// table of what was really done, also when something failed, and writes it as JSON (reliability.json).
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
/** Suites that are under way then stop early, and the table tells how far they came. */
const MINUTES = 31;
const ROWS = [...Array.from({ length: 23 }, (_, index) => `R${index + 1}`), 'R25', 'R28'];
const folder = mkdtempSync(path.join(tmpdir(), 'zivver-gitops-trials-'));
const report = path.join(folder, 'report.json');
const trials = path.join(folder, 'trials');
const chosen = process.argv.slice(2);
const startedAt = Date.now();
let exitCode = await runSuites(findSuites());
const rows = readRows();
const missing = chosen.length === 0 ? ROWS.filter((id) => !rows.some((row) => row.id === id)) : [];
if (missing.length > 0 || rows.some(({ failures }) => failures.length > 0)) exitCode ||= 1;
const minutes = (Date.now() - startedAt) / 60_000;
console.log(`\n${renderTable(rows)}`);
for (const id of missing) console.log(`${id}: nothing was recorded`);
console.log(`${minutes.toFixed(1)} minutes; ${describeTests()}`);
const file = path.join(root, 'reliability.json');
writeFileSync(file, `${JSON.stringify({ minutes, exitCode, missing, rows }, null, 2)}\n`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = exitCode;

/** Suites are the test files that count trials. */
function findSuites() {
  const files = readdirSync(path.join(root, 'test'), { recursive: true }).map((name) => path.join('test', name));
  const suites = files.filter(
    (name) => name.endsWith('.test.ts') && readFileSync(path.join(root, name), 'utf8').includes('/trials.ts'),
  );
  return chosen.length === 0 ? suites : suites.filter((name) => chosen.some((part) => name.includes(part)));
}

function runSuites(suites) {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const args = ['--config', 'test/vitest.config.ts', '--testTimeout', '3600000', '--hookTimeout', '600000'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...args, ...reporters, ...suites], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ZIVVER_GITOPS_LONG: '1',
      ZIVVER_GITOPS_TRIALS: trials,
      ZIVVER_GITOPS_TRIALS_END: String(startedAt + MINUTES * 60_000),
    },
  });
  // Ctrl+C ends vitest, which gets it too; the table of what was done until then is still printed.
  process.on('SIGINT', () => undefined);
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** One row for every id, from the records that the suites wrote. */
function readRows() {
  const records = readFolder(trials).map((name) => JSON.parse(readFileSync(path.join(trials, name), 'utf8')));
  return ROWS.flatMap((id) => {
    const own = records.filter((record) => record.id === id);
    if (own.length === 0) return [];
    const counts = {};
    for (const [what, times] of own.flatMap((record) => Object.entries(record.counts)))
      counts[what] = (counts[what] ?? 0) + times;
    const numbers = sumNumbers(own);
    const durationMs = own.reduce((sum, record) => sum + record.durationMs, 0);
    return [{ id, numbers, durationMs, failures: own.flatMap((record) => record.failures), counts }];
  });
}

/** Done and goal, summed over records of the same unit. */
function sumNumbers(records) {
  const units = new Map();
  for (const { unit, done, goal } of records) {
    const sum = units.get(unit) ?? { unit, done: 0, goal: 0 };
    units.set(unit, { unit, done: sum.done + done, goal: sum.goal + goal });
  }
  return [...units.values()];
}

function renderTable(all) {
  const lines = all.map(({ id, numbers, durationMs, failures, counts }) => [
    id,
    numbers.map(({ unit, done, goal }) => `${format(done)} / ${format(goal)} ${unit}`).join(', '),
    `${(durationMs / 1000).toFixed(1)} s`,
    failures.length === 0 ? '0 failures' : `${failures.length} FAILURES (${failures.join(' ')})`,
    Object.entries(counts)
      .map(([what, times]) => `${format(times)} ${what}`)
      .join(', '),
  ]);
  const table = [['id', 'done / goal', 'time', 'failures', 'counted'], ...lines];
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  return table
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function describeTests() {
  try {
    const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'));
    return `${numTotalTests} tests, ${numPassedTests} passed, ${numFailedTests} failed`;
  } catch {
    return 'the report of the test runner is missing';
  }
}

function readFolder(name) {
  try {
    return readdirSync(name);
  } catch {
    return [];
  }
}

function format(number) {
  return number.toLocaleString('en-GB');
}
