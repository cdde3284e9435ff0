import { Agent, request } from 'undici';
import { TOKEN } from './repository.ts';
import { seconds, type Row } from './row.ts';
import { openWorld } from './world.ts';

const REQUESTS = 4_000;
const AT_ONCE = 32;
const WANTED_PER_SECOND = 2_000;

/** The sandbox must not be the bottleneck of any other figure: all accounts in one answer, and many small answers. */
export async function benchSandbox(people: number): Promise<Row[]> {
  const world = await openWorld({ people, hasDesired: false });
  const dispatcher = new Agent({ connections: AT_ONCE });
  const read = async (path: string): Promise<string> => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const { statusCode, body } = await request(`${world.url}/${path}`, { dispatcher, headers });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`);
    return text;
  };
  try {
    const listed = performance.now();
    const text = await read('Users');
    const listMs = performance.now() - listed;
    const parsed = performance.now();
    const { Resources: users } = JSON.parse(text) as { Resources: { id: string }[] };
    const parseMs = performance.now() - parsed;
    const started = performance.now();
    const askInTurn = async (first: number): Promise<void> => {
      for (let number = first; number < REQUESTS; number += AT_ONCE)
        await read(`Users/${users[number % users.length]?.id}`);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => askInTurn(first)));
    const perSecond = REQUESTS / ((performance.now() - started) / 1000);
    return [
      {
        name: `sandbox: list of ${users.length} users in one answer`,
        measured: seconds(listMs),
        against: `${seconds(parseMs)} JSON.parse`,
        ratio: listMs / parseMs,
        goal: null,
      },
      {
        name: 'sandbox: single reads',
        measured: `${perSecond.toFixed(0)} a second`,
        against: `${WANTED_PER_SECOND} wanted`,
        ratio: WANTED_PER_SECOND / perSecond,
        goal: 1,
      },
    ];
  } finally {
    await dispatcher.close();
    world.close();
  }
}
