import { ReconcileError } from '../../model/errors.ts';
import { verifyBaseDn } from './ldap-base.ts';
import { verifyAuthorities } from './ldap-certificate.ts';
import type { LdapLogin } from './ldap-connection.ts';
import { explainSelection } from './ldap-explain.ts';
import { translateSearchFailure } from './ldap-problems.ts';
import { DEFAULT_QUERY, parseQuery } from './ldap-query.ts';
import type { LdapQuery } from './ldap-query.ts';
import { discoverServers, isDiscovered } from './ldap-discovery.ts';
import { lookUpDns, lookUpValues, readDomain, readSnapshot, visitSelected } from './ldap-reads.ts';
import { askSecondServer } from './ldap-second.ts';
import { verifyUrls } from './ldap-servers.ts';
import { openSession } from './ldap-session.ts';
import type { LdapSession } from './ldap-session.ts';
import type { Source } from '../../model/directory/source.ts';

export interface LdapSourceOptions extends LdapLogin {
  readonly name: string;
  /** `ldaps://host[:port]`, `ldaps+srv://domain`, or `ldap://` and `ldap+srv://` with `startTls`; tried in order. */
  readonly urls: readonly string[];
  readonly baseDn: string;
  /** LDAP filter; default: every person with an account. */
  readonly query?: string | undefined;
  /** 1 to 100000. AD sends at most 1000 a page, so more is not asked. */
  readonly pageSize: number;
}

/** Of AD, unless its administrators changed it (MS-ADTS §3.1.1.3.4.6, MaxPageSize). */
const LARGEST_PAGE = 1000;

/**
 * A source that reads Active Directory over LDAP. Connects at the first use; after a failure the next use starts over
 * from the beginning, and nothing of the broken read is kept.
 * Throws at once if the options cannot work: `SOURCE_TLS`, `SOURCE_BASE_MISSING`, `SOURCE_QUERY_INVALID`,
 * `CONFIGURATION_SECRET_MISSING`, `CONFIGURATION_INVALID`.
 */
export function createLdapSource(options: LdapSourceOptions): Source {
  const query = verifyOptions(options);
  const use = createSessionUse(options);
  const pageSize = Math.min(options.pageSize, LARGEST_PAGE);
  return {
    name: options.name,
    read: (attributes, taker) =>
      use('reading accounts', async (session) => {
        const { name, baseDn } = options;
        return {
          name,
          kind: 'ldap',
          baseDn,
          ...(await readSnapshot(session, { baseDn, query, attributes, pageSize, taker })),
        };
      }),
    lookUpDns: (dns, attributes) =>
      use('looking up entries', (session) => lookUpDns(session, { dns, attributes, pageSize })),
    lookUpValues: (values, attributes) =>
      use('looking up names', (session) => lookUpValues(session, { values, attributes, pageSize })),
    readDomain: (attributes) => use('reading the domain', (session) => readDomain(session, { attributes, pageSize })),
    ...(new Set(options.urls).size < 2 && !options.urls.some(isDiscovered)
      ? {}
      : {
          askSecond: (question) =>
            use('asking another domain controller', async (first) => {
              const all = await discoverServers(options.urls);
              const urls = all.filter((url) => url !== first.connection.url);
              const { baseDn } = options;
              return askSecondServer({ first, urls, login: options, baseDn, query, pageSize }, question);
            }),
        }),
    explainSelection: (dns) =>
      use('asking why accounts are not selected', (session) => explainSelection(session, { query, pageSize }, dns)),
    visitSelected: (limit, visit) =>
      use('reading attributes', async (session) => {
        await visitSelected(session, { baseDn: options.baseDn, query, pageSize, limit, visit });
        return { server: session.connection.server };
      }),
    close: () => use.close(),
  };
}

function verifyOptions(options: LdapSourceOptions): LdapQuery {
  verifyUrls(options.urls, options.startTls);
  if (options.password === '') {
    // RFC 4513 §5.1.2: a bind without a password succeeds as nobody.
    throw new ReconcileError('CONFIGURATION_SECRET_MISSING', `the password of source ${options.name} is missing`, {
      remedy: 'Set LDAP_PASSWORD, or LDAP_PASSWORD_FILE to the path of a file that holds it.',
    });
  }
  const isWhole = Number.isInteger(options.pageSize) && options.pageSize >= 1 && options.pageSize <= 100_000;
  if (!isWhole || options.user.trim() === '') {
    throw new ReconcileError('CONFIGURATION_INVALID', `source ${options.name} needs a user and a pageSize`, {
      remedy: 'Write user as DOMAIN\\name, and pageSize from 1 to 100000.',
    });
  }
  if (options.caFile !== undefined) verifyAuthorities(options.caFile);
  verifyBaseDn(options.baseDn);
  return parseQuery(options.query ?? DEFAULT_QUERY);
}

interface SessionUse {
  <Result>(task: string, action: Action<Result>): Promise<Result>;
  close(): Promise<void>;
}

/**
 * One session for all reads, one read at a time: page cookies belong to a connection, and AD drops them if crowded. Closing it
 * ends the read that is under way.
 */
function createSessionUse(options: LdapSourceOptions): SessionUse {
  let session: LdapSession | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let closings = 0;
  const drop = async (): Promise<void> => {
    const open = session;
    session = undefined;
    await open?.connection.close();
  };
  const attempt = async <Result>(task: string, action: Action<Result>, isWanted: () => boolean): Promise<Result> => {
    if (!isWanted()) throw new Error(CLOSED);
    const open = (session ??= await openSession(options.urls, options, options.baseDn));
    try {
      if (!isWanted()) throw new Error(CLOSED);
      return await action(open);
    } catch (error) {
      await drop();
      throw translateSearchFailure(error, open.connection.server, task);
    }
  };
  const use = <Result>(task: string, action: Action<Result>): Promise<Result> => {
    const before = closings;
    const turn = queue.then(() => attempt(task, action, () => closings === before));
    queue = turn.catch(() => undefined);
    return turn;
  };
  const close = async (): Promise<void> => {
    closings += 1;
    await drop();
    await queue;
  };
  return Object.assign(use, { close });
}

type Action<Result> = (session: LdapSession) => Promise<Result>;

const CLOSED = 'Connection closed before the read had ended';
