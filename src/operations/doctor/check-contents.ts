import { factText } from '../../model/facts/fact.ts';
import type { Configuration, ConfiguredSource } from '../../model/configuration/configuration.ts';
import { buildDirectory, type Directory } from '../../model/directory/directory.ts';
import { valueOf, type Entry } from '../../model/directory/entry.ts';
import { isFilterMatch, selectEntry } from '../../model/directory/selection.ts';
import { findIdleUnits, findIdleValues, type IdleUnit } from '../../model/mapping/idle-filters.ts';
import { mapAccounts } from '../../model/mapping/map-accounts.ts';
import { sortOut } from '../../model/settle/sort-out.ts';
import { takeWhole } from '../../model/mapping/open-mapping.ts';
import { listMappedAttributes, type MappedAttribute } from '../../model/mapping/mapped-attributes.ts';
import { isDirectory, isTable } from '../../model/configuration/source-kind.ts';
import type { SourceSnapshot } from '../../model/directory/source.ts';
import { buildDiagnosis, type Check, type CheckId, type CheckWriter } from './check.ts';

export interface ContentsQuestion {
  readonly question: { readonly configuration: Configuration; readonly now: () => Date };
  readonly configured: ConfiguredSource;
  readonly snapshot: SourceSnapshot;
  /** Names, lower case, that the directory's schema does not have. */
  readonly unknown: ReadonlySet<string>;
  readonly write: CheckWriter;
}

/** A complete read: how many entries, which mapped attributes have values, what the filters do, how many accounts. */
export function checkContents(at: ContentsQuestion): readonly Check[] {
  const { snapshot, configured, write } = at;
  const directory = buildDirectory(snapshot.selected, snapshot.groups);
  const people = snapshot.selected.filter((entry) => selectEntry(entry, [], directory).verdict === 'person');
  const total = snapshot.selected.length;
  const others = total === people.length ? '' : `, ${total - people.length} other entries`;
  const pages = snapshot.kind === 'ldap' ? ` in ${snapshot.pages} pages` : '';
  const groups = `${people.length} people${others}, ${snapshot.groups.length} groups read completely${pages}`;
  const rows = `${total} ${snapshot.kind === 'yaml' ? 'accounts written by hand' : 'rows'}`;
  const read = write.passed('source.entries', isDirectory(configured) ? groups : rows);
  if (snapshot.kind === 'yaml') return [read, ...skipContents(write, 'not with yaml').slice(1, 3), checkAccounts(at)];
  return [
    read,
    ...namesOfMapping(configured).map((named) => checkAttribute(named, people, at)),
    ...checkFilters(at, people, directory),
    ...checkDivisions(at),
    checkAccounts(at),
  ];
}

const CONTENT_CHECKS: readonly CheckId[] = ['source.entries', 'source.attribute', 'source.filters', 'source.accounts'];

export function skipContents(write: CheckWriter, why: string): readonly Check[] {
  return CONTENT_CHECKS.map((id) => write.skipped(id, why));
}

/** Attributes that can be counted in people: a DN and groups are matched otherwise. */
export function namesOfMapping(configured: ConfiguredSource): readonly MappedAttribute[] {
  const isCounted = ({ use, attribute }: MappedAttribute): boolean =>
    use === 'groups' || !['distinguishedname', 'memberof'].includes(attribute.toLowerCase());
  return listMappedAttributes(configured).filter(isCounted);
}

function checkAttribute(named: MappedAttribute, people: readonly Entry[], at: ContentsQuestion): Check {
  const { unknown, configured } = at;
  const { use, attribute, isNeeded } = named;
  const write = at.write.on(`${use}: ${attribute}`);
  const count = people.filter((entry) => valueOf(entry, attribute) !== undefined).length;
  if (count > 0) return write.passed('source.attribute', `${count} of ${people.length} people have it`);
  const report = isNeeded ? write.failed : write.warned;
  const instead = insteadOf(named, configured);
  if (unknown.has(attribute.toLowerCase())) {
    const diagnosis = buildDiagnosis(
      { code: 'ATTRIBUTE_UNKNOWN', error: 'CONFIGURATION_INVALID' },
      `Correct the name in organisation.yaml (see: zivver-gitops attributes)${instead}.`,
    );
    return report('source.attribute', 'the directory’s schema has no such attribute', diagnosis);
  }
  if (isTable(configured)) {
    const fix = `Fill the column, or name one that has values${instead}.`;
    const diagnosis = buildDiagnosis({ code: 'ATTRIBUTE_EMPTY', error: 'SOURCE_IMPLAUSIBLE' }, fix);
    return report('source.attribute', 'the column is empty in every row', diagnosis);
  }
  const diagnosis = buildDiagnosis(
    { code: 'ATTRIBUTE_EMPTY', error: 'SOURCE_IMPLAUSIBLE' },
    `Let the account of user read ${attribute}, or name an attribute that has values${instead}.`,
    ['an attribute that user may not read looks exactly like one without values'],
  );
  const what = 'nobody has a value: it is empty everywhere, or user may not read it';
  return report('source.attribute', what, diagnosis);
}

