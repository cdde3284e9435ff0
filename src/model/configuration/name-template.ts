import { type Entry, valueOf } from '../directory/entry.ts';

/** How a name is made of an entry: one attribute (`displayName`), or a template (`{givenName} {sn}`). */
export interface NameTemplate {
  /** As configured. */
  readonly text: string;
  readonly parts: readonly NamePart[];
}

type NamePart = { readonly attribute: string } | { readonly literal: string };

/** A template, or what is wrong with it and where: `column` counts from 1 in the text itself. */
export type ParsedTemplate = NameTemplate | { readonly fault: string; readonly column: number };

/** Name of an LDAP attribute. */
export const ATTRIBUTE = /^[A-Za-z][A-Za-z0-9-]{0,255}$/;
/** Heading of a column. */
export const COLUMN = /^[^\s{}](?:[^{}]{0,254}[^\s{}])?$/u;

/** Without braces the text is the name of an attribute. Braces stand only around attributes; there is no escape. */
export function parseNameTemplate(text: string, name = ATTRIBUTE): ParsedTemplate {
  if (!/[{}]/.test(text)) {
    return name.test(text)
      ? { text, parts: [{ attribute: text }] }
      : { fault: `"${text}" is no attribute; in a template attributes stand in braces: "{givenName} {sn}"`, column: 1 };
  }
  const parts: NamePart[] = [];
  for (let at = 0; at < text.length;) {
    const [literal = ''] = /^[^{}]*/.exec(text.slice(at)) ?? [];
    if (literal !== '') parts.push({ literal });
    at += literal.length;
    if (at === text.length) break;
    const end = text.indexOf('}', at);
    if (text[at] === '}') return { fault: 'a "}" without a "{" before it', column: at + 1 };
    if (end < 0) return { fault: 'a "{" without a "}" after it', column: at + 1 };
    const attribute = text.slice(at + 1, end);
    if (!name.test(attribute))
      return { fault: `"{${attribute}}" does not hold the name of one attribute`, column: at + 1 };
    parts.push({ attribute });
    at = end + 1;
  }
  return { text, parts };
}

/** More than the name of an attribute. */
export function isTemplate({ text }: NameTemplate): boolean {
  return text.includes('{');
}

export function attributesOfTemplate({ parts }: NameTemplate): readonly string[] {
  return parts.flatMap((part) => ('attribute' in part ? part.attribute : []));
}

/** Of the first template of which no attribute is empty; undefined if each lacks something. */
export function renderName(entry: Entry, templates: readonly NameTemplate[]): string | undefined {
  for (const template of templates) {
    const name = renderTemplate(entry, template);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The value of a single attribute stays as it is but for line breaks; in a template blanks in a row become one. */
function renderTemplate(entry: Entry, { parts }: NameTemplate): string | undefined {
  const texts = parts.map((part) => ('literal' in part ? part.literal : valueOf(entry, part.attribute)));
  if (texts.includes(undefined)) return undefined;
  const name = texts.join('');
  return parts.length === 1 ? name.replace(/\s*[\t-\r\u0085\u2028\u2029]\s*/g, ' ') : name.replace(/\s+/g, ' ').trim();
}
