import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes a file so that whoever dies meanwhile leaves either nothing or all of it. The folder is made if it is missing. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  await mkdir(path.dirname(file), { recursive: true });
  await removeLeft(file);
  try {
    await writeFile(beside, text);
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}

/** What a run that was killed before its rename left beside the file: `git add` would take it along. */
async function removeLeft(file: string): Promise<void> {
  const folder = path.dirname(file);
  const isLeft = (name: string): boolean =>
    name.startsWith(`${path.basename(file)}.`) && /\.[0-9a-f]{8}\.tmp$/.test(name);
  for (const name of (await readdir(folder)).filter(isLeft)) await rm(path.join(folder, name), { force: true });
}
