import { fact, factText } from '../../../../src/model/facts/fact.ts';
import { buildOpen } from '../../../support/plan-builder.ts';
import { describe, expect, it } from 'vitest';
import { accountKeyOf } from '../../../../src/model/account/key.ts';
import { formatGuid } from '../../../../src/model/directory/guid.ts';
import { normaliseDn } from '../../../../src/model/directory/distinguished-name.ts';
import { judgeAbsences, type AskedDomain } from '../../../../src/model/settle/absences.ts';
import { evidenceAttributes } from '../../../../src/model/settle/evidence.ts';
import { refuseUnconfirmed } from '../../../../src/model/settle/unconfirmed.ts';
import type { SecondAnswer } from '../../../../src/model/directory/source.ts';
import { configure, dnOf, entry } from '../../../support/account-builder.ts';

const GUID = 'etpGAvXV3UuL5p49XaJ8kw==';
const KEY = accountKeyOf(formatGuid(GUID));
const NOW = new Date('2026-11-23T10:00:00.000Z');
const configuration = configure();
const anna = (attributes: Record<string, string> = {}) =>
  entry(dnOf('anna'), {
    objectGUID: GUID,
    objectClass: 'user',
    name: 'Anna',
    proxyAddresses: 'SMTP:anna@company.org',
    userAccountControl: '512',
    ...attributes,
  });
const answer = (parts: Partial<Extract<SecondAnswer, { server: string }>>): SecondAnswer => ({
  server: 'dc2:636',
  people: [],
  deleted: [],
  selected: [],
  warnings: [],
  ...parts,
});

function judge(second: SecondAnswer | null, first: Partial<AskedDomain> = {}) {
  const [configured] = configuration.sources;
  if (configured === undefined) throw new Error('no source');
  const read = { server: 'dc1:636', baseDn: 'DC=company,DC=org', selected: [], groups: [], pages: 1, warnings: [] };
  const snapshot = { ...read, name: configured.name, kind: 'ldap' } as const;
  const domain = {
    configured,
    snapshot,
    people: [],
    deleted: [],
    warnings: [fact('deleted-unseen', { server: 'hidden' })],
    second,
    ...first,
  };
  return judgeAbsences({ configuration, now: NOW, missing: new Set([KEY]), excluded: [], domains: [domain] });
}

describe('the query, asked why it does not select somebody', () => {
  const query = '(&(objectClass=user)(memberOf=CN=Zivver,DC=company,DC=org))';
  const [office] = configuration.sources;
  if (office === undefined) throw new Error('no source');
  const part = (text: string, namedBy: string[] = []) => ({ text, groups: ['CN=Zivver,DC=company,DC=org'], namedBy });
  const asked = (...failing: ReturnType<typeof part>[]) => {
    const selection = new Map([[normaliseDn(dnOf('anna')), { dn: dnOf('anna'), failing }]]);
    return judge(null, { configured: { ...office, query }, people: [anna()], selection });
  };

  it('names the part that does not hold', () => {
    const { explanations, misjudged } = asked(part('(memberOf=CN=Zivver,DC=company,DC=org)'));
    expect(explanations.get(KEY)).toMatchObject({
      reason: 'filtered',
      evidence: { attribute: 'query', value: '(memberOf=CN=Zivver,DC=company,DC=org)', entry: dnOf('anna') },
    });
    expect(misjudged.size).toBe(0);
  });

  it('is not believed where the group has the person by its own member', () => {
    const contradicted = part('(memberOf=CN=Zivver,DC=company,DC=org)', ['CN=Zivver,DC=company,DC=org']);
    expect(asked(contradicted).misjudged.get(KEY)?.says).toBe('membership-unread');
    expect(asked(contradicted, part('(sn=A)')).misjudged.size).toBe(0);
  });

  it('that would select the person now says nothing of leaving', () => {
    expect(asked().misjudged.get(KEY)).toEqual(fact('query-holds', { entry: dnOf('anna') }));
  });

  it('has nothing to say of who is disabled', () => {
    const selection = new Map([[normaliseDn(dnOf('anna')), { dn: dnOf('anna'), failing: [] }]]);
    const { misjudged, explanations } = judge(null, { people: [anna({ userAccountControl: '514' })], selection });
    expect([misjudged.size, explanations.get(KEY)?.reason]).toEqual([0, 'disabled']);
  });
});

