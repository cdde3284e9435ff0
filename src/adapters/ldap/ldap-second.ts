import { AndFilter, EqualityFilter, OrFilter } from 'ldapts';

import { BINARY_ATTRIBUTES, valuesOf } from '../../model/directory/entry.ts';
import type { Entry } from '../../model/directory/entry.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { LdapLogin } from './ldap-connection.ts';
import { translateSearchFailure } from './ldap-problems.ts';
import type { LdapQuery } from './ldap-query.ts';
import { readDomain, readSelected } from './ldap-reads.ts';
import { readEntry } from './ldap-search.ts';
import { openSession } from './ldap-session.ts';
import type { LdapSession } from './ldap-session.ts';
import type { SecondAnswer, SecondQuestion } from '../../model/directory/source.ts';

export interface SecondPlace {
  readonly first: LdapSession;
  /** Of the other domain controllers, tried in order. */
  readonly urls: readonly string[];
  readonly login: LdapLogin;
  readonly baseDn: string;
  readonly query: LdapQuery;
  readonly pageSize: number;
}

const KEYS_PER_SEARCH = 100;

/**
 * What the first of the other domain controllers that answers knows of the people in question: one that lags behind,
 * or was restored from an old state, disagrees. Null: there is no other one. Throws only if it holds another domain.
 */
export async function askSecondServer(place: SecondPlace, question: SecondQuestion): Promise<SecondAnswer | null> {
  try {
    if (place.urls.length === 0) return null;
    return await askServer(place, question);
  } catch (error) {
    const isAnswer = error instanceof ReconcileError && error.code !== 'SOURCE_BASE_MISSING';
    if (!isAnswer) throw error;
    return { server: null, why: error.message };
  }
}

async function askServer(place: SecondPlace, question: SecondQuestion): Promise<SecondAnswer> {
  const { urls, login, baseDn, first, pageSize } = place;
  const session = await openSession(urls, login, baseDn);
  const { server } = session.connection;
  try {
    await verifySameDomain(first, session);
    const { people, deleted, warnings = [] } = await readDomain(session, { attributes: question.attributes, pageSize });
    const found = people.filter(question.isMissing);
    return {
      server,
      people: found,
      deleted: deleted.filter(question.isMissing),
      selected: await readSelection(session, found, { ...place, ...question }),
      warnings: [...session.warnings, ...warnings],
    };
  } catch (error) {
    throw translateSearchFailure(error, server, 'answering about missing accounts');
  } finally {
    await session.connection.close();
  }
}

/**
 * Two forests may use one name; the security identifier of the domain tells them apart. Throws `SOURCE_BASE_MISSING`.
 */
export async function verifySameDomain(first: LdapSession, second: LdapSession): Promise<void> {
  const [one, other] = await Promise.all([readDomainId(first), readDomainId(second)]);
  if (one === other && one !== undefined) return;
  const names = `${first.connection.server} and ${second.connection.server}`;
  throw new ReconcileError('SOURCE_BASE_MISSING', `${names} belong to different domains`, {
    remedy: 'Name only domain controllers of one domain in urls.',
    problems: [first, second].map(({ connection, context }) => ({
      where: connection.server,
      what: `holds ${context}`,
    })),
  });
}

async function readDomainId({ connection, context }: LdapSession): Promise<string | undefined> {
  const head = await readEntry(connection, context, ['objectSid', 'objectGUID']);
  return head && [valuesOf(head, 'objectSid')[0], valuesOf(head, 'objectGUID')[0]].join();
}

/** By their keys, since in the other place a person may be under another name. */
async function readSelection(
  session: LdapSession,
  people: readonly Entry[],
  { baseDn, query, pageSize, keyAttribute, selectionAttributes, isMissing }: SecondPlace & SecondQuestion,
): Promise<readonly Entry[]> {
  const isBinary = BINARY_ATTRIBUTES.has(keyAttribute.toLowerCase());
  const values = people.flatMap((entry) => valuesOf(entry, keyAttribute).slice(0, 1));
  const selected: Entry[] = [];
  for (let start = 0; start < values.length; start += KEYS_PER_SEARCH) {
    const filters = values.slice(start, start + KEYS_PER_SEARCH).map((text) => {
      return new EqualityFilter({ attribute: keyAttribute, value: isBinary ? Buffer.from(text, 'base64') : text });
    });
    const filter = new AndFilter({ filters: [query.filter, new OrFilter({ filters })] });
    selected.push(...(await readSelected(session, { baseDn, filter, attributes: selectionAttributes, pageSize })));
  }
  return selected.filter(isMissing);
}
