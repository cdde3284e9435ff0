import { randomUUID } from 'node:crypto';
import type { Kind } from '../model/account/account.ts';
import type { AccountRecord } from './account-record.ts';
import { buildAnswer, buildListAnswer, buildRefusalAnswer, type Answer } from './answer.ts';
import { findByFilter } from './filter.ts';
import { buildGroup, mergeGroup, patchGroup } from './group-resource.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { mediaTypesOf, verifyAccept, verifyContentType } from './media-types.ts';
import type { Organisation } from './organisation.ts';
import { Refusal } from './refusal.ts';
import { buildUser, mergeUser } from './user-resource.ts';

/** One authenticated request below the base path. */
export interface ScimRequest {
  readonly method: string;
  /** Without the base, such as `/Users/<id>`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** Carries the request out completely or not at all; never throws for what a client sent. */
export function answerScim(organisation: Organisation, request: ScimRequest): Answer {
  try {
    return answerOrRefuse(organisation, request);
  } catch (error) {
    if (error instanceof Refusal) return buildRefusalAnswer(error);
    throw error;
  }
}

/** Kind and id of the account that a path names. Paths are case-sensitive; a trailing slash does not matter. */
export function parsePath(path: string): { kind: Kind; id: string | undefined } | undefined {
  const [, resources, rawId] = /^\/(Users|Groups)(?:\/([^/]+))?\/?$/.exec(path) ?? [];
  if (resources === undefined) return undefined;
  return { kind: resources === 'Users' ? 'user' : 'functional', id: rawId && decode(rawId) };
}

function answerOrRefuse(organisation: Organisation, request: ScimRequest): Answer {
  const target = parsePath(request.path);
  if (target === undefined) throw new Refusal(404);
  const { kind, id } = target;
  verifyMethod(request.method, allowedMethods(kind, id));
  if (request.method === 'DELETE') return deleteAccount(organisation, kind, id ?? '');
  const types = mediaTypesOf(request.method);
  if (request.method !== 'GET') verifyContentType(request.contentType, types);
  const type = verifyAccept(request.accept, types);
  if (request.method !== 'GET') return storeAccount(organisation, request, { kind, id, type });
  if (id !== undefined) return buildAnswer(200, type, organisation.find(kind, id).json);
  const filter = request.query.get('filter');
  return buildListAnswer(
    type,
    filter === null ? organisation.accounts(kind) : findByFilter(organisation, kind, filter),
  );
}

function storeAccount(
  organisation: Organisation,
  request: ScimRequest,
  { kind, id, type }: { kind: Kind; id: string | undefined; type: string },
): Answer {
  const body = parseBody(request.body);
  const { nowMs, method } = request;
  const record =
    id === undefined
      ? buildNew(organisation, kind, { body, nowMs })
      : buildChanged(organisation, organisation.find(kind, id), { body, method });
  organisation.store(record);
  return buildAnswer(id === undefined ? 201 : 200, type, record.json);
}

function buildNew(
  organisation: Organisation,
  kind: Kind,
  { body, nowMs }: { readonly body: JsonObject; readonly nowMs: number },
): AccountRecord {
  const birth = { id: randomUUID(), created: new Date(nowMs).toISOString().slice(0, 10) };
  return kind === 'user' ? buildUser(organisation, body, birth) : buildGroup(organisation, body, birth);
}

function buildChanged(
  organisation: Organisation,
  record: AccountRecord,
  { body, method }: { readonly body: JsonObject; readonly method: string },
): AccountRecord {
  if (record.kind === 'user') return mergeUser(organisation, record, body);
  return method === 'PATCH' ? patchGroup(organisation, record, body) : mergeGroup(organisation, record, body);
}

function deleteAccount(organisation: Organisation, kind: Kind, id: string): Answer {
  organisation.remove(organisation.find(kind, id));
  return { status: 204, headers: {}, body: '' };
}

function allowedMethods(kind: Kind, id: string | undefined): readonly string[] {
  if (id === undefined) return ['GET', 'POST'];
  return kind === 'user' ? ['GET', 'PUT', 'DELETE'] : ['GET', 'PUT', 'PATCH', 'DELETE'];
}

function verifyMethod(method: string, allowed: readonly string[]): void {
  if (!allowed.includes(method)) throw new Refusal(405, undefined, { allow: allowed.join(', ') });
}

function parseBody(text: string): JsonObject {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(400);
  }
  if (!isJsonObject(body)) throw new Refusal(400);
  return body;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
