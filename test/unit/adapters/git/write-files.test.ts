import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFiles } from '../../../../src/adapters/git/write-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'write-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('writeFiles', () => {
  it.each([0, 1, 500, 501, 1700])('writes %d files, each with its own text', async (count) => {
    const files = Array.from(
      { length: count },
      (_, index) => [path.join(folder, `${index}.yaml`), `fullName: "Zoë ${index} 😀"\n`] as const,
    );
    await writeFiles(files);
    expect(readdirSync(folder)).toHaveLength(count);
    for (const [file, text] of files) expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('replaces what a file held', async () => {
    const file = path.join(folder, 'anna.yaml');
    await writeFiles([[file, 'a much longer text than the one after it\n']]);
    await writeFiles([[file, 'short\n']]);
    expect(readFileSync(file, 'utf8')).toBe('short\n');
  });

  it('fails if one cannot be written', async () => {
    const files = Array.from({ length: 600 }, (_, index) => [path.join(folder, `${index}.yaml`), ''] as const);
    files[550] = [path.join(folder, 'missing/anna.yaml'), ''];
    await expect(writeFiles(files)).rejects.toThrow(/ENOENT.*missing/);
  });
});
