import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PIPELINE_EXAMPLES, renderPipelineExamples } from './pipeline-examples.ts';

await rm(PIPELINE_EXAMPLES, { recursive: true, force: true });
for (const [name, text] of renderPipelineExamples()) {
  const file = path.join(PIPELINE_EXAMPLES, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
