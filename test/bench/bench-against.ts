import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from './measure.ts';
import type { Row } from './row.ts';

/** What one checkout measures of itself, in a world of its own making. */
interface Bench {
  readonly name: string;
  readonly rounds: number;
  readonly measure: (checkout: string) => Promise<readonly Row[]>;
}

const BENCHES: readonly Bench[] = [
  { name: 'start-up', rounds: 3, measure: async (root) => (await load(root, 'bench-startup')).benchStartup() },
  { name: 'plan', rounds: 1, measure: async (root) => (await load(root, 'bench-plan')).benchPlan([10_000, 100_000]) },
  { name: 'first plan', rounds: 3, measure: async (root) => (await load(root, 'bench-plan')).benchFirstPlan(20_000) },
  { name: 'apply', rounds: 1, measure: async (root) => (await load(root, 'bench-apply')).benchApply(100) },
];

/**
 * This checkout beside another one that is built, each by its own bench: rounds take turns, so that noise of the machine hits
 * both alike, and the medians of what begins with a number (seconds, requests, MB) are compared.
 */
export async function benchAgainst(other: string, tell: (text: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, rounds, measure } of BENCHES) {
    const [here, there]: [Row[], Row[]] = [[], []];
    for (let round = 1; round <= rounds; round += 1) {
      tell(`${name}, round ${round} of ${rounds} …`);
      there.push(...(await measure(path.resolve(other))));
      here.push(...(await measure(path.resolve(import.meta.dirname, '../..'))));
    }
    for (const row of new Set(here.map((one) => one.name))) rows.push(compare(row, here, there));
  }
  return rows;
}

function compare(name: string, here: readonly Row[], there: readonly Row[]): Row {
  const middle = (rows: readonly Row[]): number =>
    median(rows.filter((row) => row.name === name).map(({ measured }) => Number.parseFloat(measured)));
  const [now, before] = [middle(here), middle(there)];
  return { name, measured: String(now), against: `${before} there`, ratio: now / before, goal: 1.1 };
}

interface Benches {
  benchStartup(): Row[];
  benchPlan(sizes: readonly [number, number]): Promise<Row[]>;
  benchFirstPlan(people: number): Promise<Row[]>;
  benchApply(changes: number): Promise<Row[]>;
}

async function load(checkout: string, file: string): Promise<Benches> {
  return (await import(pathToFileURL(path.join(checkout, `test/bench/${file}.ts`)).href)) as Benches;
}
