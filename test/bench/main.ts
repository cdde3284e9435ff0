/**
 * `npm run bench`: ratios to floors measured in the same run, so that the figures hold on any machine. Prints one table and
 * writes JSON to the file named with `--json`. `-- --full` takes 100,000 people and 1,000 changes and plans over LDAPS too,
 * `-- --ldaps` adds only that; both need Samba for it (`npm run ad-lab -- install`). `-- --against DIR` measures this checkout
 * beside the one in DIR, which is built, instead of against floors.
 */
import { writeFileSync } from 'node:fs';
import { benchAgainst } from './bench-against.ts';
import { benchApply } from './bench-apply.ts';
import { benchGeneric } from './bench-generic.ts';
import { benchFirstPlan, benchPlan } from './bench-plan.ts';
import { benchHistory, benchSite } from './bench-history.ts';
import { benchReview } from './bench-review.ts';
import { benchSandbox } from './bench-sandbox.ts';
import { benchStartup } from './bench-startup.ts';
import { renderTable, type Row } from './row.ts';

const isFull = process.argv.includes('--full');
const jsonFile = valueOf('--json');
const other = valueOf('--against');

const rows = other === undefined ? await benchFloors() : await benchAgainst(other, console.error);
process.stdout.write(renderTable(rows));
if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);

async function benchFloors(): Promise<Row[]> {
  const rows: Row[] = [];
  rows.push(...benchStartup());
  rows.push(...(await benchReview()));
  rows.push(...(await benchPlan(isFull ? [10_000, 100_000] : [2_000, 20_000])));
  rows.push(...(await benchFirstPlan(isFull ? 100_000 : 20_000)));
  if (isFull || process.argv.includes('--ldaps')) {
    const { benchLdaps } = await import('./bench-ldaps.ts');
    rows.push(...(await benchLdaps(20_000)));
  }
  rows.push(...(await benchSandbox(isFull ? 100_000 : 20_000)));
  rows.push(...(await benchApply(isFull ? 1_000 : 200)));
  rows.push(...(await benchGeneric(50)));
  rows.push(...(await benchHistory(isFull ? [100, 1_500] : [100, 400])));
  rows.push(...(await benchSite(isFull ? 10_000 : 2_000)));
  return rows;
}

function valueOf(option: string): string | undefined {
  const place = process.argv.indexOf(option);
  return place < 0 ? undefined : process.argv[place + 1];
}
