import { parser as createParser } from 'sax';
import { WorkbookFault } from './xlsx-archive.ts';

/** Called for every tag and text in order. Names without namespace prefix. */
export interface XmlVisitor {
  open?(name: string, attribute: (name: string) => string | undefined): void;
  /** Only of the innermost element that is open; may come in pieces. */
  text?(value: string): void;
  close?(name: string): void;
}

/** Reads the XML that spreadsheet programs write. Throws `WorkbookFault` for anything else, a cut end above all. */
export function readXml(xml: string, visitor: XmlVisitor): void {
  if (xml === '') return;
  const parser = createParser(true);
  parser.onopentag = ({ name, attributes }) => visitor.open?.(localName(name), (wanted) => valueOf(attributes, wanted));
  parser.ontext = (value) => visitor.text?.(value);
  parser.oncdata = (value) => visitor.text?.(value);
  parser.onclosetag = (name) => visitor.close?.(localName(name));
  // Spreadsheet programs write none; entities of its own could grow without end.
  parser.ondoctype = () => {
    throw new WorkbookFault('the XML inside it has a DOCTYPE; save it again with a spreadsheet program');
  };
  parser.onerror = () => {
    throw new WorkbookFault('the XML inside it is damaged or cut short');
  };
  parser.write(xml).close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** With or without a namespace prefix: `id` finds `r:id`. */
function valueOf(attributes: Readonly<Record<string, unknown>>, wanted: string): string | undefined {
  const name = wanted in attributes ? wanted : Object.keys(attributes).find((one) => localName(one) === wanted);
  return name === undefined ? undefined : String(attributes[name]);
}
