import type {
  Delegates,
  Groups,
  Mapping,
  SelectionFilter,
  SharedMailboxes,
  TextChange,
} from '../schema/generated/organisation.ts';
import type { SourceKind } from './source-kind.ts';
import type { YesNoWords } from './yes-no.ts';
import { COLUMN, type NameTemplate, parseNameTemplate } from './name-template.ts';

/** `mapping:` of a source with its defaults, in one form whatever spelling the configuration chose. */
export interface MappingRules {
  /** In order: the first that has a usable value counts. */
  readonly email: readonly string[];
  readonly fullName: readonly NameTemplate[];
  readonly accountKey: string;
  /** What accountKey named before; null: it did not change. */
  readonly formerAccountKey: string | null;
  /** What single sign-on sends; null: the value of accountKey. */
  readonly ssoKey: string | null;
  /** Steps that a name goes through before it counts. */
  readonly nameChanges: readonly TextChange[];
  readonly keyChanges: readonly TextChange[];
  /** Empty: mobile numbers in Zivver stay as they are. */
  readonly mobile: readonly string[];
  /** userAccountControl, or the column of a table that says yes or no; null: every row is active. */
  readonly active: string | null;
  /** Words of that column beside the common ones. */
  readonly activeWords: YesNoWords;
  /** `active`: a disabled user with a mailbox that is linked to an account of another forest is in use. */
  readonly linkedMailboxes: 'active' | 'disabled';
  /** Column of a table with further addresses; null: aliases come with the address, if at all. */
  readonly aliases: string | null;
  /** Column of a table with the addresses of members; null: members in Zivver stay as they are. */
  readonly members: string | null;
  /** Null: delegates in Zivver stay as they are. */
  readonly delegates: DelegateRule | null;
  /** Null: no functional accounts from groups. */
  readonly groups: GroupRules | null;
  readonly sharedMailboxes: SharedMailboxRule;
  /** What reviewers are told of a person → attribute. */
  readonly context: ContextRule;
}

export type ContextRule = Readonly<Partial<Record<'department' | 'title' | 'manager', string>>>;

export interface DelegateRule {
  readonly attribute: string;
  readonly by: 'dn' | 'name' | 'sAMAccountName' | 'userPrincipalName' | 'address';
  /** Null: every value is one person. */
  readonly separator: string | null;
}

export interface GroupRules {
  readonly filters: readonly SelectionFilter[];
  readonly email: readonly string[];
  readonly fullName: readonly NameTemplate[];
  readonly accountKey: string;
}

export interface SharedMailboxRule {
  /** `default`: nothing is configured, so they are users, and the review says so. */
  readonly as: 'functional' | 'exclude' | 'user' | 'default';
  /** Disabled users whom all of these fit are shared mailboxes too; null: only what Exchange marks. */
  readonly filters: readonly SelectionFilter[] | null;
}

/** Throws only if `findSourceFaults` would find something. */
export function buildMappingRules(
  given: Mapping = {},
  kind: SourceKind = 'ldap',
  ssoKey: string | null = null,
): MappingRules {
  const rules = buildRulesOf(given, kind);
  return kind === 'yaml' ? rules : { ...rules, ssoKey };
}

function buildRulesOf(given: Mapping, kind: SourceKind): MappingRules {
  if (kind === 'yaml') return buildTableRules({ email: 'address', fullName: 'fullName', accountKey: 'key' });
  return kind === 'csv' || kind === 'excel' ? buildTableRules(given) : buildDirectoryRules(given);
}

