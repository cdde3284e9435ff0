import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { COUNT_RULE_NAMES, COUNT_RULES, describeRule } from '../../../src/model/configuration/limit-rules.ts';

/** Where the names of all limits stand, between what is written by hand: before them, themselves, after them. */
interface Place {
  readonly file: string;
  readonly pattern: RegExp;
  readonly lines: readonly string[];
}

const NAMES = COUNT_RULE_NAMES.map((name) => `"${name}",`);

const PLACES: readonly Place[] = [
  {
    file: 'schemas/organisation.schema.json',
    pattern: /(\n {4}"limits": \{[^]*?"properties": \{\n)([^]*?)( *"sourceFloor")/,
    lines: COUNT_RULE_NAMES.map(
      (name) => `"${name}": { "$ref": "#/$defs/${COUNT_RULES[name].overTime === null ? 'Limit' : 'LimitOverTime'}" },`,
    ),
  },
  {
    file: 'schemas/organisation.schema.json',
    pattern: /("description": "The limit that the refusal named\.",\n *"enum": \[\n)([^]*?)( *"sourceFloor")/,
    lines: NAMES,
  },
  {
    file: 'schemas/plan.schema.json',
    pattern: /("LimitRule": \{\n *"enum": \[\n)([^]*?)( *"sourceFloor")/,
    lines: NAMES,
  },
  {
    file: 'README.md',
    pattern: /(\n\| rule \| default \|\n\| --- \| --- \|\n)([^]*?)(\| `sourceFloor`)/,
    lines: COUNT_RULE_NAMES.map((name) => {
      const { per } = COUNT_RULES[name];
      return `| \`${name}\`${per === null ? '' : ` per ${per}`} | ${describeRule(name)} |`;
    }),
  },
];

/** The files that name every limit, from the table of limits: target below `root` → text. */
export async function generateLimitLists(root: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const place of PLACES) {
    const text = texts.get(place.file) ?? (await readFile(path.join(root, place.file), 'utf8'));
    texts.set(place.file, writeLines(text, place));
  }
  return texts;
}

/** Indented as what follows them. */
function writeLines(text: string, { file, pattern, lines }: Place): string {
  if (!pattern.test(text)) throw new Error(`${file} has no place for the limits`);
  return text.replace(pattern, (_, before: string, _lines: string, after: string) => {
    const [indent = ''] = /^ */.exec(after) ?? [];
    return `${before}${lines.map((line) => `${indent}${line}\n`).join('')}${after}`;
  });
}
