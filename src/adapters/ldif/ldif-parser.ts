import { baseName, decodeValue, parseRange } from '../../model/directory/attribute-values.ts';
import { buildTrailer } from './ldif-trailer.ts';
import { AttributeList } from '../../model/directory/attribute-list.ts';
import { BINARY_ATTRIBUTES, type Entry } from '../../model/directory/entry.ts';
import { isGuid } from '../../model/directory/guid.ts';
import { decodeUtf8 } from '../../model/text/utf8.ts';

export interface LdifFault {
  /** Counted from 1. */
  readonly line: number;
  readonly what: string;
}

export interface LdifRecord extends Entry {
  readonly line: number;
}

export interface LdifContent {
  readonly records: readonly LdifRecord[];
  readonly faults: readonly LdifFault[];
  /** URLs of other servers that `ldapsearch` noted. */
  readonly referrals: readonly string[];
}

/** What stands before the colon. */
interface Description {
  readonly text: string;
  /** Lower case, without options. */
  readonly name: string;
  /** Part of an entry as an export has it, and whole. */
  readonly isOrdinary: boolean;
  readonly isKept: boolean;
  /** Its values are few, and stand in thousands of entries. */
  readonly isRepeated: boolean;
  /** What stood on the line after it the last time: exporters write all entries alike. */
  next: Description | undefined;
}

/*
 * Why the parser is our own: `ldif` 0.5.1 of npm is not kept up, takes the whole text at once, and knows nothing of a file that was
 * cut short: neither the missing empty line, nor the result, the page cookie and the count that exporters write at the end.
 */

/**
 * Reads LDIF (RFC 2849) line by line, as `ldapsearch` and `ldifde` write it. Only content and `changetype: add`:
 * whatever is not a complete entry is a fault, and one fault makes the file useless.
 */
export class LdifParser {
  #line = 0;
  /** A line that the next one may continue, and its number. */
  #pending: string | undefined;
  #pendingLine = 0;
  #record: { readonly line: number; readonly dn: string; readonly attributes: AttributeList } | undefined;
  /** True while the rest of a record is passed over: its fault is told once. */
  #isSkipping = false;
  readonly #records: LdifRecord[] = [];
  readonly #faults: LdifFault[] = [];
  readonly #trailer = buildTrailer();
  readonly #descriptions = new Map<string, Description>();
  #previous: Description | undefined;
  readonly #shared = new Map<string, string>();
  readonly #kept: ReadonlySet<string> | null;

  /** Every line is checked, but only values of the named attributes are held; null = of all. Names in any case. */
  constructor(attributes: readonly string[] | null = null) {
    this.#kept = attributes === null ? null : new Set(attributes.map((name) => name.toLowerCase()));
  }

  get faultCount(): number {
    return this.#faults.length;
  }

  /** One line of the file, without its line end. */
  push(line: string): void {
    this.#line += 1;
    if (line.startsWith(' ')) this.#unfold(line.slice(1));
    else {
      this.#flush();
      if (line === '') this.#endRecord();
      else {
        this.#pending = line;
        this.#pendingLine = this.#line;
      }
    }
  }

