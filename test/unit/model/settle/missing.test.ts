import type { Fact } from '../../../../src/model/schema/generated/plan.ts';
import { fact, factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import type { OpenLine } from '../../../../src/model/desired/open-file.ts';
import type { ExcludedEntry, MappedAccount } from '../../../../src/model/mapping/mapped.ts';
import { accountKeyOf } from '../../../../src/model/account/key.ts';
import { formatGuid } from '../../../../src/model/directory/guid.ts';
import { judgeAbsences } from '../../../../src/model/settle/absences.ts';
import { explainAbsences } from '../../../../src/model/settle/evidence.ts';
import { settleMissing } from '../../../../src/model/settle/missing.ts';
import { buildRenames } from '../../../../src/model/change/renames.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import {
  configure,
  desiredFunctional,
  desiredUser,
  dnOf,
  entry,
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
  keyFor,
  mappedUser,
} from '../../../support/account-builder.ts';

const GUID = 'etpGAvXV3UuL5p49XaJ8kw==';
const KEY = accountKeyOf(formatGuid(GUID));
const NOW = new Date('2026-11-23T10:00:00.000Z');

interface Given {
  readonly options?: string;
  readonly key?: string | null;
  readonly unread?: readonly ExcludedEntry[];
  readonly unreadInDomain?: readonly ExcludedEntry[];
  readonly hasHiddenKeys?: boolean;
  readonly bootstrap?: boolean;
  readonly isExplained?: boolean;
  readonly disputed?: Fact | null;
  readonly unconfirmed?: readonly string[] | null;
  readonly now?: Date;
  readonly waiting?: readonly MappedAccount[];
  readonly open?: readonly OpenLine[];
}

/** Nobody knows who it is. */
const DISPUTED = fact('option-off', { option: 'dc2 has it' });

function detailOf(open: readonly { readonly detail: Fact }[]): string {
  return open.map(({ detail }) => factText(detail))[0] ?? '';
}

function unreadEntry(address: string): ExcludedEntry {
  const subject = 'CN=Unread,DC=x';
  const evidence = {
    source: 'office',
    lookup: 'selection',
    entry: subject,
    attribute: 'objectGUID',
    value: null,
  } as const;
  const exclusion = {
    source: 'office',
    subject,
    address,
    reason: 'no-key',
    detail: fact('no-guid', { attribute: 'objectGUID' }),
  } as const;
  return { key: null, effect: 'held', reason: null, evidence, exclusion };
}

function miss(existing: ExistingAccount, baseline: DesiredAccount | null, given: Given = {}) {
  const { options = '', key = keyFor('anna'), unread = [], bootstrap = false, isExplained = false } = given;
  const { disputed = null, unconfirmed = null } = given;
  const { unexplained } = judgeAbsences({
    configuration: configure(),
    now: NOW,
    missing: new Set(),
    excluded: [],
    domains: [],
  });
  const evidence = { source: 'office', lookup: 'deleted', entry: 'x', attribute: 'isDeleted', value: 'TRUE' } as const;
  return settleMissing({
    configuration: configure(options),
    index: indexOf(existing, existingUser('bas')),
    renames: buildRenames([]),
    missing: [{ key, baseline, existing }],
    absences: {
      explanations: isExplained ? new Map([[keyFor('anna'), { reason: 'deleted' as const, evidence }]]) : new Map(),
      unexplained,
      misjudged: new Map(),
      unread: new Map((given.unreadInDomain ?? []).map((one) => [one.exclusion.address ?? '', one])),
      hasHiddenKeys: given.hasHiddenKeys ?? false,
      disputed: new Map(disputed === null ? [] : [[keyFor('anna'), disputed]]),
      unconfirmed,
    },
    now: given.now ?? NOW,
    waiting: given.waiting ?? [],
    open: given.open ?? [],
    unread,
    bootstrap,
  });
}

