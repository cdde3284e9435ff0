// `npm run build`: src/ → dist/, which needs nothing beside it: every library is inside. Two things make commands start fast:
// few files instead of hundreds, of which a command loads its own, and validators that are compiled here instead of at every
// start.
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { readLibraries, renderLicenses, renderSbom } from './sbom.mjs';

const root = path.resolve(import.meta.dirname, '..');
const src = path.join(root, 'src');
const dist = path.join(root, 'dist');
const target = 'node20.19';
const { common, firstFaultOnly } = JSON.parse(await readFile(path.join(src, 'model/schema/ajv-options.json'), 'utf8'));

/** What is printed only is compared with its schema by tests. */
const PRINTED = ['error', 'results'];

await rm(dist, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: [path.join(src, 'cli.ts')],
  outdir: dist,
  // Two levels down, as deep as the sources: import.meta.url finds the review page, the worker and the validators.
  chunkNames: 'chunks/all/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target,
  // Some of the libraries are CommonJS and require parts of Node.
  banner: { js: "import { createRequire as require_ } from 'node:module'; const require = require_(import.meta.url);" },
  plugins: [
    { name: 'validators', setup: replaceValidators },
    { name: 'undici', setup: nameExportsOfUndici },
  ],
  metafile: true,
  logLevel: 'warning',
});
const libraries = await readLibraries([metafile, ...(await writeValidators())]);
const packageJson = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
await writeFile(path.join(dist, 'licenses.txt'), await renderLicenses(libraries));
await writeFile(path.join(dist, 'sbom.cdx.json'), renderSbom(packageJson, libraries));
await cp(path.join(src, 'adapters/git/worker'), path.join(dist, 'adapters/git/worker'), { recursive: true });
await cp(path.join(src, 'model/review/page'), path.join(dist, 'model/review/page'), { recursive: true });

/** undici is CommonJS: unless its exports are named, a bundle has them all in `default`, which Node does not do. */
function nameExportsOfUndici({ onResolve, onLoad }) {
  const load = createRequire(import.meta.url);
  const file = load.resolve('undici');
  const names = Object.keys(load('undici')).filter((name) => name !== 'default' && /^[A-Za-z_$][\w$]*$/.test(name));
  const contents = `import all from ${JSON.stringify(file)};\nexport const { ${names.join(', ')} } = all;`;
  onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'named' }));
  onLoad({ filter: /.*/, namespace: 'named' }, () => ({ contents, resolveDir: root }));
}

/** src/model/schema/validators.ts compiles a schema when it is asked for; in dist/ it loads one that is compiled already. */
function replaceValidators({ onLoad }) {
  const contents = [
    "import { createRequire } from 'node:module';",
    'const load = createRequire(import.meta.url);',
    "export const validatorOf = (name, definition = 'root') => load(`../../schema/${name}.cjs`)[definition];",
  ].join('\n');
  onLoad({ filter: /[/\\]schema[/\\]validators\.ts$/ }, () => ({ contents }));
}

/** A file for each schema: few commands need more than two or three. Returns what each was made of. */
async function writeValidators() {
  const metafiles = [];
  for (const file of await readdir(path.join(root, 'schemas'))) {
    const name = file.replace('.schema.json', '');
    if (PRINTED.includes(name)) continue;
    const { metafile: made } = await build({
      stdin: { contents: await renderSchema(name), resolveDir: root },
      outfile: path.join(dist, 'schema', `${name}.cjs`),
      bundle: true,
      minify: true,
      format: 'cjs',
      target,
      metafile: true,
    });
    metafiles.push(made);
  }
  return metafiles;
}

/** One export for the schema (`root`) and, where src/ asks for them, one for each of its definitions. */
async function renderSchema(name) {
  const schema = JSON.parse(await readFile(path.join(root, 'schemas', `${name}.schema.json`), 'utf8'));
  const ajv = new Ajv2020({ ...common, allErrors: !firstFaultOnly.includes(name), code: { source: true } });
  addFormats.default(ajv);
  ajv.addSchema(schema, name);
  const wanted = ['account', 'github', 'handwritten', 'scim'].includes(name) ? Object.keys(schema.$defs) : [];
  const definitions = wanted.map((definition) => [definition, `${name}#/$defs/${definition}`]);
  return standaloneCode.default(ajv, Object.fromEntries([['root', name], ...definitions]));
}
