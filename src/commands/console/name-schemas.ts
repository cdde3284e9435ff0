import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A text in which schemas are named as one can open them from here: `node_modules/zivver-gitops/schemas/…` in one's own repository. */
export function nameSchemas(text: string, from: string = process.cwd()): string {
  return text.replace(/(?<![\w./])schemas\/[a-z]+\.schema\.json/g, (name) => {
    const file = fileURLToPath(new URL(`../../../${name}`, import.meta.url));
    const relative = path.relative(from, file);
    return relative.startsWith('..') ? file : relative.split(path.sep).join('/');
  });
}
