import { crc32, deflateRawSync } from 'node:zlib';

/** What a cell of a test workbook holds; undefined = no cell. */
export type CellSpec =
  | string
  | number
  | boolean
  | undefined
  | { readonly error: string }
  | { readonly date: number }
  | { readonly padded: number }
  | { readonly formula: string; readonly result?: string };

export interface SheetSpec {
  readonly name: string;
  /** Row 1 first. */
  readonly rows: readonly (readonly CellSpec[])[];
}

/** An .xlsx as Excel writes it: texts shared, one style for dates and one for numbers of six digits. */
export function buildWorkbook(sheets: readonly SheetSpec[]): Buffer {
  const texts = new Map<string, number>();
  const share = (text: string): number => texts.get(text) ?? (texts.set(text, texts.size), texts.size - 1);
  const parts = sheets.map(
    ({ rows }, index) => [`xl/worksheets/sheet${index + 1}.xml`, renderSheet(rows, share)] as const,
  );
  const list = sheets.map(
    ({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const links = sheets.map(
    (_, index) => `<Relationship Id="rId${index + 1}" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const formats = '<numFmts count="1"><numFmt numFmtId="164" formatCode="000000"/></numFmts>';
  const styles = '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>';
  return zip(
    new Map<string, string>([
      ['xl/workbook.xml', xml(`<workbook xmlns:r="urn:r"><sheets>${list.join('')}</sheets></workbook>`)],
      ['xl/_rels/workbook.xml.rels', xml(`<Relationships>${links.join('')}</Relationships>`)],
      ['xl/styles.xml', xml(`<styleSheet>${formats}${styles}</styleSheet>`)],
      ...parts,
      [
        'xl/sharedStrings.xml',
        xml(`<sst>${[...texts.keys()].map((text) => `<si><t>${escapeXml(text)}</t></si>`).join('')}</sst>`),
      ],
    ]),
  );
}

function renderSheet(rows: SheetSpec['rows'], share: (text: string) => number): string {
  const lines = rows.map((cells, row) => {
    const rendered = cells.map((cell, column) => renderCell(cell, `${letters(column)}${row + 1}`, share));
    return `<row r="${row + 1}">${rendered.join('')}</row>`;
  });
  return xml(`<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`);
}

function renderCell(cell: CellSpec, at: string, share: (text: string) => number): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return `<c r="${at}" t="s"><v>${share(cell)}</v></c>`;
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`;
  if ('date' in cell) return `<c r="${at}" s="1"><v>${cell.date}</v></c>`;
  if ('padded' in cell) return `<c r="${at}" s="2"><v>${cell.padded}</v></c>`;
  const result = cell.result === undefined ? '' : `<v>${escapeXml(cell.result)}</v>`;
  return `<c r="${at}" t="str"><f>${escapeXml(cell.formula)}</f>${result}</c>`;
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}

function xml(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${content}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** `claimedBytes`: what the archive says of the size of every part, if it lies. */
export function zip(parts: ReadonlyMap<string, string | Buffer>, claimedBytes?: number): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const { bytes, packed, checksum } = pack(content);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(checksum, 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(claimedBytes ?? bytes.length, 8);
    const names = Buffer.from(name);
    const local = header('504b0304', [20, 0, 8, 0, 0], sizes, [names.length, 0]);
    const at = Buffer.alloc(4);
    at.writeUInt32LE(offset);
    directory.push(header('504b0102', [20, 20, 0, 8, 0, 0], sizes, [names.length, 0, 0, 0, 0, 0, 0]), at, names);
    bodies.push(local, names, packed);
    offset += local.length + names.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

const packs = new WeakMap<Buffer, { bytes: Buffer; packed: Buffer; checksum: number }>();

/** The same large buffer in many parts is compressed once. */
function pack(content: string | Buffer) {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  const known = packs.get(bytes) ?? { bytes, packed: deflateRawSync(bytes), checksum: crc32(bytes) };
  packs.set(bytes, known);
  return known;
}

function header(signature: string, before: readonly number[], sizes: Buffer, after: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from(signature, 'hex'), shorts(before), sizes, shorts(after)]);
}

function shorts(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16LE(value, index * 2));
  return bytes;
}
