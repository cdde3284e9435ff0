import { startSandbox } from '../../src/sandbox/server.ts';
import { TOKEN } from './sandbox-token.ts';

/** A sandbox in a process of its own, to be killed: argument 1 is the state file; the URL is printed. */
const stateFile = process.argv[2] ?? '';
const sandbox = await startSandbox({ port: 0, token: TOKEN, domains: ['a.org'], rateLimit: null, stateFile });
process.stdout.write(`${sandbox.url}\n`);
