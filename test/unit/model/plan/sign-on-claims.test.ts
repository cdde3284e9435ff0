import { describe, expect, it } from 'vitest';
import type { ExistingUser } from '../../../../src/model/account/account.ts';
import { LiveIndex } from '../../../../src/model/account/existing-index.ts';
import { buildExistingChange, type AttributePair, type Change } from '../../../../src/model/change/change.ts';
import { formatGuid } from '../../../../src/model/directory/guid.ts';
import type { SignOnBefore, SignOnMaking } from '../../../../src/model/ledger/sign-on-making.ts';
import { findSignOnClaims } from '../../../../src/model/plan/sign-on-claims.ts';
import { configure, existingUser, idFor, keyFor } from '../../../support/account-builder.ts';
import { guidOf } from '../../../support/mapping-builder.ts';

const BASE64: SignOnMaking = { keyFormat: 'base64', attributes: { office: 'objectGUID' } };
const GUID: SignOnMaking = { ...BASE64, keyFormat: 'guid' };
const REPLACED = ['objectGUID as base64', 'objectGUID as guid'] as const;
const UNTOLD = 'what becomes of the single sign-on key is not what the ledger and organisation.yaml give';
const MISSPELT = 'its single sign-on key is not spelt as sso.keyFormat says';

interface Given {
  readonly settings?: string;
  readonly source?: string;
  /** What the plan says: before and after. */
  readonly told?: readonly [string | null, string | null];
  readonly before?: Partial<Record<'set' | 'adopted', SignOnMaking>> & { isWithout?: boolean; isUnreadable?: boolean };
  readonly account?: Partial<ExistingUser>;
  readonly pair?: AttributePair;
  readonly ssoKey?: string | null;
  readonly parts?: Partial<Change>;
}

const ALIASES = { before: { aliases: [] }, after: { aliases: ['a.jansen@company.org'] } };
const ON = 'sso: { enabled: true, keyFormat: guid }\n';

/** A change that gives Anna an alias, and so sends her key again. */
function find(given: Given): string[] {
  const { settings = ON, source = '', told, before, account = {}, pair = ALIASES, parts = {} } = given;
  const { ssoKey = formatGuid(guidOf('anna')) } = given;
  const [was, is] = told ?? [];
  const change = buildExistingChange(
    {
      kind: 'user',
      key: keyFor('anna'),
      zivverId: idFor('anna'),
      address: 'anna@company.org',
      fullName: 'Anna',
      reason: 'attributes',
      evidence: { source: 'office', lookup: 'selection', entry: null, attribute: null, value: null },
      sealed: ssoKey !== null,
      ...parts,
    } as Parameters<typeof buildExistingChange>[0],
    told === undefined
      ? pair
      : ({ before: { ...pair.before, signOnKey: was }, after: { ...pair.after, signOnKey: is } } as AttributePair),
  );
  const user = { ...existingUser('anna'), ...account };
  const found = findSignOnClaims([change], {
    configuration: configure(`${settings}secrets: { recipients: [age1${'q'.repeat(58)}] }\n`, source),
    index: new LiveIndex({ users: [user], functional: [] }),
    signOnBefore: before === undefined ? null : historyOf(before),
    ssoKeys: new Map(ssoKey === null ? [] : [[change.id, ssoKey]]),
  });
  return found.map((claim) => claim.replace(`change ${change.id}: `, ''));
}

function historyOf({ set, adopted, isWithout, isUnreadable }: NonNullable<Given['before']>): SignOnBefore {
  const of = (making: SignOnMaking | undefined) => new Map(making === undefined ? [] : [[idFor('anna'), making]]);
  return {
    set: of(set),
    adopted: of(adopted),
    without: new Set(isWithout ? [idFor('anna')] : []),
    unreadable: new Set(isUnreadable ? [idFor('anna')] : []),
    makings: new Map([
      ['0002-aaaaaaaa', BASE64],
      ['0003-bbbbbbbb', GUID],
    ]),
  };
}

describe('a plan says of single sign-on keys what ledger and organisation.yaml give', () => {
  it.each<[string, Given]>([
    ['a key that is made as before', { before: { set: GUID } }],
    ['a key of which no apply knows', { before: {} }],
    ['keys that were never made otherwise', {}],
    ['a replaced key that is told', { before: { set: BASE64 }, told: REPLACED }],
    ['the key of an adopted account', { before: { adopted: BASE64 }, told: ['unknown', 'objectGUID as guid'] }],
    ['the first key of a new account', { before: { isWithout: true }, told: ['none sent', 'objectGUID as guid'] }],
    ['an account that stays suspended', { before: { set: BASE64 }, account: { active: false } }],
    ['people whom nothing updates', { before: { set: BASE64 }, settings: `${ON}users: { update: false }\n` }],
    [
      'an erased key that is told',
      { settings: '', before: { set: BASE64 }, ssoKey: null, told: ['objectGUID as base64', null] },
    ],
    [
      'a write without the extension',
      {
        settings: '',
        before: { set: BASE64 },
        ssoKey: null,
        pair: { before: { fullName: 'Anna' }, after: { fullName: 'Anne' } },
      },
    ],
    ['an account that is not there', { before: { set: BASE64 }, parts: { zivverId: idFor('bert') } }],
  ])('as of %s', (_what, given) => expect(find(given)).toEqual([]));

  it.each<[string, Given]>([
    ['a replaced key that is not told', { before: { set: BASE64 } }],
    ['a replaced key of an adopted account that is not told', { before: { adopted: BASE64 } }],
    ['a first key that is not told', { before: { isWithout: true } }],
    ['a replacement of another kind', { before: { set: BASE64 }, told: ['unknown', 'objectGUID as guid'] }],
    ['a replacement by another', { before: { set: BASE64 }, told: ['objectGUID as base64', 'mail'] }],
    ['a replacement that is none', { before: { set: GUID }, told: REPLACED }],
    ['an erased key that is not told', { settings: '', before: { set: BASE64 }, ssoKey: null }],
    [
      'the key of somebody who returns',
      {
        before: { set: BASE64 },
        account: { active: false },
        pair: { before: { active: false }, after: { active: true } },
      },
    ],
  ])('and is refused for %s', (_what, given) => expect(find(given)).toEqual([UNTOLD]));

  it('a replacement where nothing was ever made otherwise is refused', () =>
    expect(find({ told: REPLACED })).toEqual(['no single sign-on key is made otherwise than before']));

  it('a change that names no source of organisation.yaml may be of any', () => {
    const parts = { evidence: { source: 'elsewhere', lookup: 'selection', entry: null, attribute: null, value: null } };
    expect(find({ before: { set: BASE64 }, parts: parts as Partial<Change> })).toEqual([UNTOLD]);
    expect(find({ before: { set: GUID }, parts: parts as Partial<Change> })).toEqual([]);
  });
});

