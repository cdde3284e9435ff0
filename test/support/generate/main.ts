/** `npm run generate` (with `--check`: fail if something committed is not current). What follows from schemas/ is made from it. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateOrganisationReference } from './organisation-reference.ts';
import { generateTypes } from './types.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const isCheck = process.argv.includes('--check');

for (const [file, text] of [...(await generateTypes(root)), await generateOrganisationReference(root)]) {
  const target = path.join(root, file);
  if ((await readFile(target, 'utf8').catch(() => '')) === text) continue;
  if (!isCheck) await writeFile(target, text);
  else {
    console.error(`not current: ${file} (run npm run generate)`);
    process.exitCode = 1;
  }
}
