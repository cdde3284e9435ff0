import { ReconcileError } from '../errors.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/** One `type=value` of a DN, unescaped. `offset` is where it starts in the text. A `#hex` value keeps its `#`. */
export interface DnPart {
  readonly type: string;
  readonly value: string;
  readonly offset: number;
}

/** The parts of one level; more than one only in `CN=a+UID=b`. */
export type Rdn = readonly DnPart[];

/**
 * Reads RFC 4514 and what directories accept beyond it (RFC 2253 quoting, `;`, blanks around separators).
 * First part first; `''` is the empty list. Throws `CONFIGURATION_INVALID` with the column.
 */
export function parseDn(text: string): readonly Rdn[] {
  const cursor: Cursor = { text, at: 0 };
  skipBlanks(cursor);
  if (cursor.at === text.length) return [];
  const rdns: Rdn[] = [];
  do {
    rdns.push(parseRdn(cursor));
  } while (skipOne(cursor, ',;'));
  if (cursor.at < text.length) throw dnError(cursor, 'unexpected character');
  return rdns;
}

interface Cursor {
  readonly text: string;
  at: number;
}

function parseRdn(cursor: Cursor): Rdn {
  const parts: DnPart[] = [];
  do {
    parts.push(parsePart(cursor));
  } while (skipOne(cursor, '+'));
  return parts;
}

function parsePart(cursor: Cursor): DnPart {
  skipBlanks(cursor);
  const offset = cursor.at;
  const type = /^(?:(?:oid\.)?\d+(?:\.\d+)+|[A-Za-z][\w-]*)/i.exec(cursor.text.slice(offset, offset + 100))?.[0];
  if (type === undefined) throw dnError(cursor, 'an attribute name such as CN, OU or DC is missing');
  cursor.at += type.length;
  skipBlanks(cursor);
  if (!skipOne(cursor, '=')) throw dnError(cursor, '"=" is missing (a comma inside a name is written "\\,")');
  skipBlanks(cursor);
  const value = cursor.text[cursor.at] === '"' ? parseQuoted(cursor) : parsePlain(cursor);
  return { type, value, offset };
}

function parseQuoted(cursor: Cursor): string {
  cursor.at += 1;
  const bytes: Buffer[] = [];
  while (cursor.text[cursor.at] !== '"') {
    if (cursor.at >= cursor.text.length) throw dnError(cursor, 'the closing quote is missing');
    bytes.push(parseCharacter(cursor));
  }
  cursor.at += 1;
  skipBlanks(cursor);
  return readUtf8(cursor, bytes);
}

const ORDINARY_CHARACTERS = /[^,;+\\]*/y;

function parsePlain(cursor: Cursor): string {
  ORDINARY_CHARACTERS.lastIndex = cursor.at;
  const ordinary = ORDINARY_CHARACTERS.exec(cursor.text)?.[0] ?? '';
  if (cursor.text[cursor.at + ordinary.length] === '\\') return parseEscaped(cursor);
  cursor.at += ordinary.length;
  const value = ordinary.replace(/ +$/, '');
  if (value === '') throw dnError(cursor, 'a value is missing');
  return value;
}

function parseEscaped(cursor: Cursor): string {
  const bytes: Buffer[] = [];
  let significant = 0;
  while (cursor.at < cursor.text.length && !',;+'.includes(cursor.text.charAt(cursor.at))) {
    const isBlank = cursor.text[cursor.at] === ' ';
    bytes.push(parseCharacter(cursor));
    if (!isBlank) significant = bytes.length;
  }
  return readUtf8(cursor, bytes.slice(0, significant));
}

/** One character or one escape (`\,` or `\2C`), as UTF-8 bytes: an escaped `é` comes as two escapes. */
function parseCharacter(cursor: Cursor): Buffer {
  const { text, at } = cursor;
  if (text[at] !== '\\') {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    cursor.at += character.length;
    return Buffer.from(character, 'utf8');
  }
  const hex = text.slice(at + 1, at + 3);
  if (/^[0-9a-f]{2}$/i.test(hex)) {
    cursor.at += 3;
    return Buffer.from(hex, 'hex');
  }
  if (!/^[ "#+,/;<=>\\]/.test(hex))
    throw dnError(cursor, 'a backslash stands before a special character or two hex digits');
  cursor.at += 2;
  return Buffer.from(hex.charAt(0), 'utf8');
}

function readUtf8(cursor: Cursor, bytes: readonly Buffer[]): string {
  const text = decodeUtf8(Buffer.concat(bytes));
  if (text === undefined) throw dnError(cursor, 'the escaped bytes are not UTF-8');
  return text;
}

function skipBlanks(cursor: Cursor): void {
  while (cursor.text[cursor.at] === ' ') cursor.at += 1;
}

function skipOne(cursor: Cursor, characters: string): boolean {
  const character = cursor.text[cursor.at];
  if (character === undefined || !characters.includes(character)) return false;
  cursor.at += 1;
  return true;
}

function dnError(cursor: Cursor, what: string): ReconcileError {
  return new ReconcileError('CONFIGURATION_INVALID', `"${cursor.text}" is not a distinguished name: ${what}`, {
    remedy: 'Copy the value of distinguishedName from the directory, e.g. OU=Staff,DC=company,DC=org.',
    problems: [{ where: `column ${cursor.at + 1}`, what }],
  });
}
