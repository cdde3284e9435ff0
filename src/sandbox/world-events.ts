import { randomUUID } from 'node:crypto';
import { buildAccountRecord } from './account-record.ts';
import type { FaultRule } from './fault-plan.ts';
import type { Organisation } from './organisation.ts';
import { parsePath } from './scim-api.ts';
import { buildBlankUser } from './user-resource.ts';

/**
 * What others do to the organisation just before a request: `appear` makes a user (as just-in-time provisioning does,
 * no check), `adopt` brings a free account into the organisation, `vanish` removes the account of the address or, without
 * one, the account the request is about.
 */
export function applyEvents(
  organisation: Organisation,
  events: readonly FaultRule[],
  request: { readonly path: string; readonly nowMs: number },
): void {
  for (const event of events) {
    if (event.kind === 'appear') letAppear(organisation, event.address ?? '', request.nowMs);
    else if (event.kind === 'adopt') completeAdoption(organisation, event.address ?? '', request.nowMs);
    else letVanish(organisation, event.address, request.path);
  }
}

/**
 * An administrator has chosen Adopt in the WebApp, and the owner of the free account has logged in: from now on it is an
 * account of the organisation. False if the address has no free account.
 */
export function completeAdoption(organisation: Organisation, address: string, nowMs: number): boolean {
  if (!organisation.freeAccounts.has(address.toLowerCase())) return false;
  letAppear(organisation, address.toLowerCase(), nowMs);
  return true;
}

function letAppear(organisation: Organisation, address: string, nowMs: number): void {
  if (organisation.holders(address).length > 0) return;
  const birth = { id: randomUUID(), created: new Date(nowMs).toISOString().slice(0, 10) };
  organisation.store(buildAccountRecord('user', buildBlankUser(address, birth), null));
}

function letVanish(organisation: Organisation, address: string | undefined, path: string): void {
  const id = parsePath(path)?.id;
  const named = id === undefined ? undefined : organisation.findAny(id);
  const record = address === undefined ? named : organisation.holders(address).find((held) => held.address === address);
  if (record !== undefined) organisation.remove(record);
}
