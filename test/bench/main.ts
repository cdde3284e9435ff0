/**
 * `npm run bench` (`-- --full` for 100,000 people): ratios to floors measured in the same run, so that the figures
 * hold on any machine. Prints one table and writes JSON to the file named with `--json`.
 */
import { writeFileSync } from 'node:fs';
import { benchApply } from './bench-apply.ts';
import { benchPlan } from './bench-plan.ts';
import { benchReview } from './bench-review.ts';
import { benchStartup } from './bench-startup.ts';
import { renderTable, type Row } from './row.ts';

const isFull = process.argv.includes('--full');
const jsonFile = process.argv.includes('--json') ? process.argv[process.argv.indexOf('--json') + 1] : undefined;

const rows: Row[] = [];
rows.push(...benchStartup());
rows.push(...(await benchReview()));
rows.push(...(await benchPlan(isFull ? [10_000, 100_000] : [2_000, 20_000])));
rows.push(...(await benchApply(isFull ? 1_000 : 200)));
process.stdout.write(renderTable(rows));
if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
