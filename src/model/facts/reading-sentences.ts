import { phrase, wordsOf } from '../text/phrase.ts';
import { andOf } from '../text/grammar.ts';
import { sentence } from './sentence.ts';

export const UNIT_CURE =
  'To choose a unit, name it as baseDn, or use filters: [{ include: { attribute: distinguishedName, values: ["OU=Staff,DC=company,DC=org"] } }].';

/** What happened while sources were read. */
export const READING_SENTENCES = {
  'of-source': sentence({ source: 'text', what: 'fact' }, ({ source, what }) => phrase`Source ${source}: ${what}.`),
  'domain-not-read': sentence(
    { domain: 'text' },
    ({ domain }) => phrase`the directory refers to another domain, ${domain}; its accounts were not read`,
  ),
  'groups-unseen': sentence({}, () => phrase`no group of the domain can be seen by user`),
  'group-elsewhere': sentence(
    { group: 'text' },
    ({ group }) => phrase`the group ${group} of the query is in another domain; nobody checked that it exists`,
  ),
  'primary-group': sentence(
    { group: 'text', id: 'text' },
    ({ group, id }) =>
      phrase`${group} of the query is the primary group of most people. memberOf never holds it, so AD does not find them: use (primaryGroupID=${id})`,
  ),
  'deleted-unseen': sentence(
    { server: 'text' },
    ({ server }) =>
      phrase`${server} shows user no deleted entries, so who was deleted counts as unexplained. The right to list CN=Deleted Objects changes that`,
  ),
  'next-server-read': sentence({ why: 'text' }, ({ why }) => phrase`${why}; the next server was read`),
  'attribute-not-exported': sentence(
    { attribute: 'text' },
    ({ attribute }) => phrase`no entry in the files has ${attribute}: it may have been left out of the export`,
  ),
  'second-not-asked': sentence(
    { why: 'text' },
    ({ why }) => phrase`no second domain controller could be asked about missing accounts: ${why}`,
  ),
  'source-not-used': sentence(
    { source: 'text', why: 'fact', gives: 'texts' },
    ({ source, why, gives }) =>
      phrase`Source ${source} is not used: ${why}. What it gives (${andOf(gives)}) stays as it is.`,
  ),
  'asks-for-unit': sentence(
    { unit: 'text' },
    ({ unit }) => phrase`the query asks for ${unit} itself, which is no person. ${wordsOf(UNIT_CURE)}`,
  ),
  'asks-by-unit': sentence(
    { comparison: 'text' },
    ({ comparison }) => phrase`${comparison} of the query does not find the people of a unit. ${wordsOf(UNIT_CURE)}`,
  ),
  'file-missing': sentence({}, () => phrase`the file does not exist`),
  'age-unknown': sentence({ column: 'text' }, ({ column }) => phrase`${column} does not say when it was made`),
  'age-not-in-name': sentence({}, () => phrase`the name of the file does not say when it was made`),
  'too-old': sentence(
    { made: 'text', hours: 'count' },
    ({ made, hours }) => phrase`it was made at ${made}, and maxAge is ${hours} hours`,
  ),
  'never-made': sentence(
    { hours: 'count' },
    ({ hours }) => phrase`nobody knows when it was made, and maxAge is ${hours} hours`,
  ),
  'made-in-future': sentence(
    { made: 'text' },
    ({ made }) => phrase`it says that it was made at ${made}, which is in the future`,
  ),
} as const;
