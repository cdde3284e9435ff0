import type { LdapConfiguration } from '../../../model/schema/generated/organisation.ts';
import { equals } from '../../../adapters/ldap/ldap-filters.ts';
import type { LdapConnection } from '../../../adapters/ldap/ldap-connection.ts';
import { resultCodeOf } from '../../../adapters/ldap/ldap-problems.ts';
import type { LdapQuery } from '../../../adapters/ldap/ldap-query.ts';
import { readAnswer } from '../../../adapters/ldap/ldap-search.ts';
import { buildDiagnosis, type Check, type CheckWriter } from '../check.ts';
import type { RootFacts } from './root-facts.ts';

interface PagePlace {
  readonly server: { readonly connection: LdapConnection; readonly root: RootFacts };
  readonly query: LdapQuery;
}

const DEFAULT_PAGE_SIZE = 1000;
/** Larger answers are not asked for, only compared with what the server says. */
const LARGEST_PROBE = 5000;

/** Compares pageSize with what the server's policy says, and with how many entries one page really holds. */
export async function checkPageSize(
  { server, query }: PagePlace,
  ldap: LdapConfiguration,
  write: CheckWriter,
): Promise<Check> {
  const asked = ldap.pageSize ?? DEFAULT_PAGE_SIZE;
  const limit = (await readPolicyLimit(server)) ?? (await observeLimit(server.connection, { ldap, query, asked }));
  if (limit === null || limit >= asked) {
    const told = limit === null ? '' : `; the server sends up to ${limit}`;
    return write.passed('source.pageSize', `${asked} entries a page${told}`);
  }
  const fix = `Write pageSize: ${limit}, or leave it out.`;
  const diagnosis = buildDiagnosis({ code: 'PAGE_SIZE_TOO_LARGE', error: 'SOURCE_INCOMPLETE' }, fix, [
    'reading is complete all the same: it goes on page by page',
  ]);
  return write.warned('source.pageSize', `${asked} is asked for, the server sends at most ${limit} a page`, diagnosis);
}

/** MaxPageSize of the domain's default query policy (MS-ADTS §3.1.1.3.4.6); null if it may not be read. */
async function readPolicyLimit({ connection, root }: PagePlace['server']): Promise<number | null> {
  if (root.configurationContext === null) return null;
  const filter = equals('objectClass', 'queryPolicy');
  const base = `CN=Query-Policies,CN=Directory Service,CN=Windows NT,CN=Services,${root.configurationContext}`;
  try {
    const request = { base, scope: 'sub', filter, attributes: ['lDAPAdminLimits'] } as const;
    const { entries } = await readAnswer(connection, request, { pageSize: 10 });
    const limits = entries.flatMap(({ attributes }) => attributes.get('ldapadminlimits') ?? []);
    const sizes = limits.flatMap((limit) => /^MaxPageSize=(\d+)$/i.exec(limit)?.[1] ?? []).map(Number);
    return sizes.length === 0 ? null : Math.min(...sizes);
  } catch (error) {
    if (resultCodeOf(error) === null) throw error;
    return null;
  }
}

/** A first page with fewer entries than asked for, and more to come, shows the limit; null if nothing shows. */
async function observeLimit(
  connection: LdapConnection,
  { ldap, query, asked }: { ldap: LdapConfiguration; query: LdapQuery; asked: number },
): Promise<number | null> {
  const size = Math.min(asked, LARGEST_PROBE);
  const request = { base: ldap.baseDn, scope: 'sub', filter: query.filter, attributes: ['1.1'] } as const;
  const { entries, cookie } = await connection.send({ ...request, page: { size, cookie: Buffer.alloc(0) } });
  const hasMore = (cookie?.length ?? 0) > 0;
  const count = entries.length;
  return hasMore && count > 0 && count < size ? count : null;
}
