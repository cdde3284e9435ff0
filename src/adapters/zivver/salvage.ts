import type { ExistingFunctional, ExistingUser } from '../../model/account/account.ts';
import { parseMailAddress } from '../../model/directory/mail-address.ts';

/** Nobody is said to be suspended, or to read nothing, because it cannot be read. */
export function salvageUser(wire: unknown, malformed: string): ExistingUser | null {
  const common = salvage(wire, 'userName', malformed);
  if (common === null) return null;
  return { ...common, kind: 'user', active: field(wire, 'active') !== false, delegates: [], mobile: null };
}

export function salvageFunctional(wire: unknown, malformed: string): ExistingFunctional | null {
  const common = salvage(wire, 'externalId', malformed);
  return common === null ? null : { ...common, kind: 'functional', memberIds: [] };
}

type Common = Omit<ExistingFunctional, 'kind' | 'memberIds'>;

/** Which account a malformed one is; null if its id or its address cannot be read. */
function salvage(wire: unknown, addressField: string, malformed: string): Common | null {
  const [id, written] = [field(wire, 'id'), field(wire, addressField)];
  const address = typeof written === 'string' ? parseMailAddress(written) : null;
  if (typeof id !== 'string' || !UUID.test(id) || address === null) return null;
  return {
    zivverId: id,
    address,
    fullName: address,
    aliases: [],
    division: null,
    externalAccountId: findExternalId(wire),
    created: null,
    malformed,
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function findExternalId(wire: unknown): string | null {
  const name = Object.keys(wire ?? {}).find((key) => /:zivver:0\.1:(User|Group)$/.test(key));
  const id = name === undefined ? undefined : field(field(wire, name), 'ExternalAccountId');
  return typeof id === 'string' ? id : null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
