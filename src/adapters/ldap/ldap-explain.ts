import { AndFilter, EqualityFilter, ExtensibleFilter, OrFilter } from 'ldapts';
import type { Filter } from 'ldapts';

import { normaliseDn } from '../../model/directory/distinguished-name.ts';
import type { SelectionAnswer } from '../../model/directory/source.ts';
import { IN_CHAIN } from './ldap-assertion.ts';
import type { LdapQuery, QueryPart } from './ldap-query.ts';
import { readAnswer } from './ldap-search.ts';
import type { LdapSession } from './ldap-session.ts';

export interface Explaining {
  readonly query: LdapQuery;
  readonly pageSize: number;
}

const DNS_PER_SEARCH = 100;

/**
 * Which parts of the query do not hold for entries that it does not select, by the server itself; and whether a group that a part
 * asks for says otherwise by its own `member`.
 */
export async function explainSelection(
  session: LdapSession,
  { query, pageSize }: Explaining,
  dns: readonly string[],
): Promise<readonly SelectionAnswer[]> {
  const answers = new Map(dns.map((dn) => [normaliseDn(dn), { dn, failing: [] as Failing[] }]));
  const waiting = [...answers.values()];
  for (let start = 0; start < waiting.length; start += DNS_PER_SEARCH) {
    const some = waiting.slice(start, start + DNS_PER_SEARCH);
    for (const part of query.parts) {
      const holding = await readHolding(session, part.filter, { dns: some.map(({ dn }) => dn), pageSize });
      const failing = some.filter(({ dn }) => !holding.has(normaliseDn(dn)));
      for (const answer of failing)
        answer.failing.push({
          text: part.text,
          groups: part.groupDns,
          namedBy: await findNaming(session, part, answer.dn),
        });
    }
  }
  return waiting;
}

type Failing = SelectionAnswer['failing'][number];

async function readHolding(
  { connection, context }: LdapSession,
  part: Filter,
  { dns, pageSize }: { readonly dns: readonly string[]; readonly pageSize: number },
): Promise<ReadonlySet<string>> {
  const filters = dns.map((value) => new EqualityFilter({ attribute: 'distinguishedName', value }));
  const filter = new AndFilter({ filters: [part, new OrFilter({ filters })] });
  const request = { base: context, scope: 'sub', filter, attributes: ['objectGUID'] } as const;
  const { entries } = await readAnswer(connection, request, { pageSize });
  return new Set(entries.map(({ dn }) => normaliseDn(dn)));
}

/** `member` and `memberOf` are two ends of one link, each with its own right to read. */
async function findNaming({ connection }: LdapSession, part: QueryPart, dn: string): Promise<readonly string[]> {
  const naming: string[] = [];
  const filter = part.text.includes(IN_CHAIN)
    ? new ExtensibleFilter({ matchType: 'member', rule: IN_CHAIN, value: dn })
    : new EqualityFilter({ attribute: 'member', value: dn });
  for (const group of part.groupDns) {
    const request = { base: group, scope: 'base', filter, attributes: ['objectGUID'] } as const;
    const { entries } = await readAnswer(connection, request, { pageSize: 1 });
    if (entries.length > 0) naming.push(group);
  }
  return naming;
}
