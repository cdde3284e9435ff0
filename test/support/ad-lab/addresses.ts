/** Loopback addresses to try, in order: a chosen one only, otherwise 127.0.0.1 and some others. */
export function listAddresses(chosen?: string): string[] {
  if (chosen === undefined) return ['127.0.0.1', ...Array.from({ length: 18 }, (_, index) => `127.0.0.${42 + index}`)];
  if (!/^127(\.\d{1,3}){3}$/.test(chosen)) throw new Error(`${chosen} is not a loopback address (127.x.y.z)`);
  return [chosen];
}
