import type { Dispatcher } from 'undici';
import { isLoopbackUrl } from '../../../model/configuration/configuration.ts';
import { verifyAccess, type GithubAccess } from './github-access.ts';
import { faultOf, GithubFailure } from './github-failure.ts';

export type GithubMethod = 'GET' | 'POST' | 'PATCH' | 'PUT';

export interface GithubRequest {
  readonly method: GithubMethod;
  /** Begins with a slash. */
  readonly path: string;
  readonly body?: object;
}

export interface GithubAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Talks to GitHub's REST API: no redirects, each request once, one set of rules for readers and writers. */
export class GithubHttp {
  readonly #access: GithubAccess;
  #dispatcher: Dispatcher | undefined;

  /** Throws what `verifyAccess` throws, before anything is sent. */
  constructor(access: GithubAccess) {
    verifyAccess(access);
    this.#access = access;
  }

  /** The answer, whatever its status. Throws GithubFailure if none came, or not whole. */
  async send(request: GithubRequest): Promise<GithubAnswer> {
    return this.#exchange(request).catch((cause: unknown) => {
      throw new GithubFailure(placeOf(request), faultOf(cause), cause);
    });
  }

  /** JSON of an answer that succeeded. Throws GithubFailure for every other. */
  async readJson(request: GithubRequest): Promise<{ readonly data: unknown; readonly link: string }> {
    const answer = await this.send(request);
    const { status, headers } = answer;
    const isSuccess = request.method === 'GET' ? status === 200 : status === 200 || status === 201;
    if (!isSuccess) throw new GithubFailure(placeOf(request), { kind: 'status', status, headers });
    if (!/^application\/(json|vnd\.github[\w.+-]*json)\b/.test(headers.get('content-type') ?? ''))
      throw unusable(request, 'is not JSON: something between here and GitHub answered');
    return { data: parseJson(request, answer), link: headers.get('link') ?? '' };
  }

  async close(): Promise<void> {
    await this.#dispatcher?.destroy();
    this.#dispatcher = undefined;
  }

  async #exchange({ method, path, body }: GithubRequest): Promise<GithubAnswer> {
    const { apiUrl, token, userAgent, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#access;
    const { request } = await import('undici');
    this.#dispatcher ??= await createDispatcher(apiUrl, timeoutMs);
    const answer = await request(`${apiUrl}${path}`, {
      method,
      dispatcher: this.#dispatcher,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.timeout(3 * timeoutMs),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': userAgent,
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) throw new Error('the answer is too large');
      chunks.push(chunk);
    }
    const headers = new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    return { status: answer.statusCode, headers, body: Buffer.concat(chunks) };
  }
}

/** HTTPS_PROXY and NO_PROXY of the environment are obeyed, except for this computer itself. */
async function createDispatcher(apiUrl: string, timeoutMs: number): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const options = { connect: { timeout: timeoutMs } };
  return isLoopbackUrl(apiUrl) ? new Agent(options) : new EnvHttpProxyAgent(options);
}

/** Throws GithubFailure for what is not whole, well-formed JSON. */
export function parseJson(request: GithubRequest, { body }: Pick<GithubAnswer, 'body'>): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw unusable(request, 'is not whole, well-formed JSON', cause);
  }
}

export function unusable(request: GithubRequest, what: string, cause?: unknown): GithubFailure {
  return new GithubFailure(placeOf(request), { kind: 'unusable', what: `the answer ${what}` }, cause);
}

function placeOf({ method, path }: GithubRequest): string {
  return `${method} ${path}`;
}
