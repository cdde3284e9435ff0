import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { COUNT_RULE_NAMES, COUNT_RULES, describeRule } from '../../../src/model/configuration/limit-rules.ts';

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

interface Section {
  /** As written in the file: `sources[].ldap`. */
  readonly name: string;
  readonly schema: Schema;
}

const TARGET = '.github/docs/organisation.md';

const HEAD = `# organisation.yaml, key by key

\`desired/<organisation>/organisation.yaml\` is written by hand and reviewed like code. This page is made from its schema, by
which the file is checked: what is not here is refused, with its line. A complete example:
[desired/example/organisation.yaml](../../desired/example/organisation.yaml); \`zivver-gitops init\` writes the first one for
you. Keys in **bold** are required.
`;

/** The page for people that says everything the schema says: target below `root` → text. */
export async function generateOrganisationReference(root: string): Promise<Map<string, string>> {
  const schema = JSON.parse(await readFile(path.join(root, 'schemas/organisation.schema.json'), 'utf8')) as Schema;
  const defs = schema.$defs ?? {};
  const top = Object.entries(schema.properties ?? {});
  const sections = top.flatMap(([name, property]) => sectionsOf({ name, schema: property }, defs));
  const rows = tableOf({ name: '', schema }, defs);
  const text = [HEAD, rows, ...uniqueSections(sections).map((section) => renderSection(section, defs))].join('\n');
  return new Map([[TARGET, text]]);
}

/** A property that holds others is a section, and so is each of those in it. */
function sectionsOf({ name, schema }: Section, defs: Readonly<Record<string, Schema>>): Section[] {
  const own = resolve(schema, defs);
  const item = own.items === undefined ? undefined : resolve(own.items, defs);
  if (item?.properties !== undefined) {
    const words = own.description ?? item.description;
    return sectionsOf(
      { name: `${name}[]`, schema: words === undefined ? item : { ...item, description: words } },
      defs,
    );
  }
  if (own.properties === undefined) return [];
  const inner = Object.entries(own.properties).flatMap(([key, property]) =>
    sectionsOf({ name: `${name}.${key}`, schema: property }, defs),
  );
  return [{ name, schema: own }, ...inner];
}

/** Of sections that say the same (every limit, every filter) the first one stands. */
function uniqueSections(sections: readonly Section[]): Section[] {
  const seen = new Set<string>();
  return sections.filter(({ schema }) => {
    const text = JSON.stringify(schema.properties);
    return !seen.has(text) && seen.add(text);
  });
}

function renderSection(section: Section, defs: Readonly<Record<string, Schema>>): string {
  const { name, schema } = section;
  const depth = name.includes('.') ? '###' : '##';
  const words = schema.description === undefined ? [] : [cellOf(schema.description), ''];
  const limits = name === 'limits' ? [renderLimits()] : [];
  return [`${depth} ${name}`, '', ...words, ...limits, tableOf(section, defs)].join('\n');
}

/** From the table of which guards, review and README are made. */
function renderLimits(): string {
  const rows = COUNT_RULE_NAMES.map((rule) => `| \`${rule}\` | ${COUNT_RULES[rule].name} | ${describeRule(rule)} |`);
  return [
    'Defaults:',
    '',
    '| rule | what is counted | default |',
    '| ---- | --------------- | ------- |',
    ...rows,
    '',
  ].join('\n');
}

function tableOf({ schema }: Section, defs: Readonly<Record<string, Schema>>): string {
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const own = resolve(property, defs);
    const name = required.has(key) ? `**\`${key}\`**` : `\`${key}\``;
    return `| ${name} | ${valuesOf(own, defs)} | ${cellOf(property.description ?? own.description ?? '')} |`;
  });
  return ['| key | value | meaning |', '| --- | ----- | ------- |', ...rows, ''].join('\n');
}

function resolve(schema: Schema, defs: Readonly<Record<string, Schema>>): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : { ...defs[name], ...schema };
}

function valuesOf(schema: Schema, defs: Readonly<Record<string, Schema>>): string {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' ');
  const types = [schema.type ?? 'object'].flat();
  return types.map((type) => wordsOfType(type, schema, defs)).join(', or ');
}

function wordsOfType(type: string, schema: Schema, defs: Readonly<Record<string, Schema>>): string {
  switch (type) {
    case 'boolean':
      return '`true` `false`';
    case 'integer':
    case 'number':
      return rangeOf(schema);
    case 'array':
      return `list of: ${valuesOf(resolve(schema.items ?? {}, defs), defs)}`;
    case 'object':
      return 'keys of its own';
    default:
      return 'text';
  }
}

function rangeOf({ minimum, maximum }: Schema): string {
  if (maximum === undefined) return minimum === undefined ? 'number' : `number from ${minimum}`;
  return `number from ${minimum ?? 0} to ${maximum}`;
}

/** Text of ours, in a cell of a table: what looks like a placeholder is no tag. */
function cellOf(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
}
