const FACTOR = process.env['ZIVVER_GITOPS_LONG'] === '1' ? 20 : 1;

/**
 * Tries the property with `count` seeds (×20 with ZIVVER_GITOPS_LONG=1). A failure names its seed and the command that
 * repeats it alone.
 */
export async function forEachSeed(
  property: string,
  count: number,
  holds: (seed: string) => Promise<void> | void,
): Promise<void> {
  const wanted = process.env['ZIVVER_GITOPS_SEED'];
  const seeds =
    wanted === undefined ? Array.from({ length: count * FACTOR }, (_, index) => `${property}-${index}`) : [wanted];
  for (const seed of seeds) {
    try {
      await holds(seed);
    } catch (error) {
      const cause = error as Error;
      cause.message = `seed ${seed}: ${cause.message}\nrepeat with: ZIVVER_GITOPS_SEED=${seed} npx vitest run --config test/vitest.config.ts test/property/${property}.test.ts`;
      throw cause;
    }
  }
}
