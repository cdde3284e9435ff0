import path from 'node:path';
import { Agent, request } from 'undici';
import { median } from './measure.ts';
import { TOKEN } from './repository.ts';
import { seconds, type Row } from './row.ts';
import { openWorld, startServerProcess } from './world.ts';

const REQUESTS = 4_000;
const AT_ONCE = 32;
const ROUNDS = 5;
const WANTED_PER_SECOND = 2_000;

/** The sandbox must not be the bottleneck of any other figure: all accounts in one answer, and many small answers. */
export async function benchSandbox(people: number): Promise<Row[]> {
  const world = await openWorld({ people, hasDesired: false });
  const dispatcher = new Agent({ connections: AT_ONCE });
  try {
    const listed = performance.now();
    const text = await read(`${world.url}/Users`, dispatcher);
    const listMs = performance.now() - listed;
    const parsed = performance.now();
    const { Resources: users } = JSON.parse(text) as { Resources: { id: string }[] };
    const parseMs = performance.now() - parsed;
    const list = {
      name: `sandbox: list of ${users.length} users in one answer`,
      measured: seconds(listMs),
      against: `${seconds(parseMs)} JSON.parse`,
      ratio: listMs / parseMs,
      goal: null,
    };
    const urls = users.slice(0, REQUESTS).map(({ id }) => `${world.url}/Users/${id}`);
    return [list, ...(await benchSingleReads(urls, dispatcher))];
  } finally {
    await dispatcher.close();
    world.close();
  }
}

/** In turn with a server that only answers: the client, on the same processors, is part of both figures. */
async function benchSingleReads(urls: readonly string[], dispatcher: Agent): Promise<Row[]> {
  const length = (await read(urls[0] ?? '', dispatcher)).length;
  const bare = await startServerProcess([path.join(import.meta.dirname, 'bare.mjs'), String(length)]);
  const rates = { sandbox: [] as number[], bare: [] as number[] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.bare.push(await readRate([bare.url], dispatcher));
      rates.sandbox.push(await readRate(urls, dispatcher));
    }
  } finally {
    bare.stop();
  }
  const [perSecond, barePerSecond] = [median(rates.sandbox), median(rates.bare)];
  const measured = `${perSecond.toFixed(0)} a second`;
  const name = 'sandbox: single reads';
  return [
    { name, measured, against: `${WANTED_PER_SECOND} wanted`, ratio: WANTED_PER_SECOND / perSecond, goal: 1 },
    {
      name: `${name} beside a server that only answers`,
      measured,
      against: `${barePerSecond.toFixed(0)} a second`,
      ratio: barePerSecond / perSecond,
      goal: null,
    },
  ];
}

/** Requests a second. */
async function readRate(urls: readonly string[], dispatcher: Agent): Promise<number> {
  const started = performance.now();
  const askInTurn = async (first: number): Promise<void> => {
    for (let number = first; number < REQUESTS; number += AT_ONCE)
      await read(urls[number % urls.length] ?? '', dispatcher);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => askInTurn(first)));
  return REQUESTS / ((performance.now() - started) / 1000);
}

async function read(url: string, dispatcher: Agent): Promise<string> {
  const { statusCode, body } = await request(url, { dispatcher, headers: { authorization: `Bearer ${TOKEN}` } });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
  return text;
}
