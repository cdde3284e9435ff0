/** `npm run generate` (with `--check`: fail if the committed types are not current). Types of disk and wire come from schemas/. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

const root = path.resolve(import.meta.dirname, '../..');
const isCheck = process.argv.includes('--check');
let stale = 0;

for (const file of (await readdir(path.join(root, 'schemas'))).sort()) {
  const name = file.replace(/\.schema\.json$/, '');
  const schema = JSON.parse(await readFile(path.join(root, 'schemas', file), 'utf8')) as JSONSchema;
  const text = await compile(schema, name, {
    bannerComment: `// Generated from schemas/${file} by \`npm run generate\`. Do not edit.`,
    ignoreMinAndMaxItems: true,
    additionalProperties: false,
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  const target = path.join(root, 'src/model/schema/generated', `${name}.ts`);
  const current = await readFile(target, 'utf8').catch(() => '');
  if (current === text) continue;
  stale += 1;
  if (isCheck) console.error(`not current: src/model/schema/generated/${name}.ts (run npm run generate)`);
  else await writeFile(target, text);
}
if (isCheck && stale > 0) process.exitCode = 1;
