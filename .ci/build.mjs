// `npm run build`: src/ → dist/. Two things make commands start fast: few files instead of hundreds, and validators that
// are compiled here instead of at every start. Libraries that only talk to the network or seal stay outside.
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const src = path.join(root, 'src');
const dist = path.join(root, 'dist');
const target = 'node20.19';
const { common, firstFaultOnly } = JSON.parse(await readFile(path.join(src, 'model/schema/ajv-options.json'), 'utf8'));
const outside = ['age-encryption', 'ldapts', 'libphonenumber-js', 'undici', 'uuid'];

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
  external: outside,
  // Some of the libraries are CommonJS and require parts of Node.
  banner: { js: "import { createRequire as require_ } from 'node:module'; const require = require_(import.meta.url);" },
  plugins: [{ name: 'validators', setup: replaceValidators }],
  metafile: true,
});
await writeValidators();
await writeFile(path.join(dist, 'licenses.txt'), await renderLicenses(metafile));
await cp(path.join(src, 'adapters/git/worker'), path.join(dist, 'adapters/git/worker'), { recursive: true });
await cp(path.join(src, 'model/review/page'), path.join(dist, 'model/review/page'), { recursive: true });

/** Of the libraries inside, as their licences ask; those of the validators are ajv and what it needs. */
async function renderLicenses({ inputs }) {
  const folders = Object.keys(inputs).flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const all = new Set([...folders, ...['ajv', 'ajv-formats', 'fast-deep-equal'].map((name) => `node_modules/${name}`)]);
  const texts = [...all].sort().map(async (folder) => {
    const file = (await readdir(path.join(root, folder))).find((name) => /^licen[cs]e/i.test(name));
    return `${folder.slice('node_modules/'.length)}\n\n${await readFile(path.join(root, folder, file), 'utf8')}`;
  });
  return (await Promise.all(texts)).join('\n\n');
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

/** A file for each schema: few commands need more than two or three. */
async function writeValidators() {
  for (const file of await readdir(path.join(root, 'schemas'))) {
    const name = file.replace('.schema.json', '');
    await build({
      stdin: { contents: await renderSchema(name), resolveDir: root },
      outfile: path.join(dist, 'schema', `${name}.cjs`),
      bundle: true,
      minify: true,
      format: 'cjs',
      target,
    });
  }
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
