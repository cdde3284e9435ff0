import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DesiredFile, DesiredFiles } from '../../model/desired/desired-file.ts';
import { FOLDERS } from '../../model/desired/desired-state.ts';
import { writeFiles } from './write-files.ts';

/** Makes the folder hold exactly these files; touches only what differs from `present` (path → blob id on disk). */
export async function writeDesiredFolder(
  folder: string,
  files: DesiredFiles,
  present: ReadonlyMap<string, string>,
): Promise<void> {
  for (const name of FOLDERS) mkdirSync(path.join(folder, name), { recursive: true });
  for (const name of present.keys()) if (!files.has(name)) rmSync(path.join(folder, name));
  const changed = [...files.values()].filter((file) => present.get(file.path) !== file.blob);
  if (changed.length > 0) await writeFiles(renderFiles(folder, changed));
}

/** One text at a time: together they are as large as the folder. */
function* renderFiles(folder: string, files: readonly DesiredFile[]): Generator<[path: string, text: string]> {
  for (const file of files) yield [path.join(folder, file.path), file.text];
}
