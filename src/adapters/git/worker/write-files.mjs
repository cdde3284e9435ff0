// Of write-files.ts, in a thread of its own: writes lists of [path, text] until it gets null.
import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (texts) => {
  if (texts === null) parentPort?.close();
  else for (const [file, text] of texts) writeFileSync(file, text);
});
