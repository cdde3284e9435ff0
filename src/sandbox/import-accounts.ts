import { readFileSync } from 'node:fs';
import type { Kind } from '../model/account/account.ts';
import { ReconcileError, type Problem } from '../model/errors.ts';
import { buildAccountRecord, type AccountRecord } from './account-record.ts';
import { isJsonObject } from './json.ts';

/**
 * Accounts of a stored answer of `GET /Users` or `GET /Groups` (or the bare array of its resources), as they are: nothing
 * is normalised, checked against domains or completed. UTF-8 or UTF-16, with or without byte order mark.
 * @throws ReconcileError SANDBOX_OPTIONS naming file and cause, with every resource that has no id or address.
 */
export function readStoredAnswer(kind: Kind, path: string): AccountRecord[] {
  const resources = parseResources(path);
  const problems: Problem[] = [];
  const records = new Map<string, AccountRecord>();
  for (const [index, resource] of resources.entries()) {
    const record = buildOrExplain(kind, resource);
    const where = `${path} Resources[${index}]`;
    if (typeof record === 'string') problems.push({ where, what: record });
    else if (records.has(record.id.toLowerCase())) problems.push({ where, what: 'its id occurs twice' });
    else records.set(record.id.toLowerCase(), record);
  }
  if (problems.length > 0) throw importError(path, 'holds accounts that cannot be used', { problems });
  return [...records.values()];
}

function parseResources(path: string): readonly unknown[] {
  let answer: unknown;
  try {
    answer = JSON.parse(decodeText(readFileSync(path)));
  } catch (cause) {
    throw importError(path, cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read', { cause });
  }
  const resources = isJsonObject(answer) ? answer['Resources'] : answer;
  if (Array.isArray(resources)) return resources;
  throw importError(path, 'has no list "Resources"', {});
}

/** PowerShell 5 writes UTF-16 with a byte order mark. */
function decodeText(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

function buildOrExplain(kind: Kind, resource: unknown): AccountRecord | string {
  if (!isJsonObject(resource)) return 'is not an account';
  try {
    return buildAccountRecord(kind, resource, null);
  } catch (error) {
    return error instanceof Error ? error.message : 'is not an account';
  }
}

function importError(
  path: string,
  what: string,
  options: { problems?: readonly Problem[]; cause?: unknown },
): ReconcileError {
  return new ReconcileError('SANDBOX_OPTIONS', `The stored answer ${path} ${what}.`, {
    remedy: 'Give --import-users a stored answer of GET /Users and --import-groups one of GET /Groups.',
    ...options,
  });
}
