import { existsSync, readFileSync } from 'node:fs';
import type { RequestLine } from '../../../src/sandbox/request-log.ts';

export function readRequestLines(file: string): RequestLine[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RequestLine);
}

export function isWrite({ method }: RequestLine): boolean {
  return method !== 'GET';
}

/** Writes that Zivver carried out: `METHOD path` → how often. */
export function countExecuted(lines: readonly RequestLine[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { method, path, executed } of lines) {
    if (method === 'GET' || !executed) continue;
    const write = `${method} ${path.replace(/^.*\/scim\/v2/, '')}`;
    counts.set(write, (counts.get(write) ?? 0) + 1);
  }
  return counts;
}
