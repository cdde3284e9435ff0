import { EXIT_CODES, type ErrorCode, type Problem, type ReconcileError } from '../../model/errors.ts';
import { FORGE_CHECK_NAMES, type ForgeCode } from '../../model/forge/setting-names.ts';

/** One thing that was looked at. Texts may hold names from the directory: renderers escape them. */
export interface Check {
  readonly id: CheckId;
  /** What it belongs to: name of a source, `zivver`, `git`, or the kind of the forge. */
  readonly area: string;
  /** `host:port`, name of an attribute …; empty if the area says enough. */
  readonly subject: string;
  readonly status: CheckStatus;
  /** What was seen, or why it was not tested. One sentence without a full stop. */
  readonly what: string;
  /** Null if it passed or was not tested. */
  readonly diagnosis: Diagnosis | null;
}

/** `warned`: it works, and somebody should still look at it. `unknown`: it was looked at, and cannot be seen. */
export type CheckStatus = 'passed' | 'warned' | 'failed' | 'skipped' | 'unknown';

export interface Diagnosis {
  readonly code: DiagnosisCode;
  /** Decides the exit code. */
  readonly error: ErrorCode;
  /** One imperative sentence. */
  readonly fix: string;
  readonly details: readonly string[];
}

export type CheckId = keyof typeof CHECK_NAMES;

/** Every check, in the words of the table. */
export const CHECK_NAMES = {
  configuration: 'organisation.yaml',
  'source.files': 'files',
  'source.secret': 'password',
  'source.caFile': 'CA file',
  'source.host': 'host name',
  'source.port': 'port',
  'source.tls': 'TLS',
  'source.ldap': 'LDAP',
  'source.clock': 'clock',
  'source.replication': 'replication',
  'source.login': 'login',
  'source.agreement': 'second opinion',
  'source.base': 'base DN',
  'source.query': 'query',
  'source.pageSize': 'page size',
  'source.entries': 'entries',
  'source.attribute': 'attribute',
  'source.filters': 'filters',
  'source.accounts': 'accounts',
  'zivver.secret': 'API key given',
  'zivver.caFile': 'CA file',
  'zivver.connection': 'connection',
  'zivver.api': 'API address',
  'zivver.key': 'API key',
  'zivver.accounts': 'accounts',
  'zivver.domains': 'claimed domains',
  'zivver.administrators': 'administrators',
  'git.remote': 'git remote',
  'git.branch': 'branch',
  'git.approval': 'approval',
  'forge.limits': 'what is not proved',
  'forge.settings': 'settings',
  'ledger.branch': 'ledger branch',
  'ledger.genesis': 'ledger genesis',
  'ledger.target': 'ledger target',
  'secrets.recipients': 'age recipients',
  'secrets.identity': 'age identity',
  'secrets.fingerprint': 'fingerprint key',
  'secrets.ledger': 'key for the ledger',
  'secrets.openPlan': 'open plan',
  'notify.mail': 'mail server',
  'notify.webhooks': 'webhooks',
  ...FORGE_CHECK_NAMES,
} as const;

/** Stable names of causes, for programs and for people who ask for help. */
export type DiagnosisCode =
  | ErrorCode
  | NetworkCode
  | LoginCode
  | DirectoryCode
  | ForgeCode
  | 'API_ADDRESS_WRONG'
  | 'NOT_SCIM'
  | 'REDIRECTED'
  | 'PROXY_REFUSES'
  | 'KEY_MISSING'
  | 'KEY_REFUSED'
  | 'KEY_LACKS_RIGHTS'
  | 'RATE_LIMITED'
  | 'ZIVVER_DOWN'
  | 'DOMAINS_CONTRADICTED'
  | 'DOMAINS_UNLISTED'
  | 'DOMAINS_UNUSED'
  | 'ADMINISTRATOR_MISSING'
  | 'REMOTE_MISSING'
  | 'REMOTE_NONE'
  | 'REMOTE_UNREACHABLE'
  | 'BRANCH_MISSING'
  | 'ONE_PAIR_OF_EYES'
  | 'REVIEWS_LIMITED'
  | 'SIGNERS_DOUBTFUL'
  | 'SIGNERS_MISSING'
  | 'LEDGER_MISSING'
  | 'GENESIS_MISSING'
  | 'LEDGER_OTHER_TARGET'
  | 'RECIPIENT_INVALID'
  | 'IDENTITY_MISMATCH'
  | 'FINGERPRINT_MISMATCH'
  | 'LEDGER_KEYS_ENDED'
  | 'LEDGER_KEY_MISMATCH'
  | 'RECIPIENT_GONE'
  | 'MAIL_UNUSABLE'
  | 'WEBHOOKS_UNUSABLE';

