import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORGE_KINDS } from '../../../../../src/model/forge/forges.ts';
import { buildPipelineFiles } from '../../../../../src/operations/setup/pipelines/pipeline-files.ts';
import { writePipeline } from '../../../../../src/operations/setup/pipelines/write-pipeline.ts';

const SETTINGS = {
  organisations: ['city'],
  branch: 'main',
  runner: 'zivver-gitops',
  owners: ['@company/reviewers'],
  schedule: '23 * * * 1-5',
};

describe.each(FORGE_KINDS)('init --ci %s that was killed', (kind) => {
  const files = buildPipelineFiles(kind, SETTINGS);
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'pipelines-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const put = async (name: string, text: string): Promise<void> => {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  const present = async (): Promise<readonly string[]> => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map((one) => path.join(one.parentPath, one.name));
    return names.map((name) => path.relative(root, name).split(path.sep).join('/')).sort();
  };

  it.each([...files.keys()].map((_, made) => made))(
    'after %i files, and while it wrote the next one, is finished by a second run',
    async (made) => {
      const all = [...files];
      for (const [name, text] of all.slice(0, made)) await put(name, text);
      const [next = '', half = ''] = all[made] ?? [];
      await put(`${next}.0a1b2c3d.tmp`, half.slice(0, half.length / 2));
      const { lines, differing } = await writePipeline(root, files, false);
      expect(differing).toEqual([]);
      expect(lines.filter((line) => line.startsWith('kept'))).toHaveLength(made);
      expect(await present()).toEqual([...files.keys()].sort());
      for (const [name, text] of files) expect(await readFile(path.join(root, name), 'utf8')).toBe(text);
    },
  );
});
