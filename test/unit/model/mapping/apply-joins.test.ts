import type { Fact } from '../../../../src/model/schema/generated/plan.ts';
import { fact, factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../src/model/directory/entry.ts';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import type { MappedAccounts } from '../../../../src/model/mapping/mapped.ts';
import { keepGiven } from '../../../../src/model/settle/keep-given.ts';
import type { SettledAccount } from '../../../../src/model/settle/settlement.ts';
import { mapReads, NOW, person } from '../../../support/mapping-builder.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const JOIN = `
  - name: rights
    csv: { file: rights.csv }
    joins: ad
    by: address
    gives: [delegates, aliases, mobile, division]
    maxAge: 36h
    mapping: { match: Mailbox, delegates: Who, aliases: Alias, mobile: Phone, asOf: Made }
    division: { by: attribute, attribute: Unit }
`;

const BY_LOGIN = `
  - name: rights
    csv: { file: rights.csv }
    joins: ad
    by: userPrincipalName
    gives: [delegates]
    mapping: { match: Mailbox, delegates: Who }
`;

function configure(join = JOIN, ad = '') {
  const zivver = 'zivver: { url: https://app.zivver.com/api/scim/v2, claimedDomains: [company.org] }\n';
  return parseConfiguration(
    `${zivver}sources:\n  - name: ad\n    ldif: { files: [a.ldif] }\n${ad}${join}`,
    'org',
    '/desired/org',
  );
}

type Row = Partial<Record<'Mailbox' | 'Who' | 'Alias' | 'Phone' | 'Unit' | 'Made', string | string[]>>;

interface Given {
  readonly rows: readonly Row[];
  readonly people?: readonly Entry[];
  readonly absent?: Fact;
  readonly table?: string;
}

function join({
  rows,
  people = ['anna', 'bert', 'cees'].map((name) => person(name)),
  absent,
  table,
}: Given): MappedAccounts {
  const configuration = configure(table);
  const [ad, rights] = configuration.sources;
  if (ad === undefined || rights === undefined) throw new Error('no source');
  const rest = { groups: [], pages: 1, warnings: [], baseDn: '' };
  const selected = rows.map((row, index): Entry => {
    const cells = { Made: NOW.toISOString(), ...row };
    const attributes = new Map(Object.entries(cells).map(([name, value]) => [name.toLowerCase(), [value].flat()]));
    return { dn: `rights.csv line ${index + 2}`, attributes, isRow: true };
  });
  const given = {
    name: 'rights',
    kind: 'csv',
    server: 'rights.csv',
    selected,
    ...rest,
    ...(absent && { absent }),
  } as const;
  const sources = [
    {
      configured: ad,
      lookedUp: [],
      snapshot: { name: 'ad', kind: 'ldif', server: 'a.ldif', selected: people, ...rest } as const,
    },
    { configured: rights, lookedUp: [], snapshot: given },
  ];
  return mapReads(sources, configuration);
}

const accountOf = ({ accounts }: MappedAccounts, name: string) =>
  accounts.find(({ account }) => account.address === `${name}@company.org`);

describe('a table that joins', () => {
  it('adds what its rows say to the people it names, and makes accounts of nobody', () => {
    const mapped = join({
      rows: [
        {
          Mailbox: 'Anna@company.org',
          Who: ['bert@company.org', 'SMTP:cees@company.org'],
          Alias: 'smtp:a@company.org',
          Unit: 'Care',
        },
        { Mailbox: 'anna@company.org', Who: 'bert@company.org', Phone: '06-12345678' },
        { Mailbox: 'nobody@company.org', Who: 'bert@company.org' },
        { Who: 'bert@company.org' },
      ],
    });
    expect(mapped.accounts).toHaveLength(3);
    expect(accountOf(mapped, 'anna')?.account).toMatchObject({
      delegates: ['bert@company.org', 'cees@company.org'],
      aliases: ['a@company.org'],
      mobile: '+31612345678',
      division: 'Care',
    });
    expect(accountOf(mapped, 'bert')?.account).toMatchObject({ delegates: [] });
    expect(mapped.exclusions.map(({ reason }) => reason)).toEqual(['join-unmatched', 'join-unmatched']);
  });

  it('leaves out whom nobody knows, and values that contradict each other', () => {
    const mapped = join({
      rows: [
        { Mailbox: 'anna@company.org', Who: 'Bert Bos', Phone: '06-12345678', Unit: 'Care' },
        { Mailbox: 'anna@company.org', Who: 'cees@company.org', Phone: '06-87654321', Unit: 'Night' },
      ],
    });
    expect(accountOf(mapped, 'anna')?.account).toMatchObject({ delegates: ['cees@company.org'] });
    expect(accountOf(mapped, 'anna')?.account).not.toHaveProperty('mobile');
    expect(accountOf(mapped, 'anna')?.account).not.toHaveProperty('division');
    expect(mapped.exclusions.map(({ reason }) => reason).sort()).toEqual([
      'ambiguous',
      'delegate-left-out',
      'mobile-unusable',
    ]);
  });

  it('gives nobody a row that fits two', () => {
    const people = [
      person('anna'),
      person('bert', { proxyAddresses: ['SMTP:bert@company.org', 'smtp:anna@company.org'] }),
    ];
    const mapped = join({ people, rows: [{ Mailbox: 'anna@company.org', Who: 'bert@company.org' }] });
    expect(mapped.accounts.map(({ kept }) => kept?.includes('delegates'))).toEqual([true, true]);
    expect(mapped.exclusions.map(({ reason }) => reason)).toContain('ambiguous');
  });

  it('leaves as it is who was renamed since the export, and says so', () => {
    const people = [
      person('bert', { userPrincipalName: 'bert@company.org' }),
      person('anna', {
        userPrincipalName: 'anna.new@company.org',
        proxyAddresses: ['SMTP:anna.new@company.org', 'smtp:anna@company.org'],
      }),
    ];
    const rows = [
      { Mailbox: 'anna@company.org', Who: 'bert@company.org' },
      { Mailbox: 'bert@company.org', Who: 'anna@company.org' },
    ];
    const mapped = join({ people, rows, table: BY_LOGIN });
    expect(accountOf(mapped, 'anna.new')?.kept).toContain('delegates');
    expect(accountOf(mapped, 'anna.new')?.account).not.toHaveProperty('delegates');
    expect(accountOf(mapped, 'bert')?.account).toMatchObject({ delegates: ['anna.new@company.org'] });
    expect(mapped.exclusions.map(({ reason, detail }) => [reason, factText(detail)])).toEqual([
      [
        'join-unmatched',
        expect.stringMatching(/is an address of CN=anna,.* stays there as it is until the next export/),
      ],
    ]);
  });

  it.each<[string, Given]>([
    ['is missing', { rows: [], absent: fact('file-missing') }],
    ['is too old', { rows: [{ Mailbox: 'anna@company.org', Who: 'bert@company.org', Made: '2026-11-21T09:59:00Z' }] }],
    [
      'has one row that is too old',
      { rows: [{ Mailbox: 'anna@company.org' }, { Mailbox: 'bert@company.org', Made: '2026-11-01' }] },
    ],
    ['does not say how old it is', { rows: [{ Mailbox: 'anna@company.org', Made: '22-11-2026' }] }],
    ['is of the future', { rows: [{ Mailbox: 'anna@company.org', Made: '2026-12-24' }] }],
  ])('gives and takes nothing where it %s', (_case, given) => {
    const mapped = join(given);
    const anna = accountOf(mapped, 'anna');
    expect(anna?.account).not.toHaveProperty('delegates');
    expect(anna?.kept).toEqual(['delegates', 'aliases', 'mobile', 'division']);
    expect(mapped.notes.map(factText).join('\n')).toContain('Source rights is not used');
  });

  it('counts to the minute of maxAge', () => {
    const mapped = join({
      rows: [{ Mailbox: 'anna@company.org', Who: 'bert@company.org', Made: '2026-11-21T22:00:00Z' }],
    });
    expect(accountOf(mapped, 'anna')?.account).toMatchObject({ delegates: ['bert@company.org'] });
  });

  it('lets desired files keep what it cannot give', () => {
    const mapped = accountOf(join({ rows: [], absent: fact('file-missing') }), 'anna');
    if (mapped === undefined) throw new Error('nobody');
    const settled = [{ desired: mapped.account, mapped } as SettledAccount];
    const before = {
      ...mapped.account,
      delegates: ['bert@company.org'],
      mobile: '+31612345678',
    } as typeof mapped.account;
    expect(keepGiven(settled, [before]).map(({ desired }) => desired)).toEqual([before]);
    expect(keepGiven(settled, []).map(({ desired }) => desired)).toEqual([mapped.account]);
  });
});

describe('the configuration of a table that joins', () => {
  it.each([
    ['joins nothing that is there', JOIN.replace('joins: ad', 'joins: hr'), ''],
    ['gives what it has no column for', JOIN.replace('delegates: Who, ', ''), ''],
    ['has a column that it does not give', JOIN.replace('[delegates, ', '['), ''],
    ['identifies people', JOIN.replace('match: Mailbox', 'match: Mailbox, fullName: Name'), ''],
    ['does not say by what', JOIN.replace('    by: address\n', ''), ''],
    ['has an age and no time', JOIN.replace(', asOf: Made', ''), ''],
    ['gives delegates that the directory gives too', JOIN, '    mapping: { delegates: secretary }\n'],
    ['gives what another gives', JOIN + JOIN.replace('name: rights', 'name: more'), ''],
    ['has no joins', JOIN.replace('    joins: ad\n', ''), ''],
  ])('is refused where it %s', async (_case, text, ad) => {
    expect((await refusalOf(() => configure(text, ad))).code).toBe('CONFIGURATION_INVALID');
  });

  it('takes the time from the name of the file', () => {
    const text = JOIN.replace(', asOf: Made', '').replace('rights.csv', 'rights-2026-11-30.csv');
    expect(configure(text).sources[1]?.join?.asOf).toBeNull();
  });
});
