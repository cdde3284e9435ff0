const PATIENCE_MS = 20_000;

/**
 * Null: the webhook took it; else why not. The address is a secret of its own and never told. Obeys HTTPS_PROXY and NO_PROXY;
 * a redirection is not followed.
 */
export async function postWebhook(address: string, body: object): Promise<string | null> {
  const { request, EnvHttpProxyAgent } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({ keepAliveTimeout: 1 });
  try {
    const { statusCode, body: answer } = await request(address, {
      method: 'POST',
      dispatcher,
      headersTimeout: PATIENCE_MS,
      bodyTimeout: PATIENCE_MS,
      signal: AbortSignal.timeout(2 * PATIENCE_MS),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await answer.dump();
    return statusCode >= 200 && statusCode < 300 ? null : `answers with status ${statusCode}`;
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
