import { parseDn } from '../directory/dn-parser.ts';
import type { Change } from '../change/change.ts';

/** Where somebody works: the department that the source names, else the organisational unit of the entry; null = no directory says it, `?` = its name cannot be read. */
export function departmentOf({ evidence: { lookup, entry, person } }: Pick<Change, 'evidence'>): string | null {
  if (person?.department !== undefined) return person.department;
  return entry === null || (lookup !== 'selection' && lookup !== 'domain') ? null : unitOf(entry);
}

/** `Care` of `CN=Karim,OU=Care,OU=Staff,DC=…`, else the container. */
function unitOf(entry: string): string {
  try {
    const parts = parseDn(entry).flat();
    const unit = parts.find(({ type }) => type.toUpperCase() === 'OU') ?? parts[1];
    return unit?.value ?? '?';
  } catch {
    return '?';
  }
}
