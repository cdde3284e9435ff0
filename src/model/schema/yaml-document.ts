import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node, type Pair } from 'yaml';
import type { Problem } from '../errors.ts';
import { findSchemaFaults } from './validate.ts';

/** A hand-edited YAML file: its data and where each part of it stands. */
export interface YamlDocument {
  readonly data: unknown;
  /** `file:line:column` of the node a JSON pointer names, or of its nearest parent. */
  whereIs(pointer: string): string;
}

export type ParsedYaml =
  | { readonly ok: true; readonly document: YamlDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Strict YAML 1.2 core: no anchors, aliases, tags, directives, duplicate or non-string keys, one document
 * (threats.md 17). `file` is only for the messages.
 */
export function parseYamlDocument(text: string, file: string): ParsedYaml {
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const nul = text.indexOf('\0');
  if (nul >= 0) return { ok: false, problems: [{ where: file, what: 'contains a NUL character' }] };
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    merge: false,
    resolveKnownTags: false,
    logLevel: 'error',
    lineCounter: lines,
    prettyErrors: false,
  });
  const problems = [...document.errors, ...document.warnings].map((fault) => ({
    where: at(fault.pos[0]),
    what: fault.message,
  }));
  problems.push(...findTricks(document, at, file));
  if (problems.length > 0) return { ok: false, problems };
  const data: unknown = document.toJS({ maxAliasCount: 0 });
  return { ok: true, document: { data, whereIs: (pointer) => at(offsetOf(document, pointer)) } };
}

/** All faults of the data against `schemas/<name>.schema.json` (or one of its `$defs`), with file, line and column. */
export function findDocumentFaults(document: YamlDocument, schemaName: string, definition?: string): Problem[] {
  return findSchemaFaults(schemaName, document.data, definition).map(({ pointer, what }) => ({
    where: document.whereIs(pointer),
    what: pointer === '' ? what : `${pointer.slice(1).replaceAll('/', '.')}: ${what}`,
  }));
}

function findTricks(document: Document, at: (offset: number) => string, file: string): Problem[] {
  const problems: Problem[] = [];
  const complain = (node: Node | null, what: string): void => {
    problems.push({ where: node?.range ? at(node.range[0]) : file, what });
  };
  if (document.directives?.yaml.explicit === true) complain(null, '%YAML directives are not allowed');
  visit(document, {
    Alias: (_key, node) => complain(node, 'YAML aliases are not allowed'),
    Node: (_key, node) => {
      if ('anchor' in node && node.anchor !== undefined) complain(node, 'YAML anchors are not allowed');
      if (node.tag !== undefined) complain(node, 'YAML tags are not allowed');
    },
    Pair: (_key, pair: Pair) => {
      const key = pair.key as Node | null;
      if (!isScalar(key) || typeof key.value !== 'string') complain(key, 'keys must be plain text');
      else if (key.value === '__proto__') complain(key, 'the key __proto__ is not allowed');
    },
  });
  return problems;
}

/** Offset of the key (or of the sequence element) the pointer names; of the nearest existing parent otherwise. */
function offsetOf(document: Document, pointer: string): number {
  let node: unknown = document.contents;
  let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
  for (const part of pointer.split('/').slice(1).map(unescapePointer)) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const element = node.items[Number(part)];
      offset = (element as Node | undefined)?.range?.[0] ?? offset;
      node = element;
    }
  }
  return offset;
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
