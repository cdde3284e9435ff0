/** What the published clients of forges (development only) know of their APIs, compared with what a stub is asked and answers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ApiDescription, type Exchange } from './api-description.ts';

export interface PublishedClient {
  faultsOf(exchange: Exchange): readonly string[];
}

type Fields = Readonly<Record<string, object>>;

const PACKAGES = path.resolve(import.meta.dirname, '../../../node_modules');
const read = (...below: string[]): string => readFileSync(path.join(PACKAGES, ...below), 'utf8');

/** gitea-js is made from the OpenAPI document of Gitea, which Forgejo shares: its declarations are turned back into one. */
export function describeGitea(): PublishedClient {
  const text = read('gitea-js', 'dist/index.d.ts');
  const names = new Set([...text.matchAll(/^interface (\w+) \{/gm)].map(([, name]) => name ?? ''));
  const schemas: Record<string, object> = {};
  for (const [, name = '', body = ''] of text.matchAll(/^interface (\w+) \{\n([^]*?)^\}/gm))
    schemas[name] = { type: 'object', properties: fieldsOf(body, '    ', names) };
  const paths: Record<string, Record<string, object>> = {};
  const requests = /@request (\w+):(\S+)\n[^]*?\*\/\n\s+\w+: \(([^]*?)\) => Promise<HttpResponse<(\w+(?:\[\])?)/g;
  for (const [, method = '', template = '', parameters = '', answer = ''] of text.matchAll(requests)) {
    const query = /query\?: \{\n([^]*?)\n {8}\}/.exec(parameters)?.[1] ?? '';
    const body = /(?:data|body): (\w+)/.exec(parameters)?.[1];
    (paths[template] ??= {})[method.toLowerCase()] = {
      parameters: Object.keys(fieldsOf(query, '            ', names)).map((name) => ({ name, in: 'query' })),
      ...(body === undefined ? {} : { requestBody: mediaOf(schemaOf(body, names)) }),
      responses: { default: mediaOf(schemaOf(answer, names)) },
    };
  }
  const document = { paths, components: { schemas } };
  return new ApiDescription(document);
}

function fieldsOf(text: string, indent: string, names: ReadonlySet<string>): Fields {
  const fields = text.matchAll(new RegExp(`^${indent}['"]?([\\w-]+)['"]?\\??: ([^;{]+)`, 'gm'));
  return Object.fromEntries([...fields].map(([, name, type = '']) => [name, schemaOf(type.trim(), names)]));
}

function schemaOf(type: string, names: ReadonlySet<string>): object {
  if (type.endsWith('[]')) return { type: 'array', items: schemaOf(type.slice(0, -2), names) };
  if (names.has(type)) return { $ref: `#/components/schemas/${type}` };
  return ['string', 'number', 'boolean'].includes(type) ? { type } : {};
}

function mediaOf(schema: object): object {
  return { content: { 'application/json': { schema } } };
}

/** Paths of @gitbeaker/core, and every name that it may send or be told. It says nothing of what belongs together. */
export function describeGitlab(): PublishedClient {
  const code = read('@gitbeaker/core', 'dist/index.mjs');
  const templates = [...code.matchAll(/endpoint`([^`]+)`|["'`](user)["'`]/g)];
  const patterns = new Set(
    templates.map(([, one, other]) => (one ?? other ?? '').replace(/^\//, '').replace(/\$\{[^}]*\}/g, '[^/]+')),
  );
  const paths = new RegExp(`^/(?:projects/)?(?:[^/]+/)?(?:${[...patterns].join('|')})$`);
  const declared = namesIn(read('@gitbeaker/core', 'dist/index.d.ts'));
  return {
    faultsOf: ({ method, path: asked, query, body, answer }) => [
      ...(paths.test(asked) ? [] : [`${method} ${asked}: there is no such thing`]),
      ...unknownOf([...query, ...keysOf(body)].map(camelCase), declared, `${method} ${asked} sent`),
      ...unknownOf(keysOf(answer), declared, `${method} ${asked} answered`),
    ],
  };
}

/** Names of azure-devops-node-api. It asks the server for its paths, so that nothing is said of those. */
export function describeAzure(): PublishedClient {
  const files = ['GitInterfaces', 'WorkItemTrackingInterfaces', 'LocationsInterfaces', 'IdentitiesInterfaces'];
  const declarations = [...files, 'common/VSSInterfaces'].map((name) =>
    read('azure-devops-node-api', `interfaces/${name}.d.ts`),
  );
  // A work item is written by a JSON patch (RFC 6902).
  const declared = new Set([...namesIn(declarations.join('\n')), 'op', 'path', 'value', 'category']);
  const code = read('azure-devops-node-api', 'GitApi.js') + read('azure-devops-node-api', 'WorkItemTrackingApi.js');
  const isAsked = (name: string): boolean =>
    name === 'api-version' || code.includes(`${name.split('.')[0]}:`) || code.includes(`'${name}':`);
  return {
    faultsOf: ({ method, path: asked, query, body, answer }) => [
      ...query.filter((name) => !isAsked(name)).map((name) => `${method} ${asked} asked ${name}`),
      ...unknownOf(
        // Pull requests are found by a commit, which is a key of the answer.
        [...keysOf(body), ...keysOf(answer)].filter((name) => !/^[0-9a-f]{40}$/.test(name)),
        declared,
        `${method} ${asked}`,
      ),
    ],
  };
}

function unknownOf(names: readonly string[], declared: ReadonlySet<string>, where: string): readonly string[] {
  return names.filter((name) => !declared.has(name)).map((name) => `${where} ${name}`);
}

function namesIn(declarations: string): ReadonlySet<string> {
  return new Set([...declarations.matchAll(/\b(\w+)\??:/g)].map(([, name]) => name ?? ''));
}

/** Of all objects inside a value. */
function keysOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...keysOf(inner)]);
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
