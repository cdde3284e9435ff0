import type { ExistingAccounts } from '../../../model/account/target.ts';
import { domainOf } from '../../../model/directory/mail-address.ts';
import { buildDiagnosis, type Check, type CheckWriter } from '../check.ts';

/**
 * Compares claimedDomains with the domains of existing primary addresses. Zivver gives accounts to claimed domains only, so
 * an account in a domain that is not listed contradicts the list; together with a listed domain that nobody uses it is
 * most likely a misspelling, which would leave everybody of that domain out.
 */
export function checkDomains(
  { users, functional }: ExistingAccounts,
  claimed: readonly string[],
  write: CheckWriter,
): Check {
  const counts = new Map<string, number>();
  for (const { address } of [...users, ...functional]) {
    const domain = domainOf(address);
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  if (counts.size === 0) return write.skipped('zivver.domains', 'Zivver has no accounts to compare with');
  const unlisted = [...counts].filter(([domain]) => !claimed.includes(domain)).sort(([, a], [, b]) => b - a);
  const unused = claimed.filter((domain) => !counts.has(domain));
  const details = [
    ...unlisted.map(([domain, count]) => `not listed, but ${count} existing accounts are in it: ${domain}`),
    ...unused.map((domain) => `listed, but no existing account is in it: ${domain}`),
  ];
  if (details.length === 0) return write.passed('zivver.domains', `${claimed.join(', ')}: all in use`);
  if (unlisted.length === 0) {
    const fix = 'Check the spelling in zivver.claimedDomains, or leave the domain out if it is not claimed yet.';
    const what = `${unused.length} of ${claimed.length} listed domains are in no existing address`;
    return write.warned(
      'zivver.domains',
      what,
      buildDiagnosis({ code: 'DOMAINS_UNUSED', error: 'CONFIGURATION_INVALID' }, fix, details),
    );
  }
  const accounts = unlisted.reduce((sum, [, count]) => sum + count, 0);
  const what = `${accounts} existing accounts are in domains that are not listed`;
  const fix = 'Correct zivver.claimedDomains: people in a domain that is not listed get no account, or lose it.';
  if (unused.length > 0) {
    const diagnosis = buildDiagnosis({ code: 'DOMAINS_CONTRADICTED', error: 'CONFIGURATION_INVALID' }, fix, details);
    return write.failed('zivver.domains', `${what}, and listed ones are not in use`, diagnosis);
  }
  return write.warned(
    'zivver.domains',
    what,
    buildDiagnosis({ code: 'DOMAINS_UNLISTED', error: 'CONFIGURATION_INVALID' }, fix, details),
  );
}

/** Every plan is refused while a listed administrator is missing or suspended. */
export function checkAdministrators(
  { users }: ExistingAccounts,
  administrators: readonly string[],
  write: CheckWriter,
): Check {
  if (administrators.length === 0) return write.passed('zivver.administrators', 'none listed as protected');
  const active = new Set(users.filter((user) => user.active).map(({ address }) => address));
  const missing = administrators.filter((address) => !active.has(address.toLowerCase()));
  if (missing.length === 0) return write.passed('zivver.administrators', `${administrators.length} listed, all active`);
  const fix = 'Correct protected.administrators, or activate the account in Zivver: plans are refused without it.';
  const details = missing.map((address) => `missing or suspended: ${address}`);
  const diagnosis = buildDiagnosis({ code: 'ADMINISTRATOR_MISSING', error: 'PLAN_PROTECTED' }, fix, details);
  return write.failed('zivver.administrators', `${missing.length} of ${administrators.length} not active`, diagnosis);
}
