// Prints `N passed, N failed, N skipped` of a vitest JSON report; fails if anything failed or nothing ran.
import { readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);
const report = readReport(file);
const skipped = report.numPendingTests + report.numTodoTests;
const suites = report.testResults.filter(
  ({ status: state, assertionResults }) =>
    state === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
);
const failed =
  report.numFailedTests + suites.length + (status !== '0' && report.numFailedTests + suites.length === 0 ? 1 : 0);
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || report.numPassedTests === 0 ? 1 : 0;

function readReport(name) {
  try {
    return JSON.parse(readFileSync(name, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  }
}
