import type { World } from './world.ts';

/** Waits until Zivver has carried out so many writes since its start. */
export async function untilWrites(world: World, count: number): Promise<void> {
  await until(() => world.sandbox.status().writes >= count, `${count} writes`);
}

/** Waits until so many requests have reached Zivver since its start, or the program has ended. */
export async function untilRequests(world: World, count: number, program: Promise<unknown>): Promise<void> {
  let hasEnded = false;
  void program.finally(() => (hasEnded = true));
  await until(() => hasEnded || world.sandbox.status().requests >= count, `${count} requests`);
}

/** Waits until it is so. */
export async function untilTrue(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function until(isReached: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (!isReached()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
