import { builtInStyle, type NumberStyle } from './number-style.ts';
import { WorkbookFault, type Archive } from './xlsx-archive.ts';
import { readRelationships, targetOf, type Relationship } from './xlsx-relationships.ts';
import { readXml } from './xlsx-xml.ts';

/** Where the parts of a workbook stand; by relationship, since nothing fixes their names (ECMA-376 part 2, §9.3). */
export interface WorkbookParts {
  /** In the order of their tabs (§18.2.20). */
  readonly sheets: readonly SheetPart[];
  readonly texts: string | undefined;
  readonly styles: string | undefined;
}

export interface SheetPart {
  readonly name: string;
  /** `xl/worksheets/sheet1.xml`. */
  readonly part: string;
}

export function readWorkbookParts(archive: Archive): WorkbookParts {
  const workbook = targetOf(readRelationships(archive, ''), 'officeDocument') ?? 'xl/workbook.xml';
  if (/\.bin$/i.test(workbook)) throw new WorkbookFault('a binary workbook (.xlsb); save it as .xlsx');
  const text = archive.readText(workbook);
  if (text === undefined) throw new WorkbookFault(explainNoWorkbook(archive));
  const relationships = readRelationships(archive, workbook);
  const folder = workbook.slice(0, workbook.lastIndexOf('/') + 1);
  return {
    sheets: readSheets(text, relationships, archive),
    texts: targetOf(relationships, 'sharedStrings') ?? `${folder}sharedStrings.xml`,
    styles: targetOf(relationships, 'styles') ?? `${folder}styles.xml`,
  };
}

function explainNoWorkbook(archive: Archive): string {
  return archive.has('content.xml')
    ? 'an OpenDocument file; save it as .xlsx'
    : 'there is no workbook in it where it says that one is; open and save it with a spreadsheet program';
}

function readSheets(workbook: string, relationships: readonly Relationship[], archive: Archive): SheetPart[] {
  const sheets: SheetPart[] = [];
  readXml(workbook, {
    open(name, attribute) {
      if (name !== 'sheet') return;
      const found = relationships.find(({ id }) => id === attribute('id'));
      const isSheet = found !== undefined && (found.type === '' || found.type === 'worksheet');
      if (isSheet && archive.has(found.target)) sheets.push({ name: attribute('name') ?? '', part: found.target });
    },
  });
  return sheets;
}

/** Texts that cells name by number (§18.4.8), without the reading aids of East Asian scripts. */
export function readSharedTexts(xml: string): readonly string[] {
  const texts: string[] = [];
  let text = '';
  const inside: string[] = [];
  readXml(xml, {
    open(name) {
      if (name === 'si') text = '';
      inside.push(name);
    },
    text(value) {
      if (inside.at(-1) === 't' && !inside.includes('rPh')) text += value;
    },
    close(name) {
      inside.pop();
      if (name === 'si') texts.push(decodeEscapes(text));
    },
  });
  return texts;
}

/** `_x000D_` stands for a character that XML cannot hold (§22.4.2.4). */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** By the number that cells name (§18.8.10, §18.8.30). */
export function readNumberStyles(xml: string): readonly NumberStyle[] {
  const formats = new Map<string, string>();
  const ids: string[] = [];
  let isInCells = false;
  readXml(xml, {
    open(name, attribute) {
      if (name === 'numFmt') formats.set(attribute('numFmtId') ?? '', attribute('formatCode') ?? '');
      if (name === 'cellXfs') isInCells = true;
      if (name === 'xf' && isInCells) ids.push(attribute('numFmtId') ?? '0');
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return ids.map((id) => formats.get(id) ?? builtInStyle(Number(id)));
}
