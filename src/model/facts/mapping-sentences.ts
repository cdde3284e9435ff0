import { andOf, countOf, orOf, someOf } from '../text/grammar.ts';
import { joinPhrases, phrase, type Phrase, wordsOf } from '../text/phrase.ts';
import { sentence } from './sentence.ts';

const NOBODY_KNOWS = wordsOf('nobody can tell whether the account is in use');

const DAMAGE = {
  'lost-letter': 'the sign � where a letter was lost',
  controls: 'control characters',
  'twice-encoded': 'letters like Ã© that were encoded twice',
  'dos-sign': 'a sign where a code page of DOS has a letter',
  'html-sign': 'a sign of HTML',
  'question-mark': 'a ? where a letter was lost',
  'cut-off': 'no end: it was cut off',
  unseen: 'characters that nobody sees',
} as const;

export type Damage = keyof typeof DAMAGE;

const DAMAGES = Object.keys(DAMAGE) as Damage[];

const GUID_FAULTS = {
  'not-hex': 'is not written in hex digits, two a byte',
  'hex-or-decimal': 'is a list of bytes; nobody can tell whether they are hex or decimal',
  'guid-or-bytes': 'has 32 hex digits; nobody can tell whether they are a GUID without dashes or its bytes',
  'looks-like': 'looks like a GUID and is none',
} as const;

export type GuidFault = keyof typeof GUID_FAULTS;

const PHONE_FAULTS = {
  several: 'two numbers, and nobody can tell which one is meant',
  remark: 'the number has a remark',
  'not-a-number': 'not a phone number',
  extension: 'it has an extension',
  invalid: 'no such number',
  'not-mobile': 'not a mobile number, so it cannot receive the login code',
  'machine-number': 'a number for machines',
} as const;

const ALIAS_FAULTS = {
  unusable: 'not an e-mail address that Zivver can use',
  'one-of-several': 'one of several addresses',
  'one-of-primaries': 'one of several primary addresses (SMTP: in capitals)',
} as const;

export type AliasFault = keyof typeof ALIAS_FAULTS;

