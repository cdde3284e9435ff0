import type { Fact } from '../schema/generated/plan.ts';
import { fact } from '../facts/fact.ts';
import { foldCase } from './distinguished-name.ts';

/** Partitions that every domain refers to and that hold no people. */
const WITHOUT_PEOPLE = /^(?:cn=configuration|cn=schema|dc=domaindnszones|dc=forestdnszones),/;

/**
 * DNs of other domains to which the directory refers, sorted: their people are not in the answer. `urls` as the directory gives
 * them, e.g. `ldap://care.company.org/DC=care,DC=company,DC=org`.
 */
export function listReferredDomains(urls: readonly string[]): readonly string[] {
  const names = new Set(urls.map(partitionOf).filter((dn) => !WITHOUT_PEOPLE.test(foldCase(dn))));
  return [...names].sort();
}

/** One for each. */
export function buildReferralWarnings(domains: readonly string[]): readonly Fact[] {
  return domains.map((domain) => fact('domain-not-read', { domain }));
}

function partitionOf(url: string): string {
  const path = url.replace(/^ldaps?:\/\/[^/]*\/?/i, '').replace(/\?.*$/s, '');
  try {
    return decodeURIComponent(path) || url;
  } catch {
    return path;
  }
}
