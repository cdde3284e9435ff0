import type { Command } from 'commander';
import type { Sandbox } from '../sandbox/server.ts';
import type { SandboxOptions } from '../sandbox/sandbox-options.ts';
import type { SandboxTexts } from '../sandbox/options.ts';
import type { CommonOptions } from '../operations/context.ts';

/** Adds `sandbox`: a local Zivver until SIGINT, SIGTERM or SIGHUP. The server is loaded only when it is started. */
export function registerSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('run a local Zivver with its SCIM API, for tests and trials; nothing leaves this machine')
    .option('--port <port>', 'port to listen on; 0 = any free one', '0')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--token <token>', 'API key that clients must send (better: the variable ZIVVER_SANDBOX_TOKEN)')
    .option('--domains <a.org,b.org>', 'claimed domains; default: those of the imported accounts, else example.org')
    .option('--divisions <a,b>', 'identifiers of OUs, beside / and those the imported accounts have')
    .option('--guests <addresses>', 'addresses that are refused as aliases because they are guests')
    .option('--free-accounts <addresses>', 'addresses with a free account outside the organisation')
    .option('--state <file>', 'keep all accounts in this file through a restart or a kill; holds SSO keys')
    .option('--import-users <file>', 'start with the accounts of a stored answer of GET /Users')
    .option('--import-groups <file>', 'start with the accounts of a stored answer of GET /Groups')
    .option('--rate-limit <limit>', 'requests/seconds, or off', '50/10')
    .option('--latency <ms>', 'delay of every answer, such as 200 or 50-400')
    .option('--faults <plan>', 'what goes wrong, and when (see below)')
    .option('--log <file>', 'append one JSON line a request')
    .addHelpText('after', FAULT_HELP)
    .action(async (_options: unknown, command: Command) => serveUntilStopped(command.optsWithGlobals()));
}

const FAULT_HELP = `
Faults: KIND[=RATE][@METHOD][#COUNT][:PARAMETER], separated by commas, and seed=N
  not carried out  5xx 429 401 html close-before reset-before hang-before
  carried out      late-5xx lost-reply reset hang half-body slow
  just before      vanish[=ADDRESS] appear=ADDRESS adopt=ADDRESS (a free account joins)
  for example      seed=7,5xx=2%,slow=1%:3000,429=5%:retry-after=2,hang=0.5%@PUT
                   lost-reply@POST#3   the third POST commits, its answer is lost
                   vanish@PUT#2,appear=new@company.org@GET#2,5xx#10-20,401#100+`;

async function serveUntilStopped({ json, ...texts }: SandboxTexts & CommonOptions): Promise<void> {
  const { parseSandboxOptions } = await import('../sandbox/options.ts');
  const { startSandbox } = await import('../sandbox/server.ts');
  const { openOutput } = await import('../operations/output.ts');
  const options = parseSandboxOptions(texts, process.env['ZIVVER_SANDBOX_TOKEN']);
  const stopped = waitForStop();
  const sandbox = await startSandbox(options);
  const output = openOutput(json === true ? { json } : {});
  output.print(renderGreeting(sandbox, options, texts));
  const { users, suspended, functional } = sandbox.status();
  const token = isMadeUp(options, texts) ? options.token : null;
  output.printJson('sandbox', { url: sandbox.url, token, domains: sandbox.domains, users, suspended, functional });
  await stopped;
  await sandbox.close();
}

/** Registered before the server listens: a signal is never lost. */
async function waitForStop(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
  });
}

function renderGreeting(sandbox: Sandbox, options: SandboxOptions, texts: SandboxTexts): string {
  const { users, suspended, functional } = sandbox.status();
  const lines = [
    `Zivver sandbox listening on ${sandbox.url}`,
    `  token     ${renderToken(options, texts)}`,
    `  domains   ${sandbox.domains.join(', ')}`,
    `  accounts  ${users} users (${suspended} suspended), ${functional} functional`,
    `  limit     ${renderLimit(options)}`,
    `  state     ${options.stateFile ?? 'in memory, gone when the sandbox stops'}`,
    `  counts    ${new URL('/sandbox/status', sandbox.url).href}`,
    '  stop      Ctrl+C',
  ];
  return lines.join('\n');
}

/** Shown only if it was made up here: nobody could know it otherwise. */
function renderToken(options: SandboxOptions, texts: SandboxTexts): string {
  if (texts.token !== undefined) return 'as given with --token';
  return isMadeUp(options, texts) ? `${options.token} (made up for this start)` : 'from ZIVVER_SANDBOX_TOKEN';
}

function isMadeUp({ token }: SandboxOptions, texts: SandboxTexts): boolean {
  return texts.token === undefined && token !== process.env['ZIVVER_SANDBOX_TOKEN'];
}

function renderLimit({ rateLimit }: SandboxOptions): string {
  if (rateLimit === null) return 'none';
  const { requests, windowMs } = rateLimit ?? { requests: 50, windowMs: 10_000 };
  return `${requests} requests in ${windowMs / 1000} s`;
}
