import handwritten from '../../../schemas/handwritten.schema.json' with { type: 'json' };
import holds from '../../../schemas/holds.schema.json' with { type: 'json' };
import organisation from '../../../schemas/organisation.schema.json' with { type: 'json' };
import signers from '../../../schemas/signers.schema.json' with { type: 'json' };
import { findNearNames } from '../text/near-names.ts';

/** What is read of a schema here. */
interface Part {
  readonly type?: unknown;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly oneOf?: readonly Part[];
  readonly anyOf?: readonly Part[];
  readonly $defs?: Readonly<Record<string, Part>>;
}

/** Files that people write; of others nobody mistypes a key. */
const WRITTEN: Readonly<Record<string, Part>> = { handwritten, holds, organisation, signers };

/** `did you mean baseDn?`, or the keys that are allowed there; null where the schema is not one of people's. */
export function suggestKey(name: string, parent: string, given: string): string | null {
  const keys = keysAt(name, parent);
  if (keys.length === 0) return null;
  const wanted = given.toLowerCase();
  const same = keys.find((key) => key.toLowerCase() === wanted);
  const folded = new Map(keys.map((key) => [key.toLowerCase(), key]));
  const near = same ?? folded.get(findNearNames(wanted, [...folded.keys()])[0] ?? '');
  return near === undefined ? `allowed here: ${keys.join(', ')}` : `did you mean ${near}?`;
}

/** What a key is for, as the schema describes it. */
export function describeKey(name: string, parent: string, key: string): string | null {
  return (
    partsAt(name, parent).find(({ properties }) => properties?.[key]?.description)?.properties?.[key]?.description ??
    null
  );
}

function keysAt(name: string, pointer: string): string[] {
  return [...new Set(partsAt(name, pointer).flatMap(({ properties = {} }) => Object.keys(properties)))];
}

/** Every part of the schema that may rule over what a JSON pointer names. */
function partsAt(name: string, pointer: string): Part[] {
  const root = WRITTEN[name];
  if (root === undefined) return [];
  const steps = pointer.split('/').slice(1);
  return steps.reduce(
    (parts, step) =>
      parts.flatMap(({ properties, items }) => {
        const next = properties?.[step] ?? (/^\d+$/.test(step) ? items : undefined);
        return next === undefined ? [] : resolve(next, root);
      }),
    resolve(root, root),
  );
}

function resolve(part: Part, root: Part): Part[] {
  const target = part.$ref === undefined ? undefined : root.$defs?.[part.$ref.replace('#/$defs/', '')];
  const branches = [...(part.oneOf ?? []), ...(part.anyOf ?? []), ...(target === undefined ? [] : [target])];
  return [part, ...branches.flatMap((branch) => resolve(branch, root))];
}
