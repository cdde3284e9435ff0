import type { World } from './world.ts';

/** Waits until Zivver has carried out so many writes since its start. */
export async function untilWrites(world: World, count: number): Promise<void> {
  await until(() => world.sandbox.status().writes >= count, `${count} writes`);
}

async function until(isReached: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!isReached()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
