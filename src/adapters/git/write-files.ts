import { Worker } from 'node:worker_threads';

type TextFile = readonly [path: string, text: string];

/** So many files are handed over at once. */
const BATCH = 500;

/** More do not help: they wait for each other in the folder. */
const MOST_WRITERS = 2;

/**
 * Writes text files from other threads: thousands of small ones take their time, in which the next texts can be rendered and
 * the caller has other things to do. Throws what `writeFileSync` throws; then some may be written.
 */
export async function writeFiles(files: Iterable<TextFile>): Promise<void> {
  const writers: Writer[] = [];
  let count = 0;
  for (const batch of splitBatches(files)) {
    const writer = (writers[count % MOST_WRITERS] ??= openWriter());
    writer.worker.postMessage(batch);
    count += 1;
  }
  for (const { worker } of writers) worker.postMessage(null);
  // Nobody writes any more when it throws.
  const results = await Promise.allSettled(writers.map(({ ended }) => ended));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

interface Writer {
  readonly worker: Worker;
  readonly ended: Promise<void>;
}

function openWriter(): Writer {
  const worker = new Worker(new URL('../../adapters/git/worker/write-files.mjs', import.meta.url));
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject).once('exit', () => resolve());
  });
  return { worker, ended };
}

function* splitBatches(files: Iterable<TextFile>): Generator<TextFile[]> {
  let batch: TextFile[] = [];
  for (const file of files) {
    batch.push(file);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
