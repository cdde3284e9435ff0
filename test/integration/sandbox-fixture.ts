import { onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox-options.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';
import { TOKEN } from './sandbox-token.ts';

export const USER = 'urn:ietf:params:scim:schemas:zivver:0.1:User';
export const GROUP = 'urn:ietf:params:scim:schemas:zivver:0.1:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const SCIM = 'application/scim+json';

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Headers;
  // The body as JSON; reading it fails the test if it is none.
  readonly json: Json;
}

type Json = Record<string, unknown>;

export interface Client {
  readonly sandbox: Sandbox;
  readonly call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
}

/** A sandbox without rate limit that ends with the test, and a client that knows the key. */
export async function startClient(options: Partial<SandboxOptions> = {}): Promise<Client> {
  const sandbox = await startSandbox({
    port: 0,
    token: TOKEN,
    domains: ['a.org', 'b.org'],
    rateLimit: null,
    ...options,
  });
  onTestFinished(() => sandbox.close());
  return { sandbox, call: (method, path, body, headers) => call(sandbox.url, { method, path, body, headers }) };
}

/** Creates a user and returns its id. */
export async function createUser(client: Client, userName: string, rest: object = {}): Promise<string> {
  const reply = await client.call('POST', '/Users', { userName, name: { formatted: userName }, ...rest });
  if (reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`);
  return String(reply.json['id']);
}

/** Creates a functional account and returns its id. */
export async function createGroup(client: Client, externalId: string, rest: object = {}): Promise<string> {
  const reply = await client.call('POST', '/Groups', { externalId, displayName: externalId, ...rest });
  if (reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`);
  return String(reply.json['id']);
}

async function call(
  url: string,
  request: { method: string; path: string; body: unknown; headers: Record<string, string> | undefined },
): Promise<Reply> {
  const contentType = request.method === 'PATCH' ? SCIM : 'application/json';
  const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
  const response = await fetch(url + request.path, {
    method: request.method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(request.body === undefined ? {} : { 'content-type': contentType }),
      ...request.headers,
    },
    ...(request.body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return {
    status: response.status,
    type,
    text,
    headers: response.headers,
    get json(): Json {
      return JSON.parse(text) as Json;
    },
  };
}