/** Why an entry gets no account, and why a value is left out of one. */
export const MAPPING_SENTENCES = {
  'not-claimed': sentence({ address: 'text' }, ({ address }) => phrase`${address} is not in a claimed domain`),
  'only-alias-claimed': sentence(
    { address: 'text', alias: 'text' },
    ({ address, alias }) => phrase`${address} is not in a claimed domain, but its alias ${alias} is`,
  ),
  'no-usable-address': sentence({ whys: 'facts', seen: 'texts' }, ({ whys, seen }) => {
    const why = whys.length === 0 ? phrase`no e-mail address` : joinPhrases(whys, ', and ');
    return seen.length === 0 ? why : phrase`${why}: ${andOf(seen)}`;
  }),
  empty: sentence({ attribute: 'text' }, ({ attribute }) => phrase`${attribute} is empty`),
  'not-an-address': sentence({ attribute: 'text' }, ({ attribute }) => phrase`${attribute} is not an e-mail address`),
  'several-values': sentence(
    { attribute: 'text', count: 'count' },
    ({ attribute, count }) =>
      phrase`${attribute} has ${countOf(count, 'value', 'values')}, and a directory keeps them in no order`,
  ),
  'several-primaries': sentence(
    { attribute: 'text' },
    ({ attribute }) => phrase`${attribute} has several primary addresses`,
  ),
  'primary-unusable': sentence(
    { attribute: 'text' },
    ({ attribute }) => phrase`the primary address in ${attribute} is none that Zivver can use`,
  ),
  'no-primary': sentence(
    { attribute: 'text' },
    ({ attribute }) => phrase`${attribute} has no primary address (SMTP: in capitals)`,
  ),
  'mail-only': sentence(
    { attribute: 'text', mail: 'text' },
    ({ attribute, mail }) =>
      phrase`${attribute} has no value that can be read, but mail is ${mail}. A lost right to read looks like this`,
  ),
  'alias-unusable': sentence(
    { value: 'text', why: Object.keys(ALIAS_FAULTS) as AliasFault[] },
    ({ value, why }) => phrase`${value}: ${wordsOf(ALIAS_FAULTS[why])}`,
  ),
  'empty-or-unread': sentence(
    { attribute: 'text' },
    ({ attribute }) => phrase`${attribute} is empty or may not be read`,
  ),
  'no-guid': sentence({ attribute: 'text' }, ({ attribute }) => phrase`${attribute} is no GUID of sixteen bytes`),
  'no-text': sentence({ attribute: 'text' }, ({ attribute }) => phrase`${attribute} has bytes that are no text`),
  placeholder: sentence(
    { attribute: 'text', value: 'text' },
    ({ attribute, value }) => phrase`${attribute} is ${value}, which stands for no value`,
  ),
  'placeholder-guid': sentence(
    { attribute: 'text' },
    ({ attribute }) => phrase`${attribute} is the GUID that stands for no value`,
  ),
  damaged: sentence({ attribute: 'text', damage: DAMAGES, sign: 'text?' }, ({ attribute, damage, sign }) => {
    const which = sign === undefined ? [] : phrase` (${sign})`;
    return phrase`${attribute} has ${wordsOf(DAMAGE[damage])}${which}`;
  }),
  'guid-unclear': sentence(
    { attribute: 'text', fault: Object.keys(GUID_FAULTS) as GuidFault[] },
    ({ attribute, fault }) => phrase`${attribute} ${wordsOf(GUID_FAULTS[fault])}`,
  ),
  'guid-length': sentence(
    { attribute: 'text', bytes: 'count' },
    ({ attribute, bytes }) => phrase`${attribute} has ${countOf(bytes, 'byte', 'bytes')}, and a GUID has 16`,
  ),
  'who-unknown': sentence({ why: 'fact' }, ({ why }) => phrase`${why}, so nobody can tell who this is`),
  'sign-on-unknown': sentence({ why: 'fact' }, ({ why }) => phrase`the single sign-on key cannot be told: ${why}`),
  'state-neither': sentence(
    { attribute: 'text' },
    ({ attribute }) => phrase`${attribute} says neither yes nor no, so ${NOBODY_KNOWS}`,
  ),
  'state-several': sentence(
    { attribute: 'text', values: 'texts' },
    ({ attribute, values }) =>
      phrase`${attribute} has ${countOf(values.length, 'value', 'values')} (${andOf(values)}), so ${NOBODY_KNOWS}`,
  ),
  'state-unread': sentence(
    { attribute: 'text' },
    ({ attribute }) => phrase`${attribute} is empty or may not be read, so ${NOBODY_KNOWS}`,
  ),
  'state-no-time': sentence(
    { attribute: 'text' },
    ({ attribute }) => phrase`${attribute} is no time as the directory writes it, so ${NOBODY_KNOWS}`,
  ),
  'name-empty': sentence({ names: 'texts' }, ({ names }) => phrase`no name: ${orOf(names)} is empty`),
  'name-long': sentence(
    { names: 'texts', most: 'count' },
    ({ names, most }) => phrase`${orOf(names)}: longer than ${most} characters`,
  ),
  'name-no-text': sentence(
    { names: 'texts' },
    ({ names }) => phrase`${orOf(names)}: bytes that are not UTF-8, so no name`,
  ),
  'name-placeholder': sentence(
    { names: 'texts', value: 'text' },
    ({ names, value }) => phrase`${orOf(names)}: ${value} stands for no name`,
  ),
  'name-damaged': sentence({ names: 'texts', damage: DAMAGES, sign: 'text?' }, ({ names, damage, sign }) => {
    const which = sign === undefined ? [] : phrase` (${sign})`;
    return phrase`${orOf(names)} has ${wordsOf(DAMAGE[damage])}${which}; correct it in the source`;
  }),
  'phones-unusable': sentence({ faults: 'facts' }, ({ faults }) => joinPhrases(faults, '; ')),
  'phone-unusable': sentence(
    { attribute: 'text', why: Object.keys(PHONE_FAULTS) as (keyof typeof PHONE_FAULTS)[] },
    ({ attribute, why }) => phrase`${attribute} is left out: ${wordsOf(PHONE_FAULTS[why])}`,
  ),
  'numbers-differ': sentence(
    { count: 'count' },
    ({ count }) =>
      phrase`${countOf(count, 'row has another number', 'rows have other numbers')}, and nobody can tell which one is meant`,
  ),
  'divisions-differ': sentence(
    { count: 'count' },
    ({ count }) =>
      phrase`${countOf(count, 'row names another division', 'rows name other divisions')}, and nobody can tell which one is meant`,
  ),
  'delegate-left-out': sentence(
    { who: 'text', why: 'fact' },
    ({ who, why }) => phrase`delegate ${who} is left out: ${why}`,
  ),
  'member-left-out': sentence(
    { who: 'text', why: 'fact' },
    ({ who, why }) => phrase`member ${who} is left out: ${why}`,
  ),
  'left-out-of-column': sentence(
    { value: 'text', column: 'text', why: ['no-address', 'nobody'] },
    ({ value, column, why }) =>
      phrase`${value} in ${column} is left out: ${wordsOf(why === 'nobody' ? 'nobody has this name' : 'not an e-mail address')}`,
  ),
  'only-people': sentence(
    { what: ['mailbox', 'functional'] },
    ({ what }) =>
      phrase`it is ${wordsOf(what === 'mailbox' ? 'the mailbox of several people or of a room' : 'a functional account')}, and only people are members`,
  ),
  'group-without-accounts': sentence({}, () => phrase`the group has nobody in it who has an account`),
  'has-no-address': sentence({}, () => phrase`it has no e-mail address`),
  'account-inactive': sentence({ state: ['disabled', 'expired'], address: 'text?' }, ({ state, address }) => {
    const whose = address === undefined ? [] : phrase` of ${address}`;
    return phrase`the account${whose} is ${wordsOf(state)}`;
  }),
  'no-such-entry': sentence({}, () => phrase`no such entry, or it may not be read`),
  'name-shared': sentence(
    { entries: 'texts' },
    ({ entries }) => phrase`${countOf(entries.length, 'entry has', 'entries have')} this name: ${andOf(entries)}`,
  ),
  'several-claim': sentence({}, () => phrase`several entries claim this address`),
  'no-account': sentence({}, () => phrase`it has no Zivver account`),
  'row-of-nobody': sentence(
    { by: 'text', value: 'text', source: 'text' },
    ({ by, value, source }) => phrase`${by} ${value}: nobody of ${source} who has an account`,
  ),
  'row-unnamed': sentence(
    { column: 'text', source: 'text' },
    ({ column, source }) => phrase`${column} is empty: nobody of ${source} who has an account`,
  ),
  'row-of-renamed': sentence(
    { by: 'text', value: 'text', source: 'text', entries: 'texts', gives: 'texts' },
    ({ by, value, source, entries, gives }) =>
      phrase`${by} ${value}: nobody of ${source} who has an account has this name now. It is an address of ${andOf(entries)}. What the table gives (${andOf(gives)}) stays there as it is until the next export`,
  ),
  'row-of-several': sentence(
    { by: 'text', value: 'text', entries: 'texts' },
    ({ by, value, entries }) =>
      phrase`${by} ${value} fits ${countOf(entries.length, 'account', 'accounts')}: ${andOf(entries)}`,
  ),
  'members-unread': sentence(
    {},
    () =>
      phrase`nobody in the source has memberOf and no group has member, so nobody can say who is in the group. Members in Zivver stay as they are`,
  ),
  'members-differ': sentence({ named: 'texts', unnamed: 'texts' }, ({ named, unnamed }) => {
    const halves: Phrase[] = [
      ...(named.length === 0
        ? []
        : [phrase`member of the group has ${someOf(named, 10, 'and')}, whose own memberOf does not have it`]),
      ...(unnamed.length === 0
        ? []
        : [phrase`memberOf of ${someOf(unnamed, 10, 'and')} has the group, whose own member does not`]),
    ];
    return phrase`${joinPhrases(halves, '; ')}. Whoever of them is a member in Zivver stays one, and nobody becomes one`;
  }),
  'group-without-address': sentence({}, () => phrase`the group has no usable e-mail address`),
} as const;
