import { kindOfPath } from './desired-file-name.ts';

/** Accounts of each kind. */
export function countKinds(paths: Iterable<string>): { users: number; functional: number } {
  const counts = { users: 0, functional: 0 };
  for (const path of paths) {
    const kind = kindOfPath(path);
    if (kind === 'user') counts.users += 1;
    if (kind === 'functional') counts.functional += 1;
  }
  return counts;
}
