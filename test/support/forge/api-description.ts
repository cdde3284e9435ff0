/** What an OpenAPI document (3.0) has against the exchanges of a stub: paths, parameters and fields that the forge does not know. */

export interface Exchange {
  readonly method: string;
  /** Below the base of the API, decoded, without the query. */
  readonly path: string;
  readonly query: readonly string[];
  /** Undefined: none was sent. */
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

type Json = Readonly<Record<string, unknown>>;
interface Parameter {
  readonly name: string;
  readonly in: string;
}
interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface Operation {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: Media | Reference;
  readonly responses: Readonly<Record<string, Media | Reference>>;
}
interface Reference {
  readonly $ref: string;
}
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A stub may send less than the forge does, never something else. */
export class ApiDescription {
  readonly #document: ApiDocument;
  readonly #templates: readonly { readonly pattern: RegExp; readonly template: string }[];

  constructor(document: ApiDocument) {
    this.#document = document;
    // A name that is written out goes before one that is a parameter.
    const templates = Object.keys(document.paths).toSorted((a, b) => countParameters(a) - countParameters(b));
    this.#templates = templates.map((template) => ({ template, pattern: patternOf(template) }));
  }

  faultsOf({ method, path, query, body, status, answer }: Exchange): readonly string[] {
    const where = `${method} ${path}`;
    const template = this.#templates.find(({ pattern }) => pattern.test(path))?.template;
    const item = template === undefined ? undefined : this.#document.paths[template];
    const operation = item?.[method.toLowerCase()] as Operation | undefined;
    if (operation === undefined) return [`${where}: there is no such thing`];
    const shared = (item?.['parameters'] ?? []) as NonNullable<Operation['parameters']>;
    const parameters = [...shared, ...(operation.parameters ?? [])].map((one) => this.#resolve<Parameter>(one));
    const names = new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name));
    const response = operation.responses[status] ?? operation.responses['default'];
    return [
      ...query.filter((name) => !names.has(name)).map((name) => `${where}: no parameter ${name}`),
      ...(body === undefined ? [] : this.#compare(body, this.#schemaOf(operation.requestBody), `${where} sent`)),
      ...(response === undefined
        ? [`${where}: never answers ${status}`]
        : this.#compare(answer, this.#schemaOf(response), `${where} answer`)),
    ];
  }

  #schemaOf(media: Media | Reference | undefined): Schema | undefined {
    if (media === undefined) return undefined;
    return Object.values(this.#resolve<Media>(media).content ?? {})[0]?.schema;
  }

  #compare(value: unknown, given: Schema | undefined, at: string): readonly string[] {
    if (value === null || value === undefined) return [];
    if (given === undefined) return [`${at}: has no body`];
    const schemas = this.#alternatives(given);
    const known = schemas.filter(({ type }) => type === undefined || type === typeOf(value) || isNumber(type, value));
    if (known.length === 0) return [`${at}: is no ${schemas.map(({ type }) => type).join(' or ')}`];
    if (Array.isArray(value))
      return value.flatMap((element, index) => {
        const items = known.flatMap((schema) => schema.items ?? []);
        return items.length === 0 ? [] : this.#compare(element, { anyOf: items }, `${at}[${index}]`);
      });
    if (typeof value === 'object') return this.#compareFields(value as Json, known, at);
    const words = known.flatMap((schema) => schema.enum ?? []);
    const isFree = known.some((schema) => schema.enum === undefined);
    return isFree || words.includes(value) ? [] : [`${at}: is not one of ${words.join(', ')}`];
  }

  #compareFields(value: Json, schemas: readonly Schema[], at: string): readonly string[] {
    const isOpen = schemas.every(({ properties }) => properties === undefined);
    const isMap = schemas.some(({ additionalProperties: more }) => more !== undefined && more !== false);
    return Object.entries(value).flatMap(([name, inner]) => {
      const found = schemas.flatMap(({ properties = {} }) => (Object.hasOwn(properties, name) ? properties[name] : []));
      if (found.length === 0) return isOpen || isMap ? [] : [`${at}.${name}: there is no such field`];
      return this.#compare(inner, { anyOf: found as Schema[] }, `${at}.${name}`);
    });
  }

  /** All that a value may be, without references. */
  #alternatives(given: Schema): readonly Schema[] {
    const schema = this.#resolve<Schema>(given);
    const inner = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
    const own = schema.properties !== undefined || schema.type !== undefined || inner.length === 0 ? [schema] : [];
    return [...own, ...inner.flatMap((one) => this.#alternatives(one))];
  }

  #resolve<Type>(given: unknown): Type {
    const { $ref } = given as { $ref?: string };
    if ($ref === undefined) return given as Type;
    let found: unknown = this.#document;
    for (const part of $ref.replace('#/', '').split('/')) found = (found as Json)[part];
    return this.#resolve(found);
  }
}

function countParameters(template: string): number {
  return template.split('{').length;
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^/]+')}$`, 'i');
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function isNumber(type: string, value: unknown): boolean {
  return type === 'integer' && Number.isInteger(value);
}