describe('an entry of the domain whose key nobody can read', () => {
  const unreadable = { objectGUID: 'etpGAvXV3UuL5p49XaJ8', proxyAddresses: 'SMTP:anna@company.org' };

  it('is known by each of its addresses', () => {
    const { unread, explanations } = judge(null, { people: [anna(unreadable)] });
    expect(explanations.size).toBe(0);
    expect([...unread].map(([address, { exclusion, isInactive }]) => [address, exclusion.subject, isInactive])).toEqual(
      [['anna@company.org', dnOf('anna'), undefined]],
    );
    const disabled = judge(null, { people: [anna({ ...unreadable, userAccountControl: '514' })] });
    expect(disabled.unread.get('anna@company.org')?.isInactive).toBe(true);
    expect(judge(null, { people: [anna()] }).unread.size).toBe(0);
  });

  it('may be anybody, if the key is one that every entry has', () => {
    const [office] = configuration.sources;
    if (office === undefined) throw new Error('no source');
    const numbered = { ...office, mapping: { ...office.mapping, accountKey: 'employeeID' } };
    const people = [anna(unreadable)];
    expect(judge(null, { people }).hasHiddenKeys).toBe(true);
    expect(judge(null, { people: [anna()] }).hasHiddenKeys).toBe(false);
    expect(judge(null, { people, configured: numbered }).hasHiddenKeys).toBe(false);
  });
});

describe('a second domain controller', () => {
  it('that still selects an active person disputes the absence, whatever the first one says', () => {
    const second = answer({ people: [anna()], selected: [anna()] });
    expect([...judge(second).disputed.keys()]).toEqual([KEY]);
    expect([...judge(second, { people: [anna({ userAccountControl: '514' })] }).disputed.keys()]).toEqual([KEY]);
  });

  it('that selects a person who is disabled there disputes nothing and gives the reason', () => {
    const disabled = anna({ userAccountControl: '514' });
    const { disputed, explanations } = judge(answer({ people: [disabled], selected: [disabled] }));
    expect(disputed.size).toBe(0);
    expect(explanations.get(KEY)).toMatchObject({
      reason: 'disabled',
      evidence: { servers: ['dc1:636', 'dc2:636'] },
    });
  });

  it('does not overrule the reason of the first one', () => {
    const second = answer({ people: [anna({ userAccountControl: '514' })] });
    expect(judge(second, { people: [anna()] }).explanations.get(KEY)?.reason).toBe('filtered');
  });

  it('that knows nothing of the person either makes the absence a finding of both', () => {
    const { explanations, unexplained, unconfirmed, notes } = judge(
      answer({ warnings: [fact('next-server-read', { why: 'dc3 is down' })] }),
    );
    expect([explanations.size, unconfirmed]).toEqual([0, null]);
    expect(unexplained.evidence).toMatchObject({ lookup: 'no-file', servers: ['dc1:636', 'dc2:636'] });
    expect(notes.map((note) => /hidden|dc3/.exec(factText(note))?.[0])).toEqual(['hidden', 'dc3']);
  });

  it('that cannot be asked confirms nothing, and the review says why', () => {
    const { unconfirmed, unexplained, notes } = judge({ server: null, why: 'dc2 is down' });
    expect(unconfirmed).toEqual(['dc2 is down']);
    expect(unexplained.evidence.servers).toEqual(['dc1:636']);
    expect(notes.map(factText).join()).toContain('dc2 is down');
  });

  it('that is not configured is not missed', () => {
    const { unconfirmed, disputed } = judge(null);
    expect([unconfirmed, disputed.size]).toEqual([null, 0]);
    expect(judge(null, { people: [anna()] }).notes).toEqual([]);
  });
});

describe('accounts that nobody confirms to be missing', () => {
  const heldBack = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const {
        since: _since,
        isNew: _isNew,
        ...draft
      } = buildOpen({
        address: `person.${index}@company.org`,
        reason: 'unconfirmed',
      });
      return draft;
    });

  it.each([
    [2, 100, false],
    [3, 100, true],
    [5, 500, false],
    [6, 500, true],
  ])('%i of %i are refused: %s', (count, activeManaged, isRefused) => {
    const refuse = (): void => refuseUnconfirmed(heldBack(count), configuration, { activeManaged });
    if (!isRefused) expect(refuse).not.toThrow();
    else expect(refuse).toThrow(expect.objectContaining({ code: 'SOURCE_IMPLAUSIBLE' }));
  });
});

describe('a shared mailbox that is not selected any more', () => {
  it.each([
    ['functional', '4', 'filtered'],
    ['functional', '1', 'disabled'],
    ['user', '4', 'disabled'],
  ])('as %s of type %s is missing because it is %s: it is disabled all its life', (as, type, reason) => {
    const [configured] = configure('', `    mapping: { sharedMailboxes: ${as} }`).sources;
    if (configured === undefined) throw new Error('no source');
    const mailbox = anna({ userAccountControl: '514', msExchRecipientTypeDetails: type });
    expect(judge(null, { configured, people: [mailbox] }).explanations.get(KEY)?.reason).toBe(reason);
    expect(evidenceAttributes(configured)).toContain('msExchRecipientTypeDetails');
  });
});
