import { randomBytes } from 'node:crypto';
import { ReconcileError, type Problem } from '../model/errors.ts';
import { parseFaultPlan } from './fault-plan.ts';
import type { RateLimitOptions, SandboxOptions } from './sandbox-options.ts';

/** The texts of the command line, as commander names them. */
export interface SandboxTexts {
  readonly port?: string;
  readonly host?: string;
  readonly token?: string;
  readonly domains?: string;
  readonly divisions?: string;
  readonly guests?: string;
  readonly freeAccounts?: string;
  readonly state?: string;
  readonly importUsers?: string;
  readonly importGroups?: string;
  readonly rateLimit?: string;
  readonly latency?: string;
  readonly faults?: string;
  readonly log?: string;
}

/**
 * `tokenFromEnvironment` counts if no `--token` is given; without either a token is made up.
 * @throws ReconcileError SANDBOX_OPTIONS with every problem of every option.
 */
export function parseSandboxOptions(texts: SandboxTexts, tokenFromEnvironment?: string): SandboxOptions {
  const problems: Problem[] = [];
  const read = <Value>(flag: string, text: string | undefined, parse: (text: string) => Value): Value | undefined =>
    text === undefined ? undefined : parseOrCollect(problems, flag, () => parse(text));
  const options = withoutUndefined({
    port: read('--port', texts.port, parsePort) ?? 0,
    host: texts.host,
    token: read('--token', texts.token ?? (tokenFromEnvironment || undefined), parseToken) ?? buildToken(),
    domains: read('--domains', texts.domains, parseDomains) ?? [],
    divisions: read('--divisions', texts.divisions, parseWords),
    guests: read('--guests', texts.guests, parseAddresses),
    freeAccounts: read('--free-accounts', texts.freeAccounts, parseAddresses),
    stateFile: texts.state,
    importUsers: texts.importUsers,
    importGroups: texts.importGroups,
    rateLimit: read('--rate-limit', texts.rateLimit, parseRateLimit),
    latencyMs: read('--latency', texts.latency, parseLatency),
    faults: read('--faults', texts.faults, parseFaultPlan),
    requestLog: texts.log,
  });
  if (problems.length === 0) return options;
  throw new ReconcileError('SANDBOX_OPTIONS', 'The options of the sandbox cannot be used.', {
    remedy: 'Correct the options; "zivver-gitops sandbox --help" shows the form of each.',
    problems,
  });
}

function parseOrCollect<Value>(problems: Problem[], flag: string, parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ReconcileError) problems.push(...error.problems.map((problem) => prefix(flag, problem)));
    else problems.push({ where: flag, what: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

function prefix(flag: string, { where, what }: Problem): Problem {
  return { where: `${flag} ${where}`, what };
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Error('a port is a number from 0 to 65535');
}

function parseToken(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new Error('a token has neither spaces nor characters beyond ASCII');
}

function parseDomains(text: string): string[] {
  const domains = parseWords(text).map((domain) => domain.toLowerCase());
  const wrong = domains.find((domain) => !/^[^\s@.]+(\.[^\s@.]+)+$/.test(domain));
  if (wrong === undefined) return domains;
  throw new Error(`"${wrong}" is not a domain such as company.org`);
}

function parseAddresses(text: string): string[] {
  const addresses = parseWords(text).map((address) => address.toLowerCase());
  const wrong = addresses.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  if (wrong === undefined) return addresses;
  throw new Error(`"${wrong}" is not an address`);
}

function parseWords(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.every((word) => word !== '')) return words;
  throw new Error('a list has no empty parts: a,b,c');
}

function parseRateLimit(text: string): RateLimitOptions | null {
  if (text === 'off') return null;
  const [, requests = '', seconds = '', header] = /^(\d{1,6})\/(\d{1,5}(?:\.\d+)?)(:retry-after)?$/.exec(text) ?? [];
  if (Number(requests) > 0 && Number(seconds) > 0) {
    const limit = { requests: Number(requests), windowMs: Number(seconds) * 1000 };
    return header === undefined ? limit : { ...limit, retryAfter: true };
  }
  throw new Error('a rate limit is REQUESTS/SECONDS such as 50/10, or off');
}

function parseLatency(text: string): { minMs: number; maxMs: number } {
  const [, min, max = min] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  if (min !== undefined && Number(min) <= Number(max)) return { minMs: Number(min), maxMs: Number(max) };
  throw new Error('a latency is milliseconds such as 200, or a range such as 50-400');
}

function buildToken(): string {
  return `sandbox-${randomBytes(12).toString('hex')}`;
}

/** `exactOptionalPropertyTypes`: an option is absent, not undefined. */
function withoutUndefined<Options extends object>(options: Options): PresentOptions<Options> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as PresentOptions<Options>;
}

type PresentOptions<Options> = {
  [Name in keyof Options as undefined extends Options[Name] ? Name : never]?: Exclude<Options[Name], undefined>;
} & { [Name in keyof Options as undefined extends Options[Name] ? never : Name]: Options[Name] };
