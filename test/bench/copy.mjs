// Plain writing of the desired files; prints how many milliseconds the writing took, without reading them before.
// Arguments: desired folder, target folder.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

const WRITES_AT_ONCE = 64;
const [desired, target] = process.argv.slice(2);
const files = ['users', 'functional'].flatMap((folder) => {
  mkdirSync(`${target}/${folder}`, { recursive: true });
  return readdirSync(`${desired}/${folder}`).map((file) => `${folder}/${file}`);
});
const texts = files.map((file) => readFileSync(`${desired}/${file}`));
const started = performance.now();
for (let start = 0; start < files.length; start += WRITES_AT_ONCE) {
  const slice = files.slice(start, start + WRITES_AT_ONCE);
  await Promise.all(slice.map((file, index) => writeFile(`${target}/${file}`, texts[start + index])));
}
process.stdout.write(String(performance.now() - started));
