/**
 * `npm run generate` (with `--check`: fail if something committed is not current). The lists of limits and of forges are made from their tables,
 * and what follows from schemas/ is made from those.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateForgeLists } from './forge-lists.ts';
import { generateLimitLists } from './limit-lists.ts';
import { generateOrganisationReference } from './organisation-reference.ts';
import { generateTypes } from './types.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const isCheck = process.argv.includes('--check');

// One after the other: each reads what the one before has written.
for (const generate of [generateLimitLists, generateForgeLists, generateTypes, generateOrganisationReference])
  for (const [file, text] of await generate(root)) await keepCurrent(path.join(root, file), text);

async function keepCurrent(target: string, text: string): Promise<void> {
  if ((await readFile(target, 'utf8').catch(() => '')) === text) return;
  if (!isCheck) await writeFile(target, text);
  else {
    console.error(`not current: ${path.relative(root, target)} (run npm run generate)`);
    process.exitCode = 1;
  }
}
