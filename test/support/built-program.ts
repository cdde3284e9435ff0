/** For vitest: the built program as it is, also where a test runs it in its own process. */
export const BUILT_PROGRAM = { deps: { external: [/\/dist\/cli\.js/] } };