describe('a missing user', () => {
  it('is suspended, and its file says so from now on', () => {
    const { changes, carried } = miss(existingUser('anna'), desiredUser('anna'), { isExplained: true });
    expect(changes).toMatchObject([
      { action: 'suspend', reason: 'deleted', after: { active: false }, before: { active: true } },
    ]);
    expect(carried).toEqual([desiredUser('anna', { active: false })]);
  });

  it('that is suspended already needs no change', () => {
    const { changes, carried } = miss(existingUser('anna', { active: false }), desiredUser('anna'));
    expect(changes).toEqual([]);
    expect(carried).toEqual([desiredUser('anna', { active: false })]);
  });

  it('is open while the domain has entries whose key cannot be read: it may be one of them', () => {
    const { changes, open } = miss(existingUser('anna'), desiredUser('anna'), { hasHiddenKeys: true });
    expect(changes).toEqual([]);
    expect(open).toMatchObject([
      { reason: 'unreadable', detail: { says: 'may-be-unread', with: { place: 'domain' } } },
    ]);
  });

  it('is unexplained if no source says anything', () => {
    expect(miss(existingUser('anna'), desiredUser('anna')).changes).toMatchObject([
      { reason: 'unexplained', evidence: { lookup: 'no-file', source: null } },
    ]);
  });

  it('is held back without an explanation if some entries could not be read', () => {
    const held = miss(existingUser('anna'), desiredUser('anna'), { unread: [unreadEntry('x@company.org')] });
    expect(held.changes).toEqual([]);
    expect(held.carried).toEqual([desiredUser('anna')]);
    expect(held.open.map(({ reason }) => reason)).toEqual(['unreadable']);
    const explained = miss(existingUser('anna'), desiredUser('anna'), {
      unread: [unreadEntry('x@company.org')],
      isExplained: true,
    });
    expect(explained.changes.length).toBe(1);
  });

  it('is told with the entry that has its address, where that entry has no key anybody can read', () => {
    const [told] = miss(existingUser('anna'), desiredUser('anna'), { unread: [unreadEntry('anna@company.org')] }).open;
    expect(told).toMatchObject({ reason: 'no-key', entry: 'CN=Unread,DC=x', keepsAccess: false });
    expect(told && factText(told.detail)).toBe(
      'objectGUID is no GUID of sixteen bytes. CN=Unread,DC=x has the address of this account',
    );
    const off = miss(existingUser('anna'), desiredUser('anna'), {
      unread: [{ ...unreadEntry('anna@company.org'), isInactive: true }],
    });
    expect(off.open).toMatchObject([{ reason: 'no-key', keepsAccess: true }]);
  });

  it('is told with the entry elsewhere in the domain that has its address, and whose key nobody can read', () => {
    const given = { unreadInDomain: [unreadEntry('anna@company.org')] };
    const { changes, open } = miss(existingUser('anna'), desiredUser('anna'), given);
    expect([changes, open.map(({ reason }) => reason)]).toEqual([[], ['no-key']]);
    expect(detailOf(open)).toBe(
      'objectGUID is no GUID of sixteen bytes. CN=Unread,DC=x, which is not selected, has the address of this account',
    );
    const others = miss(existingUser('anna'), desiredUser('anna'), { unreadInDomain: [unreadEntry('x@company.org')] });
    expect(others.changes).toMatchObject([{ action: 'suspend', reason: 'unexplained' }]);
  });

  it('that is suspended already is no question, whoever cannot be read', () => {
    const given = { unread: [unreadEntry('anna@company.org')] };
    const { changes, open, carried } = miss(existingUser('anna', { active: false }), desiredUser('anna'), given);
    expect([changes, open, carried]).toEqual([[], [], [desiredUser('anna', { active: false })]]);
    const options = 'users: { missing: delete }';
    const kept = miss(existingUser('anna', { active: false }), desiredUser('anna'), { ...given, options });
    expect([kept.changes, kept.open.length]).toEqual([[], 1]);
  });

  it('is held back if a second domain controller still selects it, whatever the first one says', () => {
    for (const isExplained of [false, true]) {
      const held = miss(existingUser('anna'), desiredUser('anna'), { isExplained, disputed: DISPUTED });
      expect([held.changes, held.carried]).toEqual([[], [desiredUser('anna')]]);
      expect(held.unconfirmed).toMatchObject([{ reason: 'servers-disagree', detail: DISPUTED }]);
      expect(held.open).toEqual(held.unconfirmed);
    }
  });

  it('is held back without an explanation if the second domain controller cannot be asked', () => {
    const given = { unconfirmed: ['dc2 is down'] };
    expect(miss(existingUser('anna'), desiredUser('anna'), given).unconfirmed).toHaveLength(1);
    const explained = miss(existingUser('anna'), desiredUser('anna'), { ...given, isExplained: true });
    expect([explained.changes.length, explained.unconfirmed.length]).toEqual([1, 0]);
    expect(miss(existingUser('anna', { active: false }), desiredUser('anna'), given).unconfirmed).toEqual([]);
  });

  it.each([
    [{ options: 'users: { missing: keep }' }, 'missing-kept'],
    [{ bootstrap: true }, 'bootstrap'],
  ])('is kept with %j, and told', (given, reason) => {
    const { changes, carried, exclusions } = miss(existingUser('anna'), desiredUser('anna'), given);
    expect([changes, carried]).toEqual([[], [desiredUser('anna')]]);
    expect(exclusions).toMatchObject([{ subject: 'anna@company.org', reason }]);
  });

  it.each([
    [true, 'deleted'],
    [false, 'not found any more'],
  ])('stays open, with both halves of the story, if a new entry has its address (deleted: %s)', (isExplained, half) => {
    const waiting = [mappedUser('new', { address: 'anna@company.org' })];
    for (const options of ['', 'users: { missing: delete }', 'users: { missing: keep }']) {
      const { changes, carried, open } = miss(existingUser('anna'), desiredUser('anna'), {
        options,
        isExplained,
        waiting,
      });
      expect([changes, carried]).toEqual([[], [desiredUser('anna')]]);
      expect(open).toMatchObject([{ reason: 'remade', keepsAccess: true, claimant: { key: keyFor('new') } }]);
      expect(detailOf(open)).toContain(half);
      expect(detailOf(open)).toContain('CN=new,OU=Staff,DC=company,DC=org');
    }
  });

  it('found nowhere has the days of grace, which count from the day that the branch knows', () => {
    const options = 'users: { unexplainedAfter: 3d }';
    const day = (date: string) => new Date(`${date}T10:00:00.000Z`);
    const line = { address: 'anna@company.org', kind: 'user', key: keyFor('anna'), keepsAccess: true } as const;
    const open: OpenLine[] = [{ ...line, reason: 'grace', since: '2026-11-20' }];
    const first = miss(existingUser('anna'), desiredUser('anna'), { options, now: day('2026-11-20') });
    expect([first.changes, first.open.map(({ reason }) => reason)]).toEqual([[], ['grace']]);
    const third = miss(existingUser('anna'), desiredUser('anna'), { options, open, now: day('2026-11-22') });
    expect([third.changes, third.open.map(({ reason }) => reason)]).toEqual([[], ['grace']]);
    const fourth = miss(existingUser('anna'), desiredUser('anna'), { options, open, now: day('2026-11-23') });
    expect([fourth.changes.map(({ reason }) => reason), fourth.open]).toEqual([['unexplained'], []]);
    const known = miss(existingUser('anna'), desiredUser('anna'), { options, isExplained: true });
    expect(known.changes.map(({ reason }) => reason)).toEqual(['deleted']);
  });

  it('is deleted only if the configuration says so, irreversibly and without a file', () => {
    const { changes, carried } = miss(existingUser('anna'), desiredUser('anna'), {
      options: 'users: { missing: delete }',
    });
    expect(changes).toMatchObject([
      {
        action: 'delete',
        before: { address: 'anna@company.org', fullName: 'anna', active: true },
        after: {},
      },
    ]);
    expect(carried).toEqual([]);
  });

  it('that was never managed has no file and no key', () => {
    const { changes, carried } = miss(existingUser('anna'), null, { key: null });
    expect(changes).toMatchObject([{ action: 'suspend', key: null, reason: 'unexplained' }]);
    expect(carried).toEqual([]);
  });

  it('has a file with the name it has in Zivver', () => {
    const renamed = existingUser('anna', { address: 'by-hand@company.org' });
    expect(miss(renamed, desiredUser('anna')).carried[0]?.address).toBe('by-hand@company.org');
  });
});

