import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { SOURCE_KINDS } from '../../src/model/configuration/source-kind.ts';
import { FORGE_KINDS } from '../../src/model/forge/forges.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SOURCES = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:ts|json)$/.test(name) && !name.includes('generated'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(path.join(ROOT, 'src', name), 'utf8') }));

/** Files of src/ that know the name as a word of the program: a key, a property or a text of its own. */
function knowing(word: string): string[] {
  const use = new RegExp(`'${word}'|\\b${word}:|\\.${word}\\b`);
  return SOURCES.filter(({ text }) => use.test(text)).map(({ name }) => name);
}

it('a limit stands in its table, in what counts it and in what may wait for it; schemas and README are generated', () => {
  const three = ['model/configuration/limit-rules.ts', 'model/plan/guards.ts', 'model/plan/wave.ts'];
  expect(knowing('accessGranted').sort()).toEqual(three);
  expect(knowing('sameAttribute').sort()).toEqual(three);
  const generated = readFileSync(path.join(ROOT, 'test/support/generate/limit-lists.ts'), 'utf8');
  for (const file of ['schemas/organisation.schema.json', 'schemas/plan.schema.json', 'README.md'])
    expect(generated).toContain(`'${file}'`);
});

it('a kind of source is known to few places beside its own adapter', () => {
  expect(SOURCE_KINDS).toContain('excel');
  const places = knowing('excel').filter((name) => !name.startsWith('adapters/tables/'));
  expect(places.length, places.join('\n')).toBeLessThanOrEqual(8);
});

it('a forge stands in the table of facts and in the two places that open what is its own; the schemas are generated', () => {
  expect(FORGE_KINDS).toContain('azure');
  const own = /^adapters\/forge\/azure\/|^operations\/setup\/pipelines\/(?:checklist-)?azure\.ts$/;
  expect(
    knowing('azure')
      .filter((name) => !own.test(name))
      .sort(),
  ).toEqual(['adapters/forge/open-forge.ts', 'model/forge/forges.ts', 'operations/setup/pipelines/pipeline-files.ts']);
});
