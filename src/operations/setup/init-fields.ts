import { parseDn } from '../../model/directory/dn-parser.ts';
import { ReconcileError } from '../../model/errors.ts';
import { FORGE_KINDS } from '../../model/forge/forges.ts';
import { parseQuery } from '../../adapters/ldap/ldap-query.ts';
import { parseTargetUrl } from '../../adapters/zivver/target-url.ts';

/** Every answer as it is written after its flag. */
export type InitFlags = { readonly [Flag in InitFlag]?: string };

export type InitFlag = keyof typeof FLAG_NAMES;

/** As people write them. */
export const FLAG_NAMES = {
  organisation: 'ORGANISATION',
  url: '--url',
  domains: '--domains',
  source: '--source',
  ldapUrls: '--ldap-urls',
  ldapUser: '--ldap-user',
  baseDn: '--base-dn',
  query: '--query',
  group: '--group',
  ldifFiles: '--ldif-files',
  sso: '--sso',
  administrators: '--administrators',
  approval: '--approval',
  approvals: '--approvals',
  ci: '--ci',
  owners: '--owners',
  runner: '--runner',
  schedule: '--schedule',
} as const;

/** What is wrong with an answer, in a sentence without subject; undefined if nothing is. */
export function faultOf(flag: InitFlag, text: string): string | undefined {
  return CHECKS[flag](text.trim());
}

/** The parts of a comma-separated answer. */
export function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

type Check = (text: string) => string | undefined;

const CHECKS: Readonly<Record<InitFlag, Check>> = {
  organisation: matching(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'must be lower-case letters, digits and dashes, such as head-office',
  ),
  url: findUrlFault,
  domains: everyPart(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i,
    'is not a domain; write them as company.org,company.nl',
  ),
  source: oneOf('ldap', 'ldif', 'later'),
  ldapUrls: findServerFault,
  ldapUser: matching(/^[^\n]+$/, 'must be DOMAIN\\user, user@company.org or a DN'),
  baseDn: findDnFault,
  query: refusing(parseQuery),
  group: findDnFault,
  ldifFiles: everyPart(/^.+$/, 'is not a file'),
  sso: oneOf('base64', 'guid', 'off'),
  administrators: (text) =>
    text === '' ? undefined : everyPart(/^[^\s@]+@[^\s@]+$/, 'is not an e-mail address')(text),
  approval: oneOf('people', 'signatures', 'reviews', 'one'),
  approvals: matching(/^[1-9]$/, 'must be a number from 1 to 9'),
  ci: oneOf(...FORGE_KINDS, 'none'),
  owners: everyPart(
    /^(?:@[\w.-]+(?:\/[\w.-]+)*|\[[^\]\n]+\]\\[^,\n]+)$/,
    'is not a team or login; write them as @organisation/team, or [Project]\\Team on Azure DevOps',
  ),
  runner: matching(/^[A-Za-z0-9][\w.-]*$/, 'is not a label: use letters, digits, dots and dashes'),
  schedule: matching(
    /^(?:[\d*,/-]+ ){4}[\d*,/-]+$/,
    'must be five fields of cron in UTC, such as 23 * * * 1-5 (hourly on working days)',
  ),
};

function matching(pattern: RegExp, fault: string): Check {
  return (text) => (pattern.test(text) ? undefined : fault);
}

function oneOf(...words: readonly string[]): Check {
  return (text) => (words.includes(text) ? undefined : `must be one of ${words.join(', ')}`);
}

function everyPart(pattern: RegExp, fault: string): Check {
  return (text) => {
    const parts = partsOf(text);
    const wrong = parts.find((part) => !pattern.test(part));
    if (parts.length === 0) return 'names nothing';
    return wrong === undefined ? undefined : `${wrong} ${fault}`;
  };
}

/** By the parser that will read it later. */
function refusing(parse: (text: string) => unknown): Check {
  return (text) => {
    try {
      parse(text);
      return undefined;
    } catch (error) {
      if (!(error instanceof ReconcileError)) throw error;
      return `is refused: ${error.message} ${error.remedy}`;
    }
  };
}

function findServerFault(text: string): string | undefined {
  const fault = everyPart(/^ldaps?:\/\/[^\s/]+\/?$/, 'must be written as ldaps://dc1.company.org')(text);
  const plain = partsOf(text).filter((url) => url.startsWith('ldap://'));
  const isMixed = plain.length > 0 && plain.length < partsOf(text).length;
  return fault ?? (isMixed ? 'must all be ldaps://, or all ldap:// (with StartTLS)' : undefined);
}

/** Typed behind what stood there already: two addresses in one. */
function findUrlFault(text: string): string | undefined {
  return text.split('://').length > 2 ? 'holds two addresses: give one' : refusing(parseTargetUrl)(text);
}

function findDnFault(text: string): string | undefined {
  if (/(?:^|,)\s*\w+=[^,\\]*[^,\\\s](?:DC|OU|CN)=/i.test(text))
    return 'has no comma between two of its parts: write DC=company,DC=org';
  return text.includes('=') ? refusing(parseDn)(text) : 'must be a DN such as OU=Staff,DC=company,DC=org';
}
