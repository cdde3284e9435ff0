import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { readVersion } from '../../src/operations/version.ts';
import { callNpm, makeEmptyFolder, ROOT } from '../support/package/npm.ts';

/** What stands in this repository, committed or not, as a git repository of its own. */
async function makeRepository(): Promise<string> {
  const folder = await makeEmptyFolder('source');
  const git = (...args: string[]) => execa('git', args, { cwd: folder });
  const { stdout } = await execa('git', ['ls-files', '-z', '-co', '--exclude-standard'], { cwd: ROOT });
  for (const name of stdout.split('\0').filter((one) => one !== '')) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await cp(path.join(ROOT, name), path.join(folder, name));
  }
  await git('init', '-q');
  await git('add', '-A');
  await git('-c', 'user.name=Test', '-c', 'user.email=test@hospital.example', 'commit', '-qm', 'all');
  return pathToFileURL(folder).href;
}

it('an install from a git URL builds the program', async () => {
  const url = await makeRepository();
  const project = await makeEmptyFolder('project');
  await callNpm(project, ['init', '-y'], true);
  await callNpm(project, ['install', `git+${url}`], true);
  const version = await callNpm(project, ['exec', '--no', '--', 'zivver-gitops', '--version']);
  expect(version.trim()).toBe(readVersion());
});

it('npm pack of a git URL makes the tarball that is installed without a registry', async () => {
  const url = await makeRepository();
  const project = await makeEmptyFolder('project');
  await callNpm(project, ['init', '-y'], true);
  await callNpm(project, ['pack', `git+${url}`], true);
  await callNpm(project, ['install', '--save-exact', `./zivver-gitops-${readVersion()}.tgz`]);
  const version = await callNpm(project, ['exec', '--no', '--', 'zivver-gitops', '--version']);
  expect(version.trim()).toBe(readVersion());
});
