/**
 * Writes src/model/text/unicode-tables.ts. Only a Node that knows just this Unicode version can:
 * `npx -p node@20.19.6 -c 'node --import tsx test/support/generate-unicode.ts'`.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const VERSION = '16.0';
const PROPERTIES = [
  'C',
  'L',
  'M',
  'N',
  'P',
  'S',
  'Zl',
  'Zp',
  'Zs',
  'DI',
  'Script=Latin',
  'Script=Cyrillic',
  'Script=Greek',
];
const FILE = path.resolve(import.meta.dirname, '../../src/model/text/unicode-tables.ts');

if (process.versions['unicode'] !== VERSION)
  throw new Error(`This Node has Unicode ${process.versions['unicode']}; the tables are those of ${VERSION}.`);
writeFileSync(FILE, renderTables());

function renderTables(): string {
  const lines = PROPERTIES.map(
    (property) => `  ${property.replace('Script=', '')}:\n    '${renderClass(property)}',\n`,
  );
  return `// Made by test/support/generate-unicode.ts. Do not edit.

/**
 * Unicode ${VERSION}: what stands between the brackets of a character class (flag \`u\`) for each property that decides how a value is
 * written. Node's own tables change with its version, and with them the bytes of a plan or a review.
 */
export const UNICODE = {
${lines.join('')}} as const;
`;
}

function renderClass(property: string): string {
  const pattern = new RegExp(`^\\p{${property}}$`, 'u');
  const ranges: [number, number][] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (!pattern.test(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges
    .map(([from, to]) => (from === to ? formatCode(from) : `${formatCode(from)}-${formatCode(to)}`))
    .join('');
}

/** With braces: two escapes side by side are never read as one pair of surrogates. */
function formatCode(code: number): string {
  return `\\\\u{${code.toString(16)}}`;
}
