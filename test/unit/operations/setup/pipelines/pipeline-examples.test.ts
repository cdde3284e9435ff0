import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { PIPELINE_EXAMPLES, renderPipelineExamples } from '../../../../support/pipeline-examples.ts';

it('the pipelines that lie in the repository for reading are those that init writes', () => {
  const entries = readdirSync(PIPELINE_EXAMPLES, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const present = entries.map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(PIPELINE_EXAMPLES, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')] as const;
  });
  expect(Object.fromEntries(present)).toEqual(Object.fromEntries(renderPipelineExamples()));
});
