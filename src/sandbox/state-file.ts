import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync } from 'node:fs';
import type { Kind } from '../model/account/account.ts';
import { ReconcileError } from '../model/errors.ts';
import { buildAccountRecord, type AccountRecord } from './account-record.ts';
import { openAppendFile } from './append-file.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import type { Journal } from './organisation.ts';

/** What a state file says. The file holds SSO keys: it is a secret. */
export interface SandboxState {
  /** True: --import-users and --import-groups were taken in already. */
  imported: boolean;
  guests: readonly string[];
  freeAccounts: readonly string[];
  /** By id in lower case. */
  readonly accounts: Map<string, AccountRecord>;
}

export interface OpenJournal extends Journal {
  close(): void;
}

/**
 * Reads a journal of JSON lines, each one change; a last line without an end was cut by a kill, unanswered, and is
 * dropped. No file = an empty state. A single JSON document over several lines (written by hand) will do as well.
 * @throws ReconcileError SANDBOX_OPTIONS naming file and line.
 */
export function readState(path: string): SandboxState {
  const state: SandboxState = { imported: false, guests: [], freeAccounts: [], accounts: new Map() };
  const text = existsSync(path) ? readText(path) : '';
  const document = parseObject(text);
  if (document !== undefined) applyLine(state, document, path);
  else applyJournal(state, text.split('\n'), path);
  return state;
}

/** Writes `state` compactly (temporary file, then rename) and opens it for appending. @throws ReconcileError SANDBOX_OPTIONS */
export function openJournal(path: string, state: SandboxState): OpenJournal {
  try {
    writeCompact(path, state);
    const file = openAppendFile(path);
    return {
      stored: (record) => file.append(formatAccount(record)),
      removed: (id) => file.append(`${JSON.stringify({ removed: id })}\n`),
      guestsChanged: (guests) => file.append(`${JSON.stringify({ guests })}\n`),
      freeAccountsChanged: (freeAccounts) => file.append(`${JSON.stringify({ freeAccounts })}\n`),
      close: file.close,
    };
  } catch (cause) {
    throw stateError(path, 'cannot be written', cause);
  }
}

function writeCompact(path: string, state: SandboxState): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    const { imported, guests, freeAccounts } = state;
    appendFileSync(file, `${JSON.stringify({ sandbox: 1, imported, guests, freeAccounts })}\n`);
    const records = [...state.accounts.values()];
    for (let start = 0; start < records.length; start += 1000) {
      const lines = records.slice(start, start + 1000).map(formatAccount);
      appendFileSync(file, lines.join(''));
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/** `json` is JSON already: formatting it anew would only cost. */
function formatAccount({ kind, json, ssoAccountKey }: AccountRecord): string {
  const key = ssoAccountKey === null ? '' : `,"ssoAccountKey":${JSON.stringify(ssoAccountKey)}`;
  return `{"${kind}":${json}${key}}\n`;
}

function applyLine(state: SandboxState, line: JsonObject, where: string): void {
  if (line['imported'] === true) state.imported = true;
  if (line['guests'] !== undefined) state.guests = parseAddressList(line['guests'], where);
  if (line['freeAccounts'] !== undefined) state.freeAccounts = parseAddressList(line['freeAccounts'], where);
  if (typeof line['removed'] === 'string') state.accounts.delete(line['removed'].toLowerCase());
  for (const kind of ['user', 'functional'] as const) {
    const resource = line[kind];
    if (isJsonObject(resource)) addAccount(state, { kind, resource, key: line['ssoAccountKey'] }, where);
  }
}

function addAccount(
  state: SandboxState,
  { kind, resource, key }: { readonly kind: Kind; readonly resource: JsonObject; readonly key: unknown },
  where: string,
): void {
  try {
    const record = buildAccountRecord(kind, resource, typeof key === 'string' ? key : null);
    state.accounts.set(record.id.toLowerCase(), record);
  } catch (cause) {
    throw stateError(where, 'holds no account', cause);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw stateError(path, 'cannot be read', cause);
  }
}

function applyJournal(state: SandboxState, lines: readonly string[], path: string): void {
  for (const [index, line] of lines.entries()) {
    const change = parseObject(line);
    const isLast = index === lines.length - 1;
    if (change !== undefined) applyLine(state, change, `${path}:${index + 1}`);
    else if (!isLast && line.trim() !== '') throw stateError(`${path}:${index + 1}`, 'is not a JSON object', undefined);
  }
}

/** Undefined if it is none. Without the parser's message, which quotes the text: it may hold an SSO key. */
function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseAddressList(value: unknown, where: string): readonly string[] {
  if (Array.isArray(value) && value.every((address) => typeof address === 'string')) return value;
  throw stateError(where, 'has an address list that is not a list of texts', undefined);
}

function stateError(where: string, what: string, cause: unknown): ReconcileError {
  return new ReconcileError('SANDBOX_OPTIONS', `The sandbox state ${where} ${what}.`, {
    remedy: 'Name another file with --state, or correct this one.',
    ...(cause === undefined ? {} : { cause }),
  });
}
