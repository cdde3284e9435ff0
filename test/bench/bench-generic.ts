import { request } from 'undici';
import { TOKEN } from './repository.ts';
import { seconds, type Row } from './row.ts';
import { openWorld } from './world.ts';

/** Requests and time for so many accounts. */
interface Sent {
  readonly requests: number;
  readonly wallMs: number;
}

type Send = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => Promise<{ status: number; text: string }>;

/**
 * What people use today: a generic SCIM client, which looks every account up by its address and then creates or updates it,
 * one at a time, and waits when it is told to. Only told: the apply's own rows have the goals.
 */
export async function benchGeneric(accounts: number): Promise<Row[]> {
  const world = await openWorld({ people: accounts, hasDesired: false, latencyMs: 200 });
  try {
    const users = world.accounts.filter(({ kind }) => kind === 'user').slice(0, accounts);
    const sent = await sendAll(
      world.url,
      users.map(({ address }) => address),
    );
    const share = (count: number): string => (count / users.length).toFixed(2);
    return [
      {
        name: `generic SCIM client, ${users.length} creates and updates, 200 ms latency: requests`,
        measured: `${sent.requests}, ${share(sent.requests)} an account`,
        against: `${users.length} writes`,
        ratio: sent.requests / users.length,
        goal: null,
      },
      {
        name: `generic SCIM client, ${users.length} creates and updates, 200 ms latency: time`,
        measured: seconds(sent.wallMs),
        against: `${seconds((users.length / 50) * 10_000)} rate limit`,
        ratio: sent.wallMs / ((users.length / 50) * 10_000),
        goal: null,
      },
    ];
  } finally {
    world.close();
  }
}

/** Every other address is new. */
async function sendAll(url: string, addresses: readonly string[]): Promise<Sent> {
  let requests = 0;
  const send: Send = async (method, path, body) => {
    for (;;) {
      requests += 1;
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/scim+json' };
      const answer = await request(`${url}/${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
      const text = await answer.body.text();
      if (answer.statusCode !== 429) return { status: answer.statusCode, text };
      await pause(1000 * Number(answer.headers['retry-after'] ?? 1));
    }
  };
  const started = performance.now();
  for (const [index, address] of addresses.entries())
    await createOrUpdate(send, index % 2 === 0 ? address : address.replace('@', '.new@'));
  return { requests, wallMs: performance.now() - started };
}

async function createOrUpdate(send: Send, address: string): Promise<void> {
  const found = await send('GET', `Users?filter=${encodeURIComponent(`userName eq "${address}"`)}`);
  const { Resources: users } = JSON.parse(found.text) as { Resources: { id: string }[] };
  const name = { formatted: `Person ${address}` };
  const [user] = users;
  const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: address, name };
  const written = user === undefined ? await send('POST', 'Users', body) : await send('PUT', `Users/${user.id}`, body);
  if (written.status >= 300) throw new Error(`${address}: ${written.status} ${written.text}`);
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
