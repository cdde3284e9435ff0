import type { Mapping, SourceConfiguration } from '../schema/generated/organisation.ts';
import type { GivenProperty } from './join-rules.ts';
import { isDirectory, isTable } from './source-kind.ts';

type Complain = (below: string, what: string) => void;

/** Rules of a source that joins another. `others`: all sources of the configuration. */
export function findJoinFaults(
  source: SourceConfiguration,
  others: readonly SourceConfiguration[],
  complain: Complain,
): void {
  if (source.joins === undefined) {
    for (const name of ['by', 'gives', 'maxAge'] as const)
      if (source[name] !== undefined)
        complain(`/${name}`, 'works only with joins: the name of the source that it adds to');
    for (const name of ['match', 'asOf'] as const)
      if (source.mapping?.[name] !== undefined)
        complain(`/mapping/${name}`, 'works only in a source that joins another');
    return;
  }
  if (!isTable(source)) complain('/joins', 'works only with csv and excel');
  if (source.by === undefined)
    complain('/by', 'say by what the rows belong to people: address, accountKey, userPrincipalName or sAMAccountName');
  if (source.gives === undefined)
    complain('/gives', 'say what the source gives: delegates, aliases, mobile or division');
  if (source.mapping?.match === undefined) complain('/mapping', 'needs match: the column that says whose a row is');
  findColumnFaults(source, complain);
  findAgeFaults(source, complain);
  findTargetFaults(source, others, complain);
}

const OF_A_JOIN: ReadonlySet<string> = new Set(['match', 'asOf', 'delegates', 'aliases', 'mobile']);

function findColumnFaults(
  { mapping = {}, gives = [], division, csv, excel }: SourceConfiguration,
  complain: Complain,
): void {
  for (const name of Object.keys(mapping) as (keyof Mapping)[])
    if (!OF_A_JOIN.has(name))
      complain(`/mapping/${name}`, 'a source that joins another identifies nobody; leave it out');
  for (const name of ['delegates', 'aliases', 'mobile'] as const) {
    if (gives.includes(name) === (mapping[name] !== undefined)) continue;
    if (gives.includes(name)) complain('/mapping', `gives ${name}, so it needs the column: mapping.${name}`);
    else complain(`/mapping/${name}`, `is not among gives; add ${name} to it, or leave it out`);
  }
  if (gives.includes('division') !== (division?.by === 'attribute'))
    complain(
      '/division',
      'to give division, write gives: [division] and division: { by: attribute, attribute: <column> }',
    );
  if ((csv ?? excel)?.accounts === 'functional')
    complain('/joins', 'rows that join people are no accounts; leave accounts out');
}

function findAgeFaults({ maxAge, mapping, csv, excel }: SourceConfiguration, complain: Complain): void {
  const isDated = mapping?.asOf !== undefined || FILE_DATE.test((csv ?? excel)?.file ?? '');
  if (maxAge !== undefined && !isDated)
    complain('/maxAge', 'nothing says how old the file is; map a column (mapping.asOf), or put the date in its name');
  if (mapping?.asOf !== undefined && maxAge === undefined) complain('/mapping/asOf', 'says nothing without maxAge');
}

/** In the name of a file: `rights-2026-11-30.csv`, `20261130.xlsx`. */
export const FILE_DATE = /(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)/;

function findTargetFaults(
  source: SourceConfiguration,
  others: readonly SourceConfiguration[],
  complain: Complain,
): void {
  const { joins, by, gives = [] } = source;
  const target = others.find(({ name }) => name === joins);
  if (target === undefined || target === source)
    return complain('/joins', `there is no other source named ${joins ?? ''}`);
  if (target.joins !== undefined) complain('/joins', `${target.name} joins a source itself; name that one`);
  const isLogin = by === 'userPrincipalName' || by === 'sAMAccountName';
  if (isLogin && !isDirectory(target)) complain('/by', `only a directory has ${by}; ${target.name} is none`);
  const delegates = target.mapping?.delegates;
  if (gives.includes('delegates') && delegates !== undefined && delegates !== 'none')
    complain('/gives', `delegates come from ${target.name} already; write mapping.delegates: none there`);
  const rivals = others.filter((other) => other !== source && other.joins === joins);
  const double = (name: GivenProperty): boolean => rivals.some((rival) => rival.gives?.includes(name) === true);
  for (const name of gives.filter(double)) complain('/gives', `another source gives ${name} to ${joins ?? ''} as well`);
}