describe('a missing functional account', () => {
  const info = existingFunctional('info', { memberIds: [idFor('bas')] });

  it.each([
    ['keep', [], [desiredFunctional('info', { members: ['bas@company.org'] })]],
    ['empty', ['update'], [desiredFunctional('info', { members: [] })]],
    ['delete', ['delete'], []],
  ])('with missing: %s gives the changes %j', (rule, actions, carried) => {
    const baseline = desiredFunctional('info', { members: ['bas@company.org'] });
    const result = miss(info, baseline, { options: `functional: { missing: ${rule} }` });
    expect(result.changes.map(({ action }) => action)).toEqual(actions);
    expect(result.carried).toEqual(carried);
  });

  it('without members is not emptied again', () => {
    const empty = existingFunctional('info', { memberIds: ['nobody'] });
    expect(miss(empty, desiredFunctional('info'), { options: 'functional: { missing: empty }' }).changes).toEqual([]);
  });
});

describe('explainAbsences', () => {
  const configuration = configure();

  function explain(attributes: Record<string, string | string[]>, dn = dnOf('anna'), baseDn?: string) {
    const [source] = configuration.sources;
    if (source === undefined) throw new Error('no source');
    const configured = {
      ...source,
      ldif: { files: ['x'], ...(baseDn === undefined ? {} : { baseDn }) },
    } as typeof source;
    const person = entry(dn, {
      objectGUID: GUID,
      proxyAddresses: 'SMTP:anna@company.org',
      userAccountControl: '512',
      ...attributes,
    });
    const domains = [{ configured, people: [person], deleted: [] }];
    return explainAbsences({ configuration, now: NOW, excluded: [], domains }).get(KEY);
  }

  it.each([
    ['disabled', { userAccountControl: '514' }],
    ['expired', { accountExpires: '133000000000000000' }],
    ['address-removed', { proxyAddresses: [] }],
    ['address-removed', { proxyAddresses: 'SMTP:anna@partner.example' }],
    ['filtered', {}],
  ])('says %s of %j', (reason, attributes) => {
    expect(explain(attributes)).toMatchObject({ reason, evidence: { lookup: 'domain', entry: dnOf('anna') } });
  });

  it('says moved of somebody outside the base, and filtered of somebody below it', () => {
    expect(explain({}, 'CN=anna,OU=Away,DC=company,DC=org', 'OU=Staff,DC=company,DC=org')?.reason).toBe('moved');
    expect(explain({}, dnOf('anna'), 'OU=Staff,DC=company,DC=org')?.reason).toBe('filtered');
  });

  it('prefers what the living say to a tombstone, and the selection to both', () => {
    const [configured] = configuration.sources;
    if (configured === undefined) throw new Error('no source');
    const tombstone = entry('CN=anna\\0ADEL:x,CN=Deleted Objects,DC=company,DC=org', { objectGUID: GUID });
    const living = entry(dnOf('anna'), { objectGUID: GUID, userAccountControl: '514' });
    const evidence = {
      source: 'office',
      lookup: 'selection',
      entry: dnOf('anna'),
      attribute: 'filters',
      value: null,
    } as const;
    const exclusion = {
      source: 'office',
      subject: 'x',
      address: null,
      reason: 'filtered',
      detail: fact('option-off', { option: 'x' }),
    } as const;
    const left = { key: KEY, effect: 'leaves', reason: 'filtered', evidence, exclusion } as const;
    const say = (people: (typeof living)[], excluded: (typeof left)[]) =>
      explainAbsences({
        configuration,
        now: NOW,
        excluded,
        domains: [{ configured, people, deleted: [tombstone] }],
      }).get(KEY)?.reason;
    expect([say([], []), say([living], []), say([living], [left])]).toEqual(['deleted', 'disabled', 'filtered']);
  });

  it('says nothing of people it does not know', () => {
    expect(explainAbsences({ configuration, now: NOW, excluded: [], domains: [] }).size).toBe(0);
  });
});
