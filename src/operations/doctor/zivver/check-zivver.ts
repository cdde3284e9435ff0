import type { ExistingAccounts } from '../../../model/account/target.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { readSecret } from '../../../adapters/secrets/environment.ts';
import { ZivverAccountReader } from '../../../adapters/zivver/account-reader.ts';
import { createScimClient } from '../../../adapters/zivver/connect.ts';
import type { Exchange } from '../../../adapters/zivver/exchange.ts';
import { isLoopbackUrl } from '../../../adapters/zivver/target-url.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check, type CheckId } from '../check.ts';
import { checkAdministrators, checkDomains } from './check-claims.ts';
import { diagnoseExchange } from './diagnose-exchange.ts';
import type { DoctorQuestion } from '../doctor-question.ts';

const AREA = 'zivver';
const STEPS = ['zivver.connection', 'zivver.api', 'zivver.key', 'zivver.accounts'] as const;
const write = buildCheckWriter(AREA);
/** Sent where no key is given: the refusal still proves connection and address. */
const NO_KEY = 'none';

/** Connection, address, key, and what the existing accounts say about the configuration. Sends only GET. */
export async function checkZivver(question: DoctorQuestion): Promise<readonly Check[]> {
  const { configuration } = question;
  const { checks, apiKey, caPem } = readGiven(question);
  const { exchange, accounts, refusal } = await readAccounts(question, apiKey ?? NO_KEY, caPem);
  const url = `${configuration.target.url}${describeProxy(question)}`;
  if (exchange === undefined) {
    const check = write.failed('zivver.connection', refusal?.message ?? '', diagnoseUnsent(refusal));
    return [...checks, check, ...skipAfter('zivver.connection')];
  }
  if (accounts !== undefined) {
    const count = `${accounts.users.length} users, ${accounts.functional.length} functional accounts`;
    return [
      ...checks,
      write.passed('zivver.connection', url),
      write.passed('zivver.api', 'Zivver’s API answers'),
      write.passed('zivver.key', 'accepted'),
      write.passed('zivver.accounts', count),
      checkDomains(accounts, configuration.target.claimedDomains, write),
      checkAdministrators(accounts, configuration.protected.administrators, write),
    ];
  }
  const { step, what, diagnosis } = diagnoseExchange({ exchange, proxy: proxyOf(question) });
  const before = STEPS.slice(0, STEPS.indexOf(step)).map((id) => explainEarlier(id, step, url));
  if (step === 'zivver.key' && apiKey === undefined) {
    return [...checks, ...before, write.skipped(step, 'needs ZIVVER_API_KEY'), ...skipAfter(step)];
  }
  return [...checks, ...before, write.failed(step, what, diagnosis), ...skipAfter(step)];
}

function readGiven({ environment, configuration, readConfiguredFile }: DoctorQuestion): {
  checks: Check[];
  apiKey: string | undefined;
  caPem: string | undefined;
} {
  const checks: Check[] = [];
  const attempt = (id: CheckId, read: () => string | undefined): string | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ReconcileError)) throw error;
      const code = id === 'zivver.secret' ? 'KEY_MISSING' : 'CA_FILE_INVALID';
      checks.push(write.failed(id, error.message, diagnoseRefusal(error, code)));
      return undefined;
    }
  };
  const apiKey = attempt('zivver.secret', () => readSecret(environment, 'ZIVVER_API_KEY') ?? '');
  if (apiKey === '') {
    const fix = 'Set ZIVVER_API_KEY, or ZIVVER_API_KEY_FILE to a file that holds the key.';
    const diagnosis = buildDiagnosis({ code: 'KEY_MISSING', error: 'CONFIGURATION_SECRET_MISSING' }, fix);
    checks.push(write.failed('zivver.secret', 'ZIVVER_API_KEY is not set', diagnosis));
  } else if (apiKey !== undefined) checks.push(write.passed('zivver.secret', 'ZIVVER_API_KEY is given'));
  const { caFile } = configuration.target;
  const caPem =
    caFile === null
      ? undefined
      : attempt('zivver.caFile', () => readConfiguredFile(configuration.folder, caFile, 'zivver.caFile'));
  return { checks, apiKey: apiKey === '' ? undefined : apiKey, caPem };
}

interface ReadAccounts {
  /** The last exchange; undefined if none took place. */
  readonly exchange: Exchange | undefined;
  readonly accounts?: ExistingAccounts;
  readonly refusal?: ReconcileError;
}

async function readAccounts(
  { configuration, userAgent, timeouts }: DoctorQuestion,
  apiKey: string,
  caPem: string | undefined,
): Promise<ReadAccounts> {
  let exchange: Exchange | undefined;
  try {
    const client = createScimClient(
      {
        url: configuration.target.url,
        apiKey,
        userAgent,
        caPem,
        timeouts: { connectTimeoutMs: timeouts.connectMs, headersTimeoutMs: timeouts.answerMs },
        retries: { failures: 0, throttles: 0, firstDelayMs: 0, maxDelayMs: 0 },
      },
      ['GET'],
    );
    try {
      const read = async (path: string): Promise<Exchange> => (exchange = await client.read(path));
      const accounts = await new ZivverAccountReader({ read }).readAccounts();
      return { exchange, accounts };
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return { exchange, refusal: error };
  }
}

function diagnoseUnsent(refusal: ReconcileError | undefined) {
  return refusal === undefined
    ? buildDiagnosis({ code: 'CONFIGURATION_INVALID', error: 'CONFIGURATION_INVALID' }, 'Correct zivver.url.')
    : diagnoseRefusal(refusal);
}

function explainEarlier(id: (typeof STEPS)[number], failed: (typeof STEPS)[number], url: string): Check {
  if (id === 'zivver.connection') return write.passed(id, url);
  if (id === 'zivver.api') return write.passed(id, 'Zivver’s API answers');
  return write.skipped(id, failed === 'zivver.accounts' ? 'Zivver did not come to look at it' : 'needs a connection');
}

function skipAfter(step: (typeof STEPS)[number]): readonly Check[] {
  const rest: CheckId[] = [...STEPS.slice(STEPS.indexOf(step) + 1), 'zivver.domains', 'zivver.administrators'];
  const why = step === 'zivver.key' ? 'needs a key that is accepted' : 'needs an answer of Zivver';
  return rest.map((id) => write.skipped(id, why));
}

function describeProxy(question: DoctorQuestion): string {
  const proxy = proxyOf(question);
  return proxy === null ? '' : `, through the proxy ${proxy}`;
}

/** `host:port` only: a proxy's URL may hold a password. Null for this very computer, to which no proxy is used. */
function proxyOf({ environment, configuration }: DoctorQuestion): string | null {
  if (isLoopbackUrl(new URL(configuration.target.url))) return null;
  const text = environment['https_proxy'] ?? environment['HTTPS_PROXY'] ?? '';
  return text !== '' && URL.canParse(text) ? new URL(text).host : null;
}
