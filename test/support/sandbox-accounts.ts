import type { JsonObject } from '../../src/sandbox/json.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';

/** Everything a sandbox holds, the secret keys too, without the ids that it gave to new accounts. */
export function describeAccounts({ sandbox }: { readonly sandbox: Sandbox }): string[] {
  const accounts = sandbox.accounts();
  const addressOf = new Map(accounts.map(({ id, address }) => [id, address]));
  return accounts
    .map(({ id, kind, resource }) =>
      JSON.stringify([kind, sortLists(withoutIds(resource, addressOf)), sandbox.ssoKeyOf(id)]),
    )
    .sort();
}

function withoutIds(resource: JsonObject, addressOf: ReadonlyMap<string, string>): unknown {
  const text = JSON.stringify({ ...resource, meta: null });
  return JSON.parse(text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => addressOf.get(id) ?? id));
}

function sortLists(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sortLists).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, below]) => [name, sortLists(below)]));
}
