import { describe, expect, it } from 'vitest';
import { formatAllowedSigners, parseAllowedSigners } from '../../../../src/model/approval/allowed-signers.ts';
import { isSigner } from '../../../../src/model/approval/git-identity.ts';
import { indexKeys, isInForce, parseSigners } from '../../../../src/model/approval/signers.ts';
import { makeKey, type TestKey } from '../../../support/ssh-key.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const [ONE, TWO] = [makeKey('ssh-ed25519'), makeKey('ecdsa-sha2-nistp256')] as [TestKey, TestKey];
const FILE = 'desired/city-hospital/signers.yaml';

function yaml(...lines: readonly string[]): string {
  return `signers:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

const rita = (...more: readonly string[]): string =>
  yaml('- name: Rita Roos', '  address: rita@hospital.example', ...more, '  keys:', `    - key: ${ONE.line}`);

describe('signers.yaml', () => {
  it('lists people with their keys', () => {
    const [signer] = parseSigners(rita('  role: security-officer', '  until: 2027-01-01'), FILE);
    expect(signer).toEqual({
      name: 'Rita Roos',
      address: 'rita@hospital.example',
      role: 'security-officer',
      until: '2027-01-01',
      keys: [{ key: ONE.line }],
    });
  });

  it('may list nobody', () => {
    expect(parseSigners('signers: []\n', FILE)).toEqual([]);
  });

  it.each([
    ['an unknown key', rita('  phone: 1'), /unknown key/],
    ['no address', yaml('- name: Rita', '  keys: []'), /missing key address/],
    [
      'an address that could match many',
      yaml('- name: R', '  address: "*@hospital.example"', '  keys: []'),
      /for example/,
    ],
    ['a key that is none', rita().replace(/ssh-ed25519 \S+/, 'ssh-ed25519 AAAA'), /key: |is not|ends too early/],
    [
      'a DSA key',
      rita().replace(/ssh-ed25519 \S+/, `ssh-dss ${Buffer.from('\0\0\0\x07ssh-dss').toString('base64')}`),
      /ssh-dss, which does not count/,
    ],
    ['an RSA key of 1024 bits', rita().replace(ONE.line, makeKey('ssh-rsa', 1024).line), /fewer than 2048 bits/],
    ['a key that says another kind', rita().replace('ssh-ed25519', 'ssh-rsa'), /says ssh-rsa and is ssh-ed25519/],
    [
      'a key of two people',
      `${rita()}${rita()
        .replace('signers:\n', '')
        .replaceAll(/rita|Rita/g, 'koen')}`,
      /listed already, for Rita Roos/,
    ],
    ['a key twice', `${rita()}      - key: ${ONE.line}\n`, /listed already/],
    [
      'an address of two people',
      `${rita()}${yaml('- name: Koen', '  address: RITA@hospital.example', '  keys: []').replace('signers:\n', '')}`,
      /is an address of Rita Roos too/,
    ],
    ['an end before the beginning', rita('  from: 2027-01-01', '  until: 2026-01-01'), /ends before it begins/],
    ['a day that is none', rita('  from: 2026-02-30'), /2026-02-30 is not a day/],
    ['a moment without UTC', rita('  from: 2026-02-03T10:00'), /for example/],
    ['an alias of YAML', `${rita()}x: &a 1\n`, /anchors|unknown key/],
  ])('is refused with %s, and the place is named', async (_name, text, why) => {
    const { problems } = await refusalOf(() => parseSigners(text, FILE));
    expect(problems.map(({ where, what }) => `${where} ${what}`).join('\n')).toMatch(why);
    expect(problems.every(({ where }) => where.startsWith(FILE))).toBe(true);
  });

  it('keeps a key from its first moment to before its end', () => {
    const [signer] = parseSigners(rita('  from: 2026-11-01', '  until: 2026-12-01T10:00:00Z'), FILE);
    const listed = indexKeys(signer === undefined ? [] : [signer]).get(ONE.fingerprint);
    const at = (text: string): boolean => listed !== undefined && isInForce(listed, Date.parse(text));
    expect(['2026-10-31T23:59:59.999Z', '2026-11-01T00:00:00.000Z'].map(at)).toEqual([false, true]);
    expect(['2026-12-01T09:59:59.999Z', '2026-12-01T10:00:00.000Z'].map(at)).toEqual([true, false]);
  });
});

describe('a signer', () => {
  const anna = { name: 'Anna Aal', address: 'anna@hospital.example', otherAddresses: ['a@users.example'], keys: [] };

  it.each([
    [{ name: 'x', address: 'anna@hospital.example' }, true],
    [{ name: 'x', address: 'Anna@Hospital.Example' }, true],
    [{ name: 'x', address: 'a@users.example' }, true],
    [{ name: ' anna  aal ', address: 'y@z.example' }, true],
    [{ name: 'Anna B', address: 'anna@hospital.example.org' }, false],
    [{ name: '', address: '' }, false],
  ])('is whom git names %o: %s', (identity, isSame) => {
    expect(isSigner(anna, identity)).toBe(isSame);
  });
});

describe('allowed_signers of OpenSSH', () => {
  it('gets a line a key, with when it is in force', () => {
    const text = formatAllowedSigners([
      {
        name: 'R',
        address: 'rita@hospital.example',
        from: '2026-01-01',
        keys: [
          { key: ONE.line, from: '2026-02-01' },
          { key: TWO.line, until: '2027-01-01' },
        ],
      },
    ]);
    expect(text.split('\n')).toEqual([
      `rita@hospital.example namespaces="approval@zivver-gitops",valid-after="20260201000000Z" ${ONE.line.replace(' test', '')}`,
      `rita@hospital.example namespaces="approval@zivver-gitops",valid-after="20260101000000Z",valid-before="20261231235959Z" ${TWO.line.replace(' test', '')}`,
      '',
    ]);
  });

  it('is read back as it was written', () => {
    const signers = [
      {
        name: 'rita',
        address: 'rita@hospital.example',
        keys: [{ key: ONE.line.replace(' test', ''), from: '2026-02-01T00:00:00Z', until: '2027-01-01T00:00:00Z' }],
      },
    ];
    expect(parseAllowedSigners(formatAllowedSigners(signers), 'allowed_signers')).toEqual({
      signers,
      problems: [],
      otherUses: 0,
    });
  });

  it('brings the keys of one person together, and leaves out those for other uses', () => {
    const text = [
      '# people',
      '',
      `rita@hospital.example ${ONE.line}`,
      `rita@hospital.example namespaces="git,approval@zivver-gitops" ${TWO.line}`,
      `koen@hospital.example namespaces="git" ${makeKey('ssh-ed25519').line}`,
    ].join('\r\n');
    const { signers, problems } = parseAllowedSigners(text, 'allowed_signers');
    expect(problems).toEqual([]);
    expect(signers).toEqual([
      { name: 'test', address: 'rita@hospital.example', keys: [{ key: ONE.line }, { key: TWO.line }] },
    ]);
  });

  it.each([
    ['*@hospital.example', '', /does not name one person/],
    ['rita@hospital.example,koen@hospital.example', '', /does not name one person/],
    ['rita@hospital.example', 'cert-authority', /authority/],
    ['rita@hospital.example', 'valid-after="tomorrow"', /time/],
  ])('takes no line for %s %s', (principal, options, why) => {
    const { signers, problems } = parseAllowedSigners(`${principal} ${options} ${ONE.line}\n`, 'file');
    expect(signers).toEqual([]);
    expect(problems).toEqual([{ where: 'file:1', what: expect.stringMatching(why) as string }]);
  });

  it('takes no line without a key that counts', () => {
    expect(parseAllowedSigners('rita@hospital.example ssh-ed25519 AAAA\nnonsense\n', 'file').problems).toHaveLength(2);
  });
});
