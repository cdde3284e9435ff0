import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { readVersion } from '../../src/operations/version.ts';
import { callNpm, makeEmptyFolder, packTarball, ROOT } from '../support/package/npm.ts';

interface Sbom {
  readonly bomFormat: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/** A project of a user, as the set-up page makes it: the tarball in vendor/, no registry. */
async function installTarball(): Promise<{ project: string; inside: string }> {
  const project = await makeEmptyFolder('install');
  await mkdir(path.join(project, 'vendor'));
  const tarball = await packTarball(path.join(project, 'vendor'));
  await callNpm(project, ['init', '-y']);
  await callNpm(project, ['install', '--save-exact', `./vendor/${path.basename(tarball)}`]);
  return { project, inside: path.join(project, 'node_modules/zivver-gitops') };
}

describe('the tarball', () => {
  it('is installed in an empty folder without a registry, brings no other package, is pinned by its digest, and works', async () => {
    const { project, inside } = await installTarball();
    expect(await readdir(path.join(project, 'node_modules'))).toEqual(
      expect.arrayContaining(['.bin', '.package-lock.json', 'zivver-gitops']),
    );
    expect(await readdir(path.join(project, 'node_modules'))).toHaveLength(3);
    const lock = JSON.parse(await readFile(path.join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { resolved?: string; integrity?: string }>;
    };
    expect(lock.packages['node_modules/zivver-gitops']).toMatchObject({
      resolved: `file:vendor/zivver-gitops-${readVersion()}.tgz`,
      integrity: expect.stringMatching(/^sha512-/) as string,
    });
    // The apply job: a clean checkout with the lockfile.
    const checkout = await makeEmptyFolder('checkout');
    for (const name of ['package.json', 'package-lock.json', 'vendor'])
      await cp(path.join(project, name), path.join(checkout, name), { recursive: true });
    await callNpm(checkout, ['ci', '--ignore-scripts']);
    const version = await callNpm(checkout, ['exec', '--no', '--', 'zivver-gitops', '--version']);
    expect(version.trim()).toBe(readVersion());

    // Verifies and shows the example and plays the demo, with nothing of this repository beside it.
    const cli = path.join(inside, 'dist/cli.js');
    const call = (...args: string[]) => execa(process.execPath, [cli, ...args], { cwd: project, reject: false });
    for (const name of ['desired', 'plans'])
      await cp(path.join(inside, name), path.join(project, name), { recursive: true });
    await execa('git', ['init', '-q'], { cwd: project });
    expect((await call('verify')).exitCode).toBe(0);
    expect((await call('show', '--html', 'review.html')).exitCode).toBe(0);
    const demo = await call('demo');
    expect(demo.stdout + demo.stderr).not.toContain('Cannot find');
    expect(demo.exitCode).toBe(0);
  }, 300_000);
});

describe('what is in the package', () => {
  let files: readonly string[];
  let inside: string;

  beforeAll(async () => {
    const { stdout } = await execa('npm', ['pack', '--ignore-scripts', '--json', '--dry-run'], { cwd: ROOT });
    const [packed] = JSON.parse(stdout) as [{ files: readonly { path: string }[] }];
    files = packed.files.map(({ path: name }) => name);
    inside = ROOT;
  });

  it('has no runtime dependency', async () => {
    const about = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
    for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'])
      expect(about[kind], kind).toBeUndefined();
    const modules = files.filter((name) => /^dist\/.*\.(js|cjs|mjs)$/.test(name));
    const outside = new Set<string>();
    for (const name of modules) {
      const text = await readFile(path.join(inside, name), 'utf8');
      for (const [, wanted = ''] of text.matchAll(/^(?:import|export)\b[^;'"]*from ["']([^"']+)["'];$/gm))
        if (!/^(\.|node:)/.test(wanted)) outside.add(wanted);
    }
    const { builtinModules } = await import('node:module');
    expect([...outside].filter((name) => !builtinModules.includes(name))).toEqual([]);
  });

  it('holds every page, schema and example that its documents link to', async () => {
    const pages = files.filter((name) => name.endsWith('.md') && !name.startsWith('plans/'));
    expect(pages).toEqual(expect.arrayContaining(['README.md', '.github/docs/set-up.md', 'src/sandbox/README.md']));
    const dead: string[] = [];
    for (const page of pages) {
      const text = await readFile(path.join(inside, page), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)) {
        const wanted = path.posix.join(path.posix.dirname(page), target);
        const found = files.some((name) => name === wanted || name.startsWith(`${wanted.replace(/\/$/, '')}/`));
        if (!found) dead.push(`${page}: ${target}`);
      }
    }
    expect(dead).toEqual([]);
  });

  it('lists in its SBOM every library that the bundle holds, each with its licence', async () => {
    const sbom = JSON.parse(await readFile(path.join(ROOT, 'dist/sbom.cdx.json'), 'utf8')) as Sbom;
    const licenses = await readFile(path.join(ROOT, 'dist/licenses.txt'), 'utf8');
    expect(sbom.bomFormat).toBe('CycloneDX');
    const listed = new Set(sbom.components.map(({ name }) => name));
    const chunks = files.filter((name) => /^dist\/(cli\.js|chunks\/.*\.js)$/.test(name));
    const bundled = new Set<string>();
    // esbuild names the origin of everything it puts in.
    for (const name of chunks)
      for (const [, library = ''] of (await readFile(path.join(ROOT, name), 'utf8')).matchAll(
        /^\s*(?:\/\/ |")(?:.*node_modules\/)((?:@[^/\s]+\/)?[^/\s]+)\//gm,
      ))
        bundled.add(library);
    expect(bundled.size).toBeGreaterThan(20);
    expect([...bundled].filter((name) => !listed.has(name))).toEqual([]);
    expect(sbom.components.filter(({ name, version }) => !licenses.includes(`${name} ${version}\n`))).toEqual([]);
    expect(new Set(sbom.components.map(({ purl }) => purl)).size).toBe(sbom.components.length);
    expect(sbom.dependencies[0]?.dependsOn).toHaveLength(sbom.components.length);
    expect(existsSync(path.join(ROOT, 'LICENSE'))).toBe(true);
  });
});
