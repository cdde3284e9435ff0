/** A key no log, state or answer may contain. */
export const TOKEN = 'canary-token-1f0c';