/** Nobody can guess what the columns of a table are called. */
function buildTableRules(given: Mapping): MappingRules {
  const columnOf = (name: string | undefined): string | null => (name === undefined || name === 'none' ? null : name);
  const { delegates = 'none' } = given;
  return {
    email: listOf(given.email ?? []),
    fullName: namesOf(given.fullName ?? [], COLUMN),
    accountKey: given.accountKey ?? '',
    formerAccountKey: given.formerAccountKey ?? null,
    ssoKey: null,
    ...changesOf(given),
    mobile: given.mobile === 'none' ? [] : listOf(given.mobile ?? []),
    active: columnOf(nameOfActive(given.active)),
    activeWords: typeof given.active === 'object' ? { yes: [], no: [], ...given.active } : NO_WORDS,
    linkedMailboxes: 'disabled',
    aliases: columnOf(given.aliases),
    members: columnOf(given.members),
    delegates:
      typeof delegates === 'string' && delegates !== 'none'
        ? { attribute: delegates, by: 'address', separator: null }
        : null,
    groups: null,
    sharedMailboxes: { as: 'user', filters: null },
    context: contextOf(given.context, {}),
  };
}

/** Of a table that adds properties: it names nobody, and its key is what its rows are matched by. */
export function buildJoinRules(given: Mapping = {}): MappingRules {
  return buildTableRules({ ...given, accountKey: given.match ?? '' });
}

function buildDirectoryRules(given: Mapping): MappingRules {
  return {
    email: listOf(given.email ?? 'proxyAddresses'),
    fullName: namesOf(given.fullName ?? 'name'),
    accountKey: given.accountKey ?? 'objectGUID',
    formerAccountKey: given.formerAccountKey ?? null,
    ssoKey: null,
    ...changesOf(given),
    mobile: given.mobile === 'none' ? [] : listOf(given.mobile ?? 'mobile'),
    active: 'userAccountControl',
    activeWords: NO_WORDS,
    linkedMailboxes: given.linkedMailboxes ?? 'disabled',
    aliases: null,
    members: null,
    delegates: delegatesOf(given.delegates ?? 'msExchDelegateListLink'),
    groups: groupsOf(given.groups ?? 'memberOf'),
    sharedMailboxes: sharedMailboxesOf(given.sharedMailboxes),
    context: contextOf(given.context, DIRECTORY_CONTEXT),
  };
}

const DIRECTORY_CONTEXT = { department: 'department', title: 'title', manager: 'manager' };

function contextOf(given: Mapping['context'], byDefault: ContextRule): ContextRule {
  return typeof given === 'string' ? {} : (given ?? byDefault);
}

function changesOf({ changes = {} }: Mapping): Pick<MappingRules, 'nameChanges' | 'keyChanges'> {
  return { nameChanges: changes.fullName ?? [], keyChanges: changes.accountKey ?? [] };
}

const NO_WORDS: YesNoWords = { yes: [], no: [] };

export function nameOfActive(given: Mapping['active']): string | undefined {
  return typeof given === 'object' ? given.attribute : given;
}

export function listOf(given: string | readonly string[]): readonly string[] {
  return typeof given === 'string' ? [given] : given;
}

function namesOf(given: string | readonly string[], name?: RegExp): readonly NameTemplate[] {
  return listOf(given).map((text) => {
    const parsed = parseNameTemplate(text, name);
    if ('fault' in parsed) throw new Error(parsed.fault);
    return parsed;
  });
}

function delegatesOf(given: Delegates): DelegateRule | null {
  if (given === 'none') return null;
  const { attribute, by = 'dn', separator = null } = typeof given === 'string' ? { attribute: given } : given;
  return { attribute, by, separator };
}

function groupsOf(given: Groups): GroupRules | null {
  if (given === 'none') return null;
  const { filters = [], email, fullName, accountKey = 'objectGUID' } = typeof given === 'string' ? {} : given;
  return {
    filters,
    email: listOf(email ?? ['proxyAddresses', 'mail']),
    fullName: namesOf(fullName ?? ['displayName', 'name', 'cn']),
    accountKey,
  };
}

/** The schema lets no other words through. */
function sharedMailboxesOf(given: SharedMailboxes | undefined): SharedMailboxRule {
  if (given === undefined) return { as: 'default', filters: null };
  if (typeof given === 'string') return { as: given as SharedMailboxRule['as'], filters: null };
  return given;
}
