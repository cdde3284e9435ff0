import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LabOptions } from './layout.ts';
import { provisionLab } from './provision.ts';

/** The repository's directory for labs, ignored by git. */
export const LAB_ROOT = resolve(import.meta.dirname, '..', '..', '..', '.lab');

/** Copies a freshly provisioned, never started lab into `directory`; provisions it first where there is none yet. */
export async function copyTemplate(directory: string, options: LabOptions): Promise<void> {
  const template = join(LAB_ROOT, 'templates', buildFingerprint(options));
  if (!existsSync(template)) {
    mkdirSync(join(LAB_ROOT, 'templates'), { recursive: true });
    removeOldTemplates();
    await provisionLab(template, options);
  }
  cpSync(template, directory, { recursive: true });
}

/** Each change of the sources leaves a template of some 30 MB behind. */
function removeOldTemplates(): void {
  const folder = join(LAB_ROOT, 'templates');
  for (const path of readdirSync(folder).map((name) => join(folder, name))) {
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > TEMPLATE_LIFE_MS) rmSync(path, { recursive: true, force: true });
  }
}

const TEMPLATE_LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** Changes with the options and with every source file that shapes the data. */
function buildFingerprint(options: LabOptions): string {
  const hash = createHash('sha256').update(JSON.stringify([options.people, options.seed]));
  const directories = [import.meta.dirname, join(import.meta.dirname, 'population')];
  const files = directories.flatMap((folder) =>
    readdirSync(folder)
      .sort()
      .map((name) => join(folder, name)),
  );
  for (const file of files.filter(isShapingData)) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function isShapingData(file: string): boolean {
  return /\.py$|population\/[^/]+\.ts$|(?:provision|certificates|layout|manifest)\.ts$/.test(
    file.replaceAll('\\', '/'),
  );
}
