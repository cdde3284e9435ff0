import { WorkbookFault, type Archive } from './xlsx-archive.ts';
import { readXml } from './xlsx-xml.ts';

export interface SheetPart {
  readonly name: string;
  /** `xl/worksheets/sheet1.xml`. */
  readonly part: string;
}

/** The sheets in the order of their tabs (ECMA-376 §18.2.20). */
export function readSheetParts(archive: Archive): readonly SheetPart[] {
  const workbook = archive.readText('xl/workbook.xml');
  if (workbook === undefined) throw new WorkbookFault('there is no workbook in it; save it as .xlsx');
  const targets = readTargets(archive.readText('xl/_rels/workbook.xml.rels') ?? '');
  const sheets: SheetPart[] = [];
  readXml(workbook, {
    open(name, attribute) {
      if (name !== 'sheet') return;
      const target = targets.get(attribute('id') ?? '');
      const part = target?.startsWith('/') ? target.slice(1) : `xl/${target ?? ''}`;
      if (archive.names.includes(part)) sheets.push({ name: attribute('name') ?? '', part });
    },
  });
  return sheets;
}

function readTargets(relationships: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  readXml(relationships, {
    open(name, attribute) {
      if (name === 'Relationship') targets.set(attribute('Id') ?? '', attribute('Target') ?? '');
    },
  });
  return targets;
}

/** Texts that cells name by number (§18.4.8), without the reading aids of East Asian scripts. */
export function readSharedTexts(archive: Archive): readonly string[] {
  const texts: string[] = [];
  let text = '';
  const inside: string[] = [];
  readXml(archive.readText('xl/sharedStrings.xml') ?? '', {
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

/** How a number is shown: as a date, or with so many digits at least. */
export type NumberStyle = 'date' | { readonly digits: number };

/** By the number that cells name (§18.8.10, §18.8.30). */
export function readNumberStyles(archive: Archive): readonly NumberStyle[] {
  const formats = new Map<string, string>();
  const styles: NumberStyle[] = [];
  let isInCells = false;
  readXml(archive.readText('xl/styles.xml') ?? '', {
    open(name, attribute) {
      if (name === 'numFmt') formats.set(attribute('numFmtId') ?? '', attribute('formatCode') ?? '');
      if (name === 'cellXfs') isInCells = true;
      if (name === 'xf' && isInCells) styles.push(styleOf(attribute('numFmtId') ?? '0', formats));
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return styles;
}

function styleOf(id: string, formats: ReadonlyMap<string, string>): NumberStyle {
  const format = formats.get(id);
  if (format === undefined) return isBuiltInDate(Number(id)) ? 'date' : { digits: 0 };
  const bare = format.replace(/"[^"]*"|\[(?![hms]+\])[^\]]*\]|[\\_*]./gi, '');
  if (/[dmyhs]/i.test(bare)) return 'date';
  return { digits: /^0+$/.exec(bare)?.[0].length ?? 0 };
}

function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}
