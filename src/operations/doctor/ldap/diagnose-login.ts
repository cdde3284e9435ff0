import { isDn, isDnUnder } from '../../../model/directory/distinguished-name.ts';
import { buildDiagnosis, type Diagnosis, type LoginCode } from '../check.ts';

/** A login that the directory refused. */
export interface LoginRefusal {
  readonly user: string;
  /** AD's reason, the hexadecimal number after `data`; undefined if it gave none. */
  readonly reason: string | undefined;
  /** LDAP result code. */
  readonly resultCode: number;
  /** Root of the server's domain, null if it did not tell. */
  readonly context: string | null;
  readonly passwordHasBlanks: boolean;
}

export interface LoginFinding {
  readonly what: string;
  readonly diagnosis: Diagnosis;
}

/**
 * Why a login was refused. AD tells nothing but `52e` for a wrong name and for a wrong password alike; then the form of the
 * name is looked at. No other spelling is ever tried: each try counts towards a lock-out.
 */
export function diagnoseLogin(refusal: LoginRefusal): LoginFinding {
  const { user, reason, resultCode } = refusal;
  if (resultCode === 8 || resultCode === 13) {
    const fix = 'Use ldaps://, or set startTls: true.';
    const what = 'the server takes no password over an unencrypted connection';
    return build({ code: 'PLAIN_LDAP_REFUSED', what, fix }, refusal);
  }
  const known = REASONS.get(reason ?? '');
  if (known !== undefined) return build({ ...known, what: `"${user}": ${known.what}` }, refusal);
  if (![undefined, '525', '52e', '57'].includes(reason) || ![34, 48, 49].includes(resultCode)) {
    return build(
      { code: 'LOGIN_REFUSED', what: `"${user}" is refused`, fix: 'Look the account up in Active Directory.' },
      refusal,
    );
  }
  return diagnoseName(refusal);
}

interface Reason {
  readonly code: LoginCode;
  readonly what: string;
  readonly fix: string;
}

/** Win32 error codes (active-directory.md §3). */
const REASONS: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  [
    '52f',
    { code: 'ACCOUNT_RESTRICTED', what: 'the account is restricted', fix: 'Allow it to log in with a password.' },
  ],
  [
    '530',
    { code: 'LOGON_HOURS', what: 'it may not log in at this hour', fix: 'Extend the logon hours of the account.' },
  ],
  ['531', { code: 'LOGON_WORKSTATION', what: 'it may not log in from here', fix: 'Clear "Log On To" of the account.' }],
  [
    '532',
    {
      code: 'PASSWORD_EXPIRED',
      what: 'the password has expired',
      fix: 'Set a new password and "Password never expires".',
    },
  ],
  [
    '533',
    { code: 'ACCOUNT_DISABLED', what: 'the account is disabled', fix: 'Enable the account, or name another user.' },
  ],
  [
    '701',
    { code: 'ACCOUNT_EXPIRED', what: 'the account has expired', fix: 'Extend the account, or name another user.' },
  ],
  [
    '773',
    {
      code: 'PASSWORD_MUST_CHANGE',
      what: 'the password must be changed at the first logon',
      fix: 'Set a password without "User must change password at next logon".',
    },
  ],
  [
    '775',
    {
      code: 'ACCOUNT_LOCKED',
      what: 'the account is locked after wrong passwords',
      fix: 'Unlock the account, and correct the password here before the next try.',
    },
  ],
]);

function diagnoseName(refusal: LoginRefusal): LoginFinding {
  const { user, context, reason } = refusal;
  const domain = domainOfContext(context);
  const [prefix = '', bare = user] = user.includes('\\') ? user.split('\\', 2) : ['', user];
  const short = (domain.split('.')[0] ?? '').toUpperCase();
  if (prefix !== '' && (bare.includes('@') || bare.includes('='))) {
    const what = `"${user}" has its domain twice; AD knows no such name`;
    return build({ code: 'USER_DOMAIN_SUPERFLUOUS', what, fix: `Write user without "${prefix}\\": ${bare}` }, refusal);
  }
  if (prefix.includes('.')) {
    const what = `"${user}" is refused; before "\\" AD wants the short name of the domain`;
    return build(
      { code: 'USER_DOMAIN_FORM', what, fix: `Write user as ${bare}@${prefix}, or as ${short}\\${bare}.` },
      refusal,
    );
  }
  if (prefix === '' && !/[@=]/.test(user)) {
    const fix = `Write user with its domain: ${user}@${domain}, or ${short}\\${user}.`;
    return build(
      { code: 'USER_NEEDS_DOMAIN', what: `"${user}" is refused; AD wants the name with its domain`, fix },
      refusal,
    );
  }
  if (reason === '525' || reason === '57') {
    return build({ code: 'USER_UNKNOWN', what: `AD knows no user "${user}"`, fix: 'Correct user.' }, refusal);
  }
  const fix = 'Correct user or the password; do not try often, AD locks accounts after wrong passwords.';
  return build({ code: 'WRONG_PASSWORD', what: `name or password of "${user}" is wrong`, fix }, refusal);
}

function build({ code, what, fix }: Reason, refusal: LoginRefusal): LoginFinding {
  const { reason, resultCode } = refusal;
  const details = [
    reason === undefined ? `LDAP result code ${resultCode}` : `AD reason ${reason}`,
    ...(code === 'WRONG_PASSWORD' ? findDoubts(refusal) : []),
  ];
  return { what, diagnosis: buildDiagnosis({ code, error: 'SOURCE_CREDENTIALS' }, fix, details) };
}

/** What may be the matter with a name and a password whose form is right. */
function findDoubts({ user, context, passwordHasBlanks }: LoginRefusal): readonly string[] {
  const domain = domainOfContext(context);
  const prefix = user.includes('\\') ? (user.split('\\')[0] ?? '') : '';
  const suffix = user.includes('@') && !user.includes('=') ? user.slice(user.lastIndexOf('@') + 1) : '';
  const doubts: string[] = [];
  if (passwordHasBlanks) doubts.push('the password begins or ends with a blank or line end');
  if (context === null) return doubts;
  if (prefix !== '' && prefix.toLowerCase() !== domain.split('.')[0]?.toLowerCase())
    doubts.push(`the domain of this server is ${domain}: check "${prefix}"`);
  if (suffix !== '' && suffix.toLowerCase() !== domain.toLowerCase())
    doubts.push(`the domain of this server is ${domain}: check "@${suffix}"`);
  if (user.includes('=') && isDn(user) && !isDnUnder(user, context)) doubts.push(`the DN is not below ${context}`);
  return doubts;
}

/** `DC=company,DC=org` → `company.org`; `the-domain` if the server did not tell. */
export function domainOfContext(context: string | null): string {
  const labels = [...(context ?? '').matchAll(/(?:^|,)\s*DC=([^,]+)/gi)].map(([, label]) => label ?? '');
  return labels.length === 0 ? 'the-domain' : labels.join('.');
}
