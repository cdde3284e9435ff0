const PATIENCE_MS = 20_000;

/**
 * Null: the webhook took it; else why not. The address is a secret of its own and never told. Obeys HTTPS_PROXY and NO_PROXY;
 * a redirection is not followed.
 */
export async function postWebhook(address: string, body: object): Promise<string | null> {
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(address, { method: 'POST', headers, body: JSON.stringify(body) });
  if (typeof answer === 'string') return answer;
  return answer >= 200 && answer < 300 ? null : `answers with status ${answer}`;
}

/** Null: the host of the webhook answers, whatever it says; else why not. Its own path, where a message would go, is not asked for. */
export async function reachWebhook(address: string): Promise<string | null> {
  const answer = await ask(new URL('/', address).href, { method: 'HEAD' });
  return typeof answer === 'string' ? answer : null;
}

interface Asked {
  readonly method: 'POST' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The status, or why there is none. */
async function ask(address: string, asked: Asked): Promise<number | string> {
  const { request, EnvHttpProxyAgent } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({ keepAliveTimeout: 1 });
  try {
    const { statusCode, body: answer } = await request(address, {
      ...asked,
      dispatcher,
      headersTimeout: PATIENCE_MS,
      bodyTimeout: PATIENCE_MS,
      signal: AbortSignal.timeout(2 * PATIENCE_MS),
    });
    await answer.dump();
    return statusCode;
  } catch (error) {
    return `no answer came (${codeOf(error)})`;
  } finally {
    void dispatcher.destroy();
  }
}

/** Messages of libraries could show the address. */
function codeOf(error: unknown): string {
  const { code, name } = error as Readonly<Record<string, unknown>>;
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
