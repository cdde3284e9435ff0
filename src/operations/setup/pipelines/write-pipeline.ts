import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { writeWhole } from '../write-whole.ts';

export interface WrittenPipeline {
  /** What was done with each of the other files, for people. */
  readonly lines: readonly string[];
  /** Files left alone because they say something else, with the difference. */
  readonly differing: readonly { readonly name: string; readonly difference: string }[];
}

/** Writes what is missing. A file that says something else stays as it is, and the difference is told, unless `force`. */
export async function writePipeline(
  root: string,
  files: ReadonlyMap<string, string>,
  force: boolean,
): Promise<WrittenPipeline> {
  const lines: string[] = [];
  const differing: { name: string; difference: string }[] = [];
  for (const [name, text] of files) {
    const file = path.join(root, ...name.split('/'));
    const present = await readFile(file, 'utf8').catch(() => null);
    const isSame = present?.replaceAll('\r\n', '\n') === text;
    if (isSame) lines.push(`kept      ${name}`);
    else if (present !== null && !force) {
      differing.push({ name, difference: formatDifference(name, present, text) });
    } else {
      await writeWhole(file, text);
      lines.push(`written   ${name}`);
    }
  }
  return { lines, differing };
}

function formatDifference(name: string, present: string, wanted: string): string {
  return createTwoFilesPatch(name, name, present.replaceAll('\r\n', '\n'), wanted, 'as it is', 'as it would be', {
    context: 2,
  }).trimEnd();
}
