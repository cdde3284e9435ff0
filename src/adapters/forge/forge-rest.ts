import { isLoopbackUrl } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';

export interface ForgeServer {
  /** For people. */
  readonly name: string;
  /** Base of the API, without a slash at the end. */
  readonly apiUrl: string;
  /** Of authentication, among others: secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** Name of the variable with the token, for advice. */
  readonly variable: string;
  /** Until the answer begins, and between two pieces of it. Default 60,000. */
  readonly timeoutMs?: number;
}

export type ForgeMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

interface Question {
  readonly method: ForgeMethod;
  readonly path: string;
  readonly body?: { readonly json: object; readonly type: string };
}

const TIMEOUT_MS = 60_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** No list that is read here has more; a server that goes on for ever is not believed. */
const MAX_PAGES = 200;

/** A REST API of a forge. Throws PIPELINE_FORGE for every answer that is not success and whole JSON; each request is sent once. */
export class ForgeRest {
  readonly server: ForgeServer;

  /** Throws CONFIGURATION_INVALID for an address to which no token may go. */
  constructor(server: ForgeServer) {
    verifyAddress(server);
    this.server = server;
  }

  /** `path` begins with a slash. An answer without a body is null. */
  async send(method: ForgeMethod, path: string, body?: object): Promise<unknown> {
    return this.#ask({ method, path, ...(body && { body: { json: body, type: 'application/json' } }) });
  }

  /** As `send`, with a list of changes as RFC 6902 has them. */
  async sendPatch(method: ForgeMethod, path: string, changes: readonly object[]): Promise<unknown> {
    return this.#ask({ method, path, body: { json: changes, type: 'application/json-patch+json' } });
  }

  async #ask(question: Question): Promise<unknown> {
    const { status, text } = await this.#exchange(question);
    if (status < 200 || status > 299) throw this.#refused(question, `status ${status}`, remedyFor(status, this.server));
    return this.#parse(question, text);
  }

  /** As `send` with GET; null for what is not there. */
  async find(path: string): Promise<unknown> {
    const question = { method: 'GET', path } as const;
    const { status, text } = await this.#exchange(question);
    if (status === 404) return null;
    if (status !== 200) throw this.#refused(question, `status ${status}`, remedyFor(status, this.server));
    return this.#parse(question, text);
  }

  /** A whole list. `size`: as the forge calls it, `limit=50`. It may give less a page: only an empty page is the end. */
  async readAll(path: string, size: string): Promise<readonly Record<string, unknown>[]> {
    const question = { method: 'GET', path } as const;
    const all: Record<string, unknown>[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const query = `${path.includes('?') ? '&' : '?'}${size}&page=${page}`;
      const list = await this.send('GET', `${path}${query}`);
      if (!Array.isArray(list)) throw this.#refused(question, 'the answer is not a list', CHECK_ADDRESS);
      if (list.length === 0) return all;
      all.push(...(list as Record<string, unknown>[]));
    }
    throw this.#refused(question, `the list has more than ${MAX_PAGES} pages`, CHECK_ADDRESS);
  }

  #parse(question: Question, text: string): unknown {
    if (text === '') return null;
    try {
      return JSON.parse(text);
    } catch {
      throw this.#refused(question, 'the answer is not JSON', CHECK_ADDRESS);
    }
  }

  async #exchange(question: Question) {
    const { method, path, body } = question;
    const { request, EnvHttpProxyAgent } = await import('undici');
    const { apiUrl, headers, timeoutMs = TIMEOUT_MS } = this.server;
    const dispatcher = new EnvHttpProxyAgent({ keepAliveTimeout: 1 });
    try {
      const answer = await request(`${apiUrl}${path}`, {
        method,
        dispatcher,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal: AbortSignal.timeout(2 * timeoutMs),
        headers: {
          accept: 'application/json',
          ...headers,
          ...(body === undefined ? {} : { 'content-type': body.type }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body.json) }),
      });
      return { status: answer.statusCode, text: await readText(answer.body as AsyncIterable<Buffer>) };
    } catch (cause) {
      throw this.#refused(
        question,
        `no whole answer came (${codeOf(cause)})`,
        'Check the network and HTTPS_PROXY, then run the job again.',
      );
    } finally {
      void dispatcher.destroy();
    }
  }

  #refused({ method, path }: Question, what: string, remedy: string): ReconcileError {
    return new ReconcileError('PIPELINE_FORGE', `${this.server.name} did not do what the pipeline asked`, {
      remedy,
      problems: [{ where: `${method} ${path.replace(/\?.*$/, '')}`, what }],
    });
  }
}

/** The token goes over https only, except to this computer. */
function verifyAddress({ name, apiUrl }: ForgeServer): void {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackUrl(apiUrl));
  if (isSafe && url?.username === '' && url.search === '' && url.hash === '') return;
  throw new ReconcileError('CONFIGURATION_INVALID', `The address of ${name}’s API cannot be used`, {
    remedy: 'Use an address with https:// that holds nothing but host, port and path.',
  });
}

const CHECK_ADDRESS = 'Check the address of the API: something else answered.';

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}

function remedyFor(status: number, { variable, name }: ForgeServer): string {
  if (status >= 300 && status < 400)
    return `Give ${variable} a token that is valid, and the address under which ${name} is reached now.`;
  if (status === 401 || status === 203) return `Set ${variable} to a token that has not expired.`;
  if (status === 403 || status === 404)
    return `Give the owner of ${variable} the rights that zivver-gitops-settings.md names.`;
  if (status === 409 || status === 422)
    return 'Look in the repository for a branch or pull request that is in the way.';
  return `Run the job again; if it stays so, look at the state of ${name}.`;
}

/** Messages of libraries could show more than they should. */
function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