/** What else could be written than this attribute. */
function insteadOf({ use }: MappedAttribute, configured: ConfiguredSource): string {
  const alike = namesOfMapping(configured).filter((named) => named.use === use);
  if (alike.length > 1 && use !== 'filters') return ', or take it out of the list';
  return ['mobile', 'delegates', 'groups'].includes(use) ? `, or write mapping.${use}: none` : '';
}

/** A misspelt group or unit in a filter selects nobody, or leaves out nobody, without an error. */
function checkFilters(
  { configured, snapshot, write }: ContentsQuestion,
  people: readonly Entry[],
  directory: Directory,
): readonly Check[] {
  const { filters = [] } = configured;
  if (filters.length === 0) return [write.passed('source.filters', 'none configured')];
  const idleValues = findIdleValues(configured, snapshot, directory);
  return filters.map((filter) => {
    const rule = filter.include ?? filter.exclude;
    const verb = filter.include === undefined ? 'exclude' : 'include';
    const { attribute = '', values = [] } = rule ?? {};
    const count = people.filter((entry) => isFilterMatch(entry, { attribute, values }, directory)).length;
    const about = write.on(`${verb} ${attribute}`);
    const what = `${count} of ${people.length} people match`;
    const idle = idleValues.filter(
      (one) => one.verb === verb && one.attribute === attribute && values.includes(one.value),
    );
    if (idle.length === 0) return about.passed('source.filters', what);
    const fix = 'Correct the values of the filter, or remove those that nobody has.';
    const details = idle.map((one) => `nobody matches ${one.value}: ${factText(one.why)}`);
    const diagnosis = buildDiagnosis({ code: 'FILTER_WITHOUT_EFFECT', error: 'CONFIGURATION_INVALID' }, fix, details);
    return about.warned('source.filters', what, diagnosis);
  });
}

function describeUnit({ dn, near }: IdleUnit): string {
  return `nobody is in ${dn}: ${near === undefined ? 'does the unit exist?' : `did you mean ${near}?`}`;
}

/** The same of a unit in the table of divisions. */
function checkDivisions({ configured, snapshot, write }: ContentsQuestion): readonly Check[] {
  return findIdleUnits(configured, snapshot).map((unit) => {
    const fix = 'Correct the unit in division.ou, or remove the row.';
    const diagnosis = buildDiagnosis({ code: 'FILTER_WITHOUT_EFFECT', error: 'CONFIGURATION_INVALID' }, fix, [
      describeUnit(unit),
    ]);
    return write.on(`division ${unit.division}`).warned('source.filters', 'nobody gets this division', diagnosis);
  });
}

function checkAccounts({ question, configured, snapshot, write }: ContentsQuestion): Check {
  const rules = { configuration: question.configuration, now: question.now() };
  const sources = [takeWhole({ configured, snapshot, lookedUp: [] }, rules)];
  const { users, active, functional, excluded } = sortOut(
    mapAccounts({ ...rules, sources, managedKeys: new Set() }),
  ).counts;
  const what = `${users} users (${active} active) and ${functional} functional accounts would come of it, ${excluded} entries are left out`;
  const isEnough = isDirectory(configured) ? users > 0 : users + functional > 0;
  if (isEnough) return write.passed('source.accounts', what);
  const fix = 'Look at the reasons with: zivver-gitops preview';
  return write.failed(
    'source.accounts',
    what,
    buildDiagnosis({ code: 'NO_ACCOUNTS', error: 'SOURCE_IMPLAUSIBLE' }, fix),
  );
}
