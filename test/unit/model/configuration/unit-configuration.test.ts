import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { renderOrganisationFile } from '../../../../src/operations/setup/organisation-template.ts';

const LEAST = `zivver: { url: https://app.zivver.com/api/scim/v2/, claimedDomains: [company.org] }
sources:
  - name: office
    ldap: { urls: [ldaps://dc1.company.org], user: svc, baseDn: "DC=company,DC=org" }
`;
const MAPPED = 'email: E-mail, fullName: Naam, accountKey: Personeelsnr';
const RECIPIENT = `age1${'q'.repeat(58)}`;

function parse(text: string) {
  return parseConfiguration(text, 'example', '/repository/desired/example');
}

function problemsOf(text: string): { where: string; what: string }[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ReconcileError && error.code === 'CONFIGURATION_INVALID') return [...error.problems];
    throw error;
  }
  return [];
}

describe('parseConfiguration', () => {
  it('fills in every default of the design', () => {
    expect(parse(LEAST)).toMatchObject({
      organisation: 'example',
      folder: '/repository/desired/example',
      target: { url: 'https://app.zivver.com/api/scim/v2', claimedDomains: ['company.org'], caFile: null },
      sources: [
        {
          name: 'office',
          phoneRegion: 'NL',
          mapping: {
            email: ['proxyAddresses'],
            fullName: [{ text: 'name' }],
            accountKey: 'objectGUID',
            mobile: ['mobile'],
            active: 'userAccountControl',
            delegates: { attribute: 'msExchDelegateListLink', by: 'dn', separator: null },
            groups: { filters: [], email: ['proxyAddresses', 'mail'], accountKey: 'objectGUID' },
            sharedMailboxes: { as: 'default', filters: null },
          },
        },
      ],
      sso: { enabled: false, keyFormat: 'base64' },
      users: { create: true, update: true, missing: 'suspend', unmanaged: 'keep', reactivate: true },
      functional: { create: true, update: true, missing: 'keep' },
      limits: {
        suspend: { floor: 5, share: 5, cap: 100 },
        unexplained: { floor: 2, share: 1 },
        delete: { floor: 0, share: 0 },
        create: { floor: 25, share: 10 },
        sameAttribute: { floor: 10, share: 20 },
        membersRemoved: { floor: 3, share: 50 },
        ambiguous: { floor: 10, share: 2 },
        sourceFloor: 90,
      },
      overrides: [],
      protected: { addresses: [], administrators: [] },
      approval: {
        branch: 'main',
        gitRemote: 'origin',
        distinctPeople: false,
        bots: [],
        reviews: null,
        signatures: null,
      },
      expiresAfterHours: 72,
      recipients: [],
    });
  });

  it('keeps the defaults of what a section does not name', () => {
    const text = `${LEAST}users: { missing: keep }\nlimits: { suspend: { cap: 7 } }\nplan: { expiresAfter: 2d }\n`;
    expect(parse(text)).toMatchObject({
      users: { missing: 'keep', create: true, unmanaged: 'keep' },
      limits: { suspend: { floor: 5, share: 5, cap: 7 }, create: { floor: 25 } },
      expiresAfterHours: 48,
    });
  });

  it('has another digest for any other byte', () => {
    expect(parse(`${LEAST}# note\n`).digest).not.toBe(parse(LEAST).digest);
    expect(parse(LEAST).digest).toBe(parse(LEAST).digest);
  });

  it('accepts the file that init writes', () => {
    const given = {
      url: 'https://app.zivver.com/api/scim/v2',
      domains: ['company.org'],
      source: null,
      sso: 'base64' as const,
      administrators: [],
      approval: { kind: 'people' as const },
      recipient: RECIPIENT,
    };
    const [shown, sealed] = [null, '1e1234'].map((fingerprintKey) =>
      renderOrganisationFile({ ...given, fingerprintKey }),
    );
    expect(parse(shown ?? '').fingerprintKey).toBeNull();
    expect(parse(sealed ?? '').fingerprintKey).toBe('1e1234');
  });

  it.each([
    ['two sources of one name', `${LEAST}  - name: office\n    ldif: { files: [a.ldif] }\n`, '5:5'],
    ['a source without a kind', LEAST.replace(/    ldap:.*\n/, '    phoneRegion: NL\n'), '3:5'],
    ['a source of two kinds', LEAST.replace('    ldap:', '    ldif: { files: [a.ldif] }\n    ldap:'), '3:5'],
    ['a query with ldif', LEAST.replace(/    ldap:.*\n/, '    ldif: { files: [a.ldif] }\n    query: (cn=*)\n'), '5:5'],
    ['a password in clear', LEAST.replace('ldaps:', 'ldap:'), '4:20'],
    ['startTls with ldaps', LEAST.replace('user: svc', 'user: svc, startTls: true'), '4:20'],
    ['SSO without a recipient', `${LEAST}sso: { enabled: true }\n`, '5:1'],
    ['sealed numbers without a key', `${LEAST}secrets: { seal: [ssoKey, mobile] }\n`, '5:1'],
    ['Zivver over http', LEAST.replace('https:', 'http:'), '1:11'],
    [
      'a host that only begins like this machine',
      LEAST.replace('https://app.zivver.com', 'http://localhost.evil.example'),
      '1:11',
    ],
    ['a division by an attribute nobody names', `${LEAST}    division: { by: attribute }\n`, '5:5'],
    ['a division by a table nobody gives', `${LEAST}    division: { by: ou }\n`, '5:5'],
    ['a constant division without a value', `${LEAST}    division: { by: constant }\n`, '5:5'],
    ['a unit that is no DN', `${LEAST}    division: { by: ou, ou: [{ dn: Care, division: care }] }\n`, '5:32'],
    [
      'a unit that stands twice in the table',
      `${LEAST}    division:\n      by: ou\n      ou:\n        - { dn: "OU=Care,DC=org", division: care }\n        - { dn: "ou=care, dc=org", division: night }\n`,
      '9:13',
    ],
    ['an unclosed brace in a name', `${LEAST}    mapping: { fullName: "{givenName {sn}" }\n`, '5:16'],
    ['an empty brace in a name', `${LEAST}    mapping: { fullName: [displayName, "{} {sn}"] }\n`, '5:40'],
    ['a name that is only text', `${LEAST}    mapping: { fullName: Jan Jansen }\n`, '5:16'],
    ['a fault in the name of groups', `${LEAST}    mapping: { groups: { fullName: "sn}" } }\n`, '5:26'],
    ['none among the numbers', `${LEAST}    mapping: { mobile: [mobile, none] }\n`, '5:16'],
    ['no address at all', `${LEAST}    mapping: { email: none }\n`, '5:16'],
    [
      'shared mailboxes whose members nobody knows',
      `${LEAST}    mapping: { delegates: none, sharedMailboxes: functional }\n`,
      '5:33',
    ],
    ['another word for shared mailboxes', `${LEAST}    mapping: { sharedMailboxes: group }\n`, '5:16'],
    ['delegates by something unknown', `${LEAST}    mapping: { delegates: { attribute: a, by: sid } }\n`, '5:43'],
    ['a list without attributes', `${LEAST}    mapping: { mobile: [] }\n`, '5:16'],
  ])('refuses %s, with the place', (_case, text, place) => {
    const problems = problemsOf(text);
    expect(problems.map(({ where }) => where)).toEqual([`desired/example/organisation.yaml:${place}`]);
  });

  it.each([
    ['a table without columns', 'csv: { file: a.csv }', '3:5', 3],
    ['a column of members for people', `csv: { file: a.csv }\n    mapping: { ${MAPPED}, members: Leden }`, '5:73', 1],
    [
      'a mobile column of desks',
      `csv: { file: a.csv, accounts: functional }\n    mapping: { ${MAPPED}, mobile: GSM }`,
      '5:73',
      1,
    ],
    ['groups of a table', `csv: { file: a.csv }\n    mapping: { ${MAPPED}, groups: memberOf }`, '5:73', 1],
    [
      'units of a table',
      `excel: { file: a.xlsx }\n    mapping: { ${MAPPED} }\n    division: { by: ou, ou: [{ dn: OU=a, division: b }] }`,
      '6:17',
      1,
    ],
    [
      'a subtree of a table',
      `csv: { file: a.csv }\n    mapping: { ${MAPPED} }\n    filters: [{ include: { attribute: memberOf, values: [x] } }]`,
      '6:28',
      1,
    ],
    [
      'a unit as a group',
      'ldif: { files: [a.ldif] }\n    filters: [{ exclude: { attribute: memberOf, values: [CN=a, "OU=b,DC=c"] } }]',
      '5:64',
      1,
    ],
    ['an unknown delimiter', `csv: { file: a.csv, delimiter: "|" }\n    mapping: { ${MAPPED} }`, '4:25', 1],
    ['a mapping of files written by hand', `yaml: { folder: accounts }\n    mapping: { ${MAPPED} }`, '5:5', 1],
    ['the folder that plan writes', 'yaml: { folder: functional/ours }', '4:13', 1],
    ['the whole folder of the organisation', 'yaml: { folder: . }', '4:13', 1],
    ['a folder elsewhere', 'yaml: { folder: ../other }', '4:13', 1],
    [
      'a heading as an LDAP attribute',
      'ldif: { files: [a.ldif] }\n    mapping: { fullName: Volledige naam }',
      '5:16',
      1,
    ],
    [
      'another column for active of a directory',
      'ldif: { files: [a.ldif] }\n    mapping: { active: enabled }',
      '5:16',
      1,
    ],
    ['aliases of a directory', 'ldif: { files: [a.ldif] }\n    mapping: { aliases: otherMailbox }', '5:16', 1],
    ['a heading with blanks around it', `csv: { file: a.csv }\n    mapping: { ${MAPPED}, aliases: "Ook " }`, '5:73', 1],
  ])('refuses %s, with the place', (_case, kind, place, count) => {
    const problems = problemsOf(LEAST.replace(/ldap:.*/, kind));
    expect(problems.map(({ where }) => where)).toEqual(
      Array.from({ length: count }, () => `desired/example/organisation.yaml:${place}`),
    );
  });

  it('takes headings as people write them, and maps nothing of a table that is not named', () => {
    const kind = `excel: { file: a.xlsx }\n    mapping: { email: [E-mailadres (werk), "Mail 2"], fullName: "{Voor naam} {médewerker}", accountKey: "Nr.", delegates: Vervangers }`;
    expect(parse(LEAST.replace(/ldap:.*/, kind)).sources[0]?.mapping).toEqual({
      email: ['E-mailadres (werk)', 'Mail 2'],
      formerAccountKey: null,
      ssoKey: null,
      fullName: [
        {
          text: '{Voor naam} {médewerker}',
          parts: [{ attribute: 'Voor naam' }, { literal: ' ' }, { attribute: 'médewerker' }],
        },
      ],
      accountKey: 'Nr.',
      nameChanges: [],
      keyChanges: [],
      mobile: [],
      active: null,
      activeWords: { yes: [], no: [] },
      linkedMailboxes: 'disabled',
      aliases: null,
      members: null,
      delegates: { attribute: 'Vervangers', by: 'address', separator: null },
      groups: null,
      sharedMailboxes: { as: 'user', filters: null },
      context: {},
    });
  });

  it.each(['http://127.0.0.1:8080/scim', 'http://localhost:1/', 'http://[::1]:9'])('accepts a sandbox at %s', (url) => {
    expect(problemsOf(LEAST.replace('https://app.zivver.com/api/scim/v2/', `'${url}'`))).toEqual([]);
  });

  it('says where in a template the fault is, and how to write it', () => {
    const [problem] = problemsOf(`${LEAST}    mapping: { fullName: "{givenName} {sn" }\n`);
    expect(problem?.what).toContain('character 13');
  });

  it('names the words to choose from where an object is allowed too', () => {
    const [problem] = problemsOf(`${LEAST}    mapping: { groups: all }\n`);
    expect(problem?.what).toContain('must be one of memberOf, none');
  });

  it('names all faults at once, each with line and column', () => {
    const text = `${LEAST}user: {}\nusers: { missing: vanish }\nplan: { expiresAfter: 3w }\n`;
    expect(problemsOf(text).map(({ where }) => where.replace(/^[^:]*:/, ''))).toEqual(
      expect.arrayContaining(['5:1', '6:10', '7:9']),
    );
  });

  it.each(['', '[]', 'null', '---\n', 'zivver: {}', 'x'])('refuses %j, which is no configuration', (text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });
});
