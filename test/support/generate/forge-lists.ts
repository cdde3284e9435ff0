import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FORGE_KINDS } from '../../../src/model/forge/forges.ts';

const FILES = ['schemas/organisation.schema.json', 'schemas/plan.schema.json', 'schemas/ledger.schema.json'];
const FORGE = /("forge": \{[^}]*"enum": \[)[^\]]*\]/;

/** The schemas that name every forge, from the table of forges: target below `root` → text. */
export async function generateForgeLists(root: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const file of FILES) {
    const text = await readFile(path.join(root, file), 'utf8');
    if (!FORGE.test(text)) throw new Error(`${file} has no place for the forges`);
    texts.set(file, text.replace(FORGE, `$1${FORGE_KINDS.map((kind) => `"${kind}"`).join(', ')}]`));
  }
  return texts;
}
