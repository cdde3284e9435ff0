import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

/** The TypeScript of every schema in schemas/: target below `root` → text. */
export async function generateTypes(root: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const file of (await readdir(path.join(root, 'schemas'))).sort()) {
    const name = file.replace(/\.schema\.json$/, '');
    const schema = JSON.parse(await readFile(path.join(root, 'schemas', file), 'utf8')) as JSONSchema;
    const text = await compile(schema, name, {
      bannerComment: `// Generated from schemas/${file} by \`npm run generate\`. Do not edit.`,
      ignoreMinAndMaxItems: true,
      additionalProperties: false,
      unreachableDefinitions: true,
      cwd: path.join(root, 'schemas'),
      style: { singleQuote: true, printWidth: 120 },
    });
    texts.set(`src/model/schema/generated/${name}.ts`, text);
  }
  return texts;
}