export type NetworkCode =
  | 'HOST_UNKNOWN'
  | 'DNS_UNAVAILABLE'
  | 'PORT_CLOSED'
  | 'PORT_FILTERED'
  | 'NO_ROUTE'
  | 'CONNECTION_LOST'
  | 'NO_ANSWER'
  | 'TLS_UNTRUSTED'
  | 'TLS_WRONG_NAME'
  | 'TLS_EXPIRED'
  | 'TLS_EXPIRES_SOON'
  | 'TLS_NOT_YET_VALID'
  | 'TLS_CERTIFICATE_UNUSABLE'
  | 'NOT_TLS'
  | 'PLAIN_LDAP_PORT'
  | 'TLS_PORT'
  | 'STARTTLS_REFUSED'
  | 'NOT_LDAP'
  | 'NOT_ACTIVE_DIRECTORY'
  | 'GLOBAL_CATALOG';

export type LoginCode =
  | 'PASSWORD_MISSING'
  | 'PLAIN_LDAP_REFUSED'
  | 'WRONG_PASSWORD'
  | 'USER_UNKNOWN'
  | 'USER_NEEDS_DOMAIN'
  | 'USER_DOMAIN_SUPERFLUOUS'
  | 'USER_DOMAIN_FORM'
  | 'ACCOUNT_RESTRICTED'
  | 'ACCOUNT_DISABLED'
  | 'ACCOUNT_EXPIRED'
  | 'ACCOUNT_LOCKED'
  | 'PASSWORD_EXPIRED'
  | 'PASSWORD_MUST_CHANGE'
  | 'LOGON_HOURS'
  | 'LOGON_WORKSTATION'
  | 'LOGIN_REFUSED';

export type DirectoryCode =
  | 'CLOCK_SKEW'
  | 'NOT_SYNCHRONIZED'
  | 'SERVERS_DISAGREE'
  | 'SAME_SERVER'
  | 'BASE_MISSING'
  | 'BASE_UNREADABLE'
  | 'QUERY_INVALID'
  | 'QUERY_REFUSED'
  | 'QUERY_DOUBTFUL'
  | 'GROUP_MISSING'
  | 'PAGE_SIZE_TOO_LARGE'
  | 'NOBODY_SELECTED'
  | 'NOT_READABLE'
  | 'READ_INCOMPLETE'
  | 'ATTRIBUTE_EMPTY'
  | 'ATTRIBUTE_UNKNOWN'
  | 'FILTER_WITHOUT_EFFECT'
  | 'NO_ACCOUNTS'
  | 'FILES_INVALID'
  | 'FILES_OLD'
  | 'CA_FILE_INVALID';

/** Builds the checks of one area. */
export interface CheckWriter {
  /** The same area, and one thing in it. */
  readonly on: (subject: string) => CheckWriter;
  readonly passed: (id: CheckId, what: string) => Check;
  readonly failed: (id: CheckId, what: string, diagnosis: Diagnosis) => Check;
  readonly warned: (id: CheckId, what: string, diagnosis: Diagnosis) => Check;
  readonly skipped: (id: CheckId, why: string) => Check;
  readonly unknown: (id: CheckId, why: string) => Check;
}

export function buildCheckWriter(area: string, subject = ''): CheckWriter {
  const write =
    (status: 'failed' | 'warned') =>
    (id: CheckId, what: string, diagnosis: Diagnosis): Check => ({ id, area, subject, status, what, diagnosis });
  const writePlain =
    (status: 'passed' | 'skipped' | 'unknown') =>
    (id: CheckId, what: string): Check => ({ id, area, subject, status, what, diagnosis: null });
  return {
    on: (one) => buildCheckWriter(area, one),
    passed: writePlain('passed'),
    failed: write('failed'),
    warned: write('warned'),
    skipped: writePlain('skipped'),
    unknown: writePlain('unknown'),
  };
}

export function buildDiagnosis(
  cause: Pick<Diagnosis, 'code' | 'error'>,
  fix: string,
  details: readonly string[] = [],
): Diagnosis {
  return { ...cause, fix, details };
}

/** A refusal of our own code as a diagnosis; `code` where the doctor knows a finer name for it. */
export function diagnoseRefusal(error: ReconcileError, code: DiagnosisCode = error.code): Diagnosis {
  return buildDiagnosis({ code, error: error.code }, error.remedy, error.problems.map(formatProblem));
}

/** Exit code of the first check that failed, 0 if none did. */
export function exitCodeOf(checks: readonly Check[]): number {
  const first = checks.find(({ status }) => status === 'failed');
  return first?.diagnosis ? EXIT_CODES[first.diagnosis.error] : 0;
}

function formatProblem({ where, what }: Problem): string {
  return `${where}: ${what}`;
}
