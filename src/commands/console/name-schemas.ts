import { existsSync } from 'node:fs';
import path from 'node:path';

/** A text in which schemas are named as one can open them from here: `node_modules/zivver-gitops/schemas/…` in one's own repository. */
export function nameSchemas(text: string, from: string = process.cwd()): string {
  return text.replace(/(?<![\w./])schemas\/[a-z]+\.schema\.json/g, (name) => {
    const file = findAbove(import.meta.dirname, name);
    if (file === null) return name;
    const relative = path.relative(from, file);
    return relative.startsWith('..') ? file : relative.split(path.sep).join('/');
  });
}

/** The package is above this file, however deep the bundle has put it. */
function findAbove(folder: string, name: string): string | null {
  const file = path.join(folder, name);
  if (existsSync(file)) return file;
  const above = path.dirname(folder);
  return above === folder ? null : findAbove(above, name);
}
