import { ReconcileError } from '../errors.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { findSchemaFaults } from '../schema/validate.ts';
import { findDocumentFaults, parseYamlDocument } from '../schema/yaml-document.ts';
import { UNICODE } from '../text/unicode-tables.ts';

/** The order of the lines in a desired file. */
const FIELDS = [
  'kind',
  'key',
  'zivverId',
  'address',
  'fullName',
  'active',
  'mobile',
  'division',
  'aliases',
  'delegates',
  'members',
] as const;

/** Plain where no YAML reader, 1.1 or 1.2, can take it for anything but text. */
const PLAIN = /^[A-Za-z]{2}[A-Za-z0-9]*(?:[ ._@-][A-Za-z0-9]+)*$/;
const WORDS = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'null', 'nan', 'inf']);
const LONGEST_WORD = 5;

/** One account → the bytes of its file. Same account, same bytes; lists sorted by the caller. */
export function formatDesiredAccount(account: DesiredAccount): string {
  const values = account as unknown as Readonly<Record<string, unknown>>;
  let text = '';
  for (const field of FIELDS) {
    const value = values[field];
    if (value === undefined) continue;
    text += Array.isArray(value)
      ? formatList(field, value as string[])
      : `${field}: ${formatScalar(value as string | boolean)}\n`;
  }
  return text;
}

/**
 * A desired file → its account. Files that are byte for byte what we write are read by a small line reader, whose
 * result counts only if writing it again gives the same bytes and the schema holds; all others by the full YAML parser.
 */
export function parseDesiredAccount(text: string, file: string): DesiredAccount {
  const fast = readOwnFormat(text);
  if (fast !== null && formatDesiredAccount(fast) === text && isValid(fast)) return fast;
  const parsed = parseYamlDocument(text, file);
  const problems = parsed.ok ? findDocumentFaults(parsed.document, 'account') : parsed.problems;
  if (!parsed.ok || problems.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', `${file} is not a desired account`, {
      remedy: 'Restore the file from the branch; desired files are written by the plan command.',
      problems,
    });
  return parsed.document.data as DesiredAccount;
}

function formatList(field: string, values: readonly string[]): string {
  if (values.length === 0) return `${field}: []\n`;
  return `${field}:\n${values.map((value) => `  - ${formatScalar(value)}\n`).join('')}`;
}

/** One value as it stands in our YAML: plain where that is safe, else in double quotes. */
export function formatScalar(value: string | boolean): string {
  if (typeof value === 'boolean') return String(value);
  if (value.length < 200 && PLAIN.test(value) && !isWord(value)) return value;
  if (/^[ !#-[\]-~]*$/.test(value)) return `"${value}"`;
  return JSON.stringify(value).replace(HIDDEN, escapeCharacter);
}

const HIDDEN = new RegExp(`[${UNICODE.C}${UNICODE.Zl}${UNICODE.Zp}]`, 'gu');

function isWord(value: string): boolean {
  return value.length <= LONGEST_WORD && WORDS.has(value.toLowerCase());
}

/** Controls, bidi and zero-width characters must be visible in a diff. */
function escapeCharacter(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** Null if a line is not of our own form. */
function readOwnFormat(text: string): DesiredAccount | null {
  const account: Record<string, unknown> = {};
  let list: string[] | null = null;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('  - ')) {
      const value = readScalar(line.slice(4));
      if (list === null || typeof value !== 'string') return null;
      list.push(value);
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    if (colon < 1 || !(FIELDS as readonly string[]).includes(name)) return null;
    const rest = line.slice(colon + 1).trimStart();
    list = rest === '' || rest === '[]' ? [] : null;
    const value = list ?? readScalar(rest);
    if (value === null) return null;
    account[name] = value;
  }
  return account as unknown as DesiredAccount;
}

function readScalar(text: string): string | boolean | null {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** What the byte comparison cannot see. */
function isValid(account: DesiredAccount): boolean {
  const definition = account.kind === 'user' ? 'DesiredUser' : 'DesiredFunctional';
  return findSchemaFaults('account', account, definition).length === 0;
}
