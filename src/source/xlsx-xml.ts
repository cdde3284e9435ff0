import { WorkbookFault } from './xlsx-archive.ts';

/** Called for every tag and text in order. Names without namespace prefix. */
export interface XmlVisitor {
  open?(name: string, attribute: (name: string) => string | undefined): void;
  /** Only of the innermost element that is open; may come in pieces. */
  text?(value: string): void;
  close?(name: string): void;
}

/** CDATA, comment, processing instruction, tag, text. No DOCTYPE: so no entities of its own, and nothing that grows. */
const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/y;

/** Reads the XML that spreadsheet programs write. Throws `WorkbookFault` for anything else, a cut end above all. */
export function readXml(xml: string, visitor: XmlVisitor): void {
  const token = new RegExp(TOKEN);
  const opened: string[] = [];
  while (token.lastIndex < xml.length) {
    const match = token.exec(xml);
    if (match === null) throw new WorkbookFault('the XML inside it is damaged or cut short');
    const [, data, slash, name, attributes = '', empty, text] = match;
    if (data !== undefined) visitor.text?.(data);
    else if (text !== undefined) visitor.text?.(decodeEntities(text));
    else if (name === undefined) continue;
    else if (slash === '/') {
      if (opened.pop() !== name) throw new WorkbookFault('the XML inside it is not well-formed');
      visitor.close?.(name);
    } else {
      visitor.open?.(name, (wanted) => attributeOf(attributes, wanted));
      if (empty === '/') visitor.close?.(name);
      else opened.push(name);
    }
  }
  if (opened.length > 0) throw new WorkbookFault('the XML inside it is cut short');
}

/** With or without a namespace prefix: `id` finds `r:id`. */
function attributeOf(attributes: string, wanted: string): string | undefined {
  for (const [, name, double, single] of attributes.matchAll(/(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (name === wanted) return decodeEntities(double ?? single ?? '');
  return undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name as string] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