  end(): LdifContent {
    this.#flush();
    if (this.#record !== undefined) this.#fault(this.#line, CUT_SHORT);
    this.#endRecord();
    const unfinished = this.#trailer.fault() ?? this.#trailer.miscount();
    if (unfinished !== undefined) this.#fault(this.#line, unfinished);
    return { records: this.#records, faults: this.#faults, referrals: this.#trailer.referrals };
  }

  /** Unfolding comes before everything else, comments too (RFC 2849 note 2). */
  #unfold(text: string): void {
    if (this.#pending === undefined) this.#fault(this.#line, 'a continued line without a line before it');
    else this.#pending += text;
  }

  #flush(): void {
    const text = this.#pending;
    this.#pending = undefined;
    if (text === undefined) return;
    if (text.includes('\0')) {
      this.#skip(this.#pendingLine, 'a NUL byte; export the file as UTF-8, or with ldifde -u');
    } else if (text.startsWith('#')) this.#trailer.comment(text, this.#records.length);
    else if (!this.#isSkipping) this.#readLine(text, this.#pendingLine);
  }

  #readLine(text: string, line: number): void {
    if (text === '-') return this.#skip(line, 'a change of an entry; only an export of entries can be read');
    const colon = text.indexOf(':');
    const description = this.#describeLine(text, Math.max(colon, 0));
    if (description === undefined)
      return this.#skip(line, 'neither "attribute: value" nor a continued line; the file may be cut short');
    const mark = text[colon + 1];
    if (mark === '<')
      return this.#skip(line, `the value of ${description.text} is in another file; export the values themselves`);
    const value = mark === ':' ? readBase64(text.slice(colon + 2).trim()) : withoutBlanks(text, colon + 1);
    if (value === undefined)
      return this.#skip(line, `the value of ${description.text} is not base64; the file may be cut short`);
    if (this.#record === undefined) this.#startRecord(description, value, line);
    else this.#addValue(description, value, line);
  }

  #describeLine(line: string, length: number): Description | undefined {
    const expected = this.#previous?.next;
    if (expected?.text.length === length && line.startsWith(expected.text)) return (this.#previous = expected);
    const found = this.#describe(line.slice(0, length));
    if (this.#previous !== undefined) this.#previous.next = found;
    return (this.#previous = found);
  }

  /** A file has few different names and very many lines. Undefined if the text is no attribute description. */
  #describe(text: string): Description | undefined {
    const known = this.#descriptions.get(text);
    if (known !== undefined) return known;
    if (!/^[A-Za-z0-9][\w.-]*(?:;[\w.=*-]+)*$/.test(text)) return undefined;
    const range = parseRange(text);
    const isPartial = range !== null && (range.start !== 0 || range.end !== null);
    const name = baseName(text);
    const description: Description = {
      text,
      name,
      isOrdinary: !isPartial && !EXTRAORDINARY.has(name),
      isKept: this.#kept?.has(name) ?? true,
      isRepeated: REPEATED.has(name),
      next: undefined,
    };
    this.#descriptions.set(text, description);
    return description;
  }

  #startRecord({ text: description }: Description, value: Base64 | string, line: number): void {
    const name = description.toLowerCase();
    if (name === 'version') {
      if (value !== '1') this.#fault(line, 'an LDIF version other than 1');
      return;
    }
    const dn = typeof value === 'string' ? value : decodeUtf8(Buffer.from(value.base64, 'base64'));
    if (this.#trailer.accept(name, dn ?? '')) return;
    if (name !== 'dn') this.#skip(line, 'an entry that does not begin with dn; is it an LDIF file?');
    else if (dn === undefined) this.#skip(line, 'a DN that is not UTF-8');
    else this.#record = { line, dn, attributes: new AttributeList() };
  }

  #addValue(description: Description, value: Base64 | string, line: number): void {
    const { name, isOrdinary, isKept, isRepeated } = description;
    if (!isOrdinary) return this.#judgeOther(description, value, line);
    if (!isKept) return;
    const text = typeof value === 'string' ? decodeValue(name, value) : decodeBase64(name, value);
    this.#record?.attributes.add(name, isRepeated ? this.#share(text) : text);
  }

  #judgeOther({ text: description, name }: Description, value: Base64 | string, line: number): void {
    if (name === 'changetype' && typeof value === 'string' && value.toLowerCase() === 'add') return;
    if (name === 'changetype')
      return this.#skip(line, 'a changetype other than add; only an export of entries can be read');
    if (name === 'control') return this.#skip(line, 'a control; only an export of entries can be read');
    if (name === 'dn')
      return this.#skip(line, 'a second dn in one entry; an empty line between two entries is missing');
    this.#skip(
      line,
      `only a part of ${name} (${description}); leave ${name} out of the export or read the directory with ldap`,
    );
  }

  /** One copy of what stands in thousands of entries. */
  #share(text: string): string {
    const known = this.#shared.get(text);
    if (known === undefined) this.#shared.set(text, text);
    return known ?? text;
  }

  #endRecord(): void {
    if (this.#record !== undefined) {
      this.#record.attributes.trim();
      this.#records.push(this.#record);
    }
    this.#record = undefined;
    this.#isSkipping = false;
  }

  #skip(line: number, what: string): void {
    this.#fault(line, what);
    this.#record = undefined;
    this.#isSkipping = true;
  }

  #fault(line: number, what: string): void {
    this.#faults.push({ line, what });
  }
}

/** What is no attribute of the entry. */
const EXTRAORDINARY: ReadonlySet<string> = new Set(['changetype', 'control', 'dn']);

/** Attributes of which an export has few different values. */
const REPEATED: ReadonlySet<string> = new Set(['objectclass', 'memberof', 'useraccountcontrol', 'accountexpires']);

/** Both exporters end every entry with an empty line: a file cut inside an entry has none, and may lack an address. */
const CUT_SHORT =
  'the file does not end with an empty line, as exports do: it may be cut short; export it again, or add an empty line if it is whole';

function withoutBlanks(text: string, start: number): string {
  let from = start;
  while (text[from] === ' ') from += 1;
  return text.slice(from);
}

/** A value that is written so; decoded only if somebody wants it. */
interface Base64 {
  readonly base64: string;
}

function readBase64(text: string): Base64 | undefined {
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return isBase64 ? { base64: text } : undefined;
}

/** The only spelling of these bytes: without padding, or with zeros in the bits that padding leaves over. */
const CANONICAL = /[A-Za-z0-9+/]$|[AEIMQUYcgkosw048]=$|[AQgw]==$/;

function decodeBase64(name: string, { base64 }: Base64): string {
  const isBytes = name === 'objectguid' ? isGuid(base64) : BINARY_ATTRIBUTES.has(name) && CANONICAL.test(base64);
  if (isBytes) return base64;
  return decodeValue(name, Buffer.from(base64, 'base64'));
}
