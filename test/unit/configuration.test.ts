import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../src/configuration.ts';
import { ReconcileError } from '../../src/errors.ts';
import { renderOrganisationFile } from '../../src/desired/organisation-template.ts';

const LEAST = `zivver: { url: https://app.zivver.com/api/scim/v2/, claimedDomains: [company.org] }
sources:
  - name: office
    ldap: { urls: [ldaps://dc1.company.org], user: svc, baseDn: "DC=company,DC=org" }
`;
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
            email: 'proxyAddresses',
            fullName: 'name',
            accountKey: 'objectGUID',
            mobile: 'mobile',
            active: 'userAccountControl',
            delegates: 'msExchDelegateListLink',
            groups: 'memberOf',
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
      approval: { branch: 'main', gitRemote: 'origin', github: null },
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
    const given = { url: 'https://app.zivver.com/api/scim/v2', domains: ['company.org'], recipient: RECIPIENT };
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
  ])('refuses %s, with the place', (_case, text, place) => {
    const problems = problemsOf(text);
    expect(problems.map(({ where }) => where)).toEqual([`desired/example/organisation.yaml:${place}`]);
  });

  it.each(['http://127.0.0.1:8080/scim', 'http://localhost:1/', 'http://[::1]:9'])('accepts a sandbox at %s', (url) => {
    expect(problemsOf(LEAST.replace('https://app.zivver.com/api/scim/v2/', `'${url}'`))).toEqual([]);
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
