import { isJsonObject, type JsonObject } from './json.ts';
import { Refusal } from './refusal.ts';

/**
 * Attributes of a request body. Undefined = absent; a JSON null counts as absent, because clients that ran against the
 * service send it. A value of the wrong type is the framework's 400.
 */

/** @throws Refusal unless it is text. */
export function parseText(body: JsonObject, name: string): string | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new Refusal(400);
}

/** @throws Refusal unless it is an object. */
export function parseObject(body: JsonObject, name: string): JsonObject | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || isJsonObject(value)) return value;
  throw new Refusal(400);
}

/** @throws Refusal unless it is an array. */
export function parseArray(body: JsonObject, name: string): readonly unknown[] | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new Refusal(400);
}

/** Lower case, each once, in the order given; absent = `[]`. */
export function parseAddresses(extension: JsonObject, name: string): string[] {
  const addresses = (parseArray(extension, name) ?? []).map((value) => {
    if (typeof value === 'string') return value.trim().toLowerCase();
    throw new Refusal(400);
  });
  return [...new Set(addresses)];
}

/** Trimmed and lower case. */
export function parseAddress(body: JsonObject, name: string): string | undefined {
  return parseText(body, name)?.trim().toLowerCase();
}

/** Boolean, or "True"/"False" in any case (zivver-api §3). */
export function parseActive(body: JsonObject): boolean | undefined {
  const value = body['active'] ?? undefined;
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === undefined) return undefined;
  if (text === true || text === 'true') return true;
  if (text === false || text === 'false') return false;
  throw new Refusal(400);
}

/** Ids of `[{"value":"<uuid>"}]`, each once. */
export function parseMembers(members: readonly unknown[]): string[] {
  const ids = members.map((member) => {
    const value = isJsonObject(member) ? member['value'] : undefined;
    if (typeof value === 'string') return value;
    throw new Refusal(400);
  });
  return [...new Set(ids)];
}

/** A text that says something, for names that are never empty. */
export function withoutBlank(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