describe('of people of whom nobody says from which of two sources they are', () => {
  const parts = { evidence: { source: null, lookup: 'selection', entry: null, attribute: null, value: null } } as const;
  const source =
    '  - name: annex\n    csv: { file: annex.csv }\n    mapping: { email: mail, fullName: name, accountKey: number }';
  const annex = (attribute: string): SignOnMaking => ({
    ...GUID,
    attributes: { ...GUID.attributes, annex: attribute },
  });

  it('either may be right', () => {
    const given = { source, parts, before: { set: annex('other') } };
    expect(find(given)).toEqual([]);
    expect(find({ ...given, told: ['other as guid', 'number as guid'] })).toEqual([]);
    expect(find({ ...given, told: ['other as base64', 'number as guid'] })).toEqual([UNTOLD]);
  });

  it('a key is free to be a text if it may be one', () => {
    const free = '  - name: annex\n    ldif: { files: [annex.ldif] }\n    mapping: { accountKey: employeeID }';
    expect(find({ source: free, parts, ssoKey: guidOf('anna') })).toEqual([]);
    expect(find({ source, parts, ssoKey: guidOf('anna') })).toEqual([MISSPELT]);
    expect(find({ source: free, ssoKey: guidOf('anna') })).toEqual([MISSPELT]);
  });

  it('a rollback may send the key of either', () => {
    const evidence = { ...parts.evidence, lookup: 'nowhere', attribute: 'plan', value: '0003-bbbbbbbb' } as const;
    const given = { source, parts: { reason: 'rollback', evidence } as Partial<Change> };
    expect(find({ ...given, before: { set: annex('other') } })).toEqual([]);
  });
});

describe('a sealed key is spelt as sso.keyFormat says', () => {
  it.each<[string, string, string[]]>([
    ['guid', formatGuid(guidOf('anna')), []],
    ['guid', formatGuid(guidOf('anna')).toUpperCase(), [MISSPELT]],
    ['guid', guidOf('anna'), [MISSPELT]],
    ['base64', guidOf('anna'), []],
    ['base64', formatGuid(guidOf('anna')), [MISSPELT]],
    ['base64', 'S-1-5-21-1', []],
  ])('%s: %s', (keyFormat, ssoKey, claims) =>
    expect(find({ settings: `sso: { enabled: true, keyFormat: ${keyFormat} }\n`, ssoKey })).toEqual(claims),
  );

  it('a text of the directory goes as it is', () =>
    expect(
      find({ settings: 'sso: { enabled: true, keyFormat: guid, key: employeeID }\n', ssoKey: guidOf('anna') }),
    ).toEqual([]));
});

describe('a rollback sends the key that the plan it undoes had sent', () => {
  const of = (name: string): Partial<Change> => ({
    reason: 'rollback',
    evidence: { source: null, lookup: 'nowhere', entry: null, attribute: 'plan', value: name },
  });
  const ssoKey = guidOf('anna');

  it.each<[string, Given, string[]]>([
    ['if the account still has it', { before: { set: BASE64 }, parts: of('0002-aaaaaaaa'), ssoKey }, []],
    ['unless it got another since', { before: { set: GUID }, parts: of('0002-aaaaaaaa'), ssoKey }, [UNTOLD]],
    ['unless it has none any more', { before: { isWithout: true }, parts: of('0002-aaaaaaaa'), ssoKey }, [UNTOLD]],
    ['unless no such plan sent keys', { before: { set: BASE64 }, parts: of('0004-cccccccc'), ssoKey }, [UNTOLD]],
    [
      'and where nobody can say how it was made',
      { before: { isUnreadable: true }, parts: of('0004-cccccccc'), ssoKey },
      [],
    ],
    ['and no other than before where none is made otherwise', { parts: of('0002-aaaaaaaa'), ssoKey }, []],
    ['or none', { before: { set: GUID }, parts: of('0002-aaaaaaaa'), ssoKey: null }, []],
  ])('%s', (_when, given, claims) => expect(find(given)).toEqual(claims));
});
