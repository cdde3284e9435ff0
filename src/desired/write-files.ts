import { Worker } from 'node:worker_threads';

/** So many files are handed over at once. */
const BATCH = 500;

/**
 * Writes text files from another thread: thousands of small ones take their time, in which the next texts can be rendered and
 * the caller has other things to do. Throws what `writeFileSync` throws; then some may be written.
 */
export async function writeFiles(files: Iterable<readonly [path: string, text: string]>): Promise<void> {
  const worker = new Worker(new URL('../desired/worker/write-files.mjs', import.meta.url));
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject).once('exit', () => resolve());
  });
  let batch: (readonly [string, string])[] = [];
  for (const file of files) {
    batch.push(file);
    if (batch.length < BATCH) continue;
    worker.postMessage(batch);
    batch = [];
  }
  worker.postMessage(batch);
  worker.postMessage(null);
  await ended;
}
