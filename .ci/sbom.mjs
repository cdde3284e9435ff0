// What is inside the bundle, from the list of inputs that esbuild gives: licences to read and a CycloneDX list for machines.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** The libraries of which at least one file is in the bundle, sorted; each with its package.json and place in the lockfile. */
export async function readLibraries(metafiles) {
  const inputs = metafiles.flatMap(({ inputs: files }) => Object.keys(files));
  const unique = [...new Set(inputs.flatMap((file) => libraryFolder(file) ?? []))].sort((a, b) => (a < b ? -1 : 1));
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'));
  const all = await Promise.all(
    unique.map(async (folder) => {
      const about = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
      const locked = lock.packages[folder];
      if (locked?.version !== about.version)
        throw new Error(`${folder} holds ${about.version}, the lockfile says ${locked?.version}`);
      return { folder, name: about.name, version: about.version, license: about.license, integrity: locked.integrity };
    }),
  );
  // One version may lie in two folders.
  return [...new Map(all.map((library) => [purlOf(library), library])).values()];
}

/** Of every library inside, as its licence asks. */
export async function renderLicenses(libraries) {
  const texts = libraries.map(async ({ folder, name, version }) => {
    const file = (await readdir(path.join(root, folder))).find((one) => /^licen[cs]e/i.test(one));
    if (file === undefined) throw new Error(`${folder} has no licence file`);
    return `${name} ${version}\n\n${await readFile(path.join(root, folder, file), 'utf8')}`;
  });
  return (await Promise.all(texts)).join('\n\n');
}

/** CycloneDX 1.6. Same inputs, same bytes: no time, and a serial number that follows from the contents. */
export function renderSbom({ name, version, license, description }, libraries) {
  const purl = `pkg:npm/${name}@${version}`;
  const body = {
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purl,
        name,
        version,
        description,
        licenses: [{ license: { id: license } }],
        purl,
      },
    },
    components: libraries.map(buildComponent),
    dependencies: [{ ref: purl, dependsOn: libraries.map(purlOf) }, ...libraries.map((one) => ({ ref: purlOf(one) }))],
  };
  const head = { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: `urn:uuid:${uuidOf(JSON.stringify(body))}` };
  return `${JSON.stringify({ ...head, ...body }, null, 2)}\n`;
}

function buildComponent(library) {
  const { name, version, license, integrity } = library;
  const [, algorithm, digest] = /^(sha512)-(.+)$/.exec(integrity);
  const content = Buffer.from(digest, 'base64').toString('hex');
  return {
    type: 'library',
    'bom-ref': purlOf(library),
    name,
    version,
    scope: 'required',
    hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content }],
    licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
    purl: purlOf(library),
  };
}

function purlOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** `node_modules/a`, `node_modules/@b/c` or `node_modules/a/node_modules/d`; null for a file of our own. */
function libraryFolder(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replace(/^[^/]*:/, ''))?.[0] ?? null;
}

/** A UUID of version 8 (RFC 9562) made of a digest. */
function uuidOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
