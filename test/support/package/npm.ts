import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';

export const ROOT: string = path.resolve(import.meta.dirname, '../../..');

/** An empty folder that goes when the test ends. */
export async function makeEmptyFolder(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `zivver-gitops-${name}-`));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** `npm pack` of what stands in this repository, as built: no script runs. Returns the tarball. */
export async function packTarball(folder: string): Promise<string> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = await execa('npm', args, { cwd: ROOT });
  const [packed] = JSON.parse(stdout) as [{ filename: string }];
  return path.join(folder, packed.filename);
}

/** npm in `folder`, where a registry cannot be reached unless `registry` is true. Settings of the machine are not seen. */
export async function callNpm(folder: string, args: readonly string[], registry = false): Promise<string> {
  const home = path.join(folder, '..', `${path.basename(folder)}-home`);
  await mkdir(home, { recursive: true });
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  await writeFile(path.join(home, 'npmrc'), 'audit=false\nfund=false\nupdate-notifier=false\n');
  const offline = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_offline: 'true', npm_config_cache: home };
  const { stdout } = await execa('npm', args, {
    cwd: folder,
    env: { npm_config_userconfig: path.join(home, 'npmrc'), ...(registry ? {} : offline) },
  });
  return stdout;
}
