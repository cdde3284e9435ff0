import { expect, it } from 'vitest';
import { parseConfiguration, type Configuration } from '../../../../src/model/configuration/configuration.ts';

function parse(approval: string): Configuration['approval'] {
  const text = [
    'zivver: { url: "https://app.zivver.com/api/scim/v2", claimedDomains: [company.org] }',
    'sources: [{ name: directory, ldif: { files: [directory.ldif], baseDn: "DC=company,DC=org" } }]',
    `approval: ${approval}`,
    '',
  ].join('\n');
  return parseConfiguration(text, 'head-office', '/nowhere').approval;
}

/** Left out of approval. */
const PEOPLE = { distinctPeople: false, bots: [], signatures: null };

it('without approval.github a merge alone approves', () => {
  expect(parse('{ branch: release }')).toEqual({ ...PEOPLE, branch: 'release', gitRemote: 'origin', github: null });
});

it('an empty approval.github asks github.com for one approval', () => {
  const github = { repository: null, apiUrl: 'https://api.github.com', minimumApprovals: 1 };
  expect(parse('{ github: {} }')).toEqual({ ...PEOPLE, branch: 'main', gitRemote: 'origin', github });
});

it('empty approval.signatures ask for one person, and a rule for one of any role', () => {
  expect(parse('{ signatures: {} }').signatures).toEqual({ minimum: 1, rules: [] });
  expect(
    parse('{ signatures: { minimum: 2, signers: signers.yaml, rules: [{ for: [deletion] }] } }').signatures,
  ).toEqual({ minimum: 2, rules: [{ for: ['deletion'], minimum: 1, role: null }] });
});

it('takes an Enterprise Server, and http only on this computer', () => {
  expect(parse('{ github: { apiUrl: "https://git.company.org/api/v3/" } }').github?.apiUrl).toBe(
    'https://git.company.org/api/v3',
  );
  expect(parse('{ github: { apiUrl: "http://127.0.0.1:8080/api/v3" } }').github?.apiUrl).toContain('http://127');
});

it.each([
  '{ github: { apiUrl: "http://git.company.org/api/v3" } }',
  '{ github: { apiUrl: "http://127.0.0.1.evil.example/api/v3" } }',
  '{ github: { apiUrl: "https://token@git.company.org/api/v3" } }',
  '{ github: { apiUrl: "https://" } }',
  '{ github: { minimumApprovals: 0 } }',
  '{ github: { minimumApprovals: 1.5 } }',
  '{ github: { minimumApprovals: "2" } }',
  '{ github: { repository: zivver } }',
  '{ github: { repository: "city/../zivver" } }',
  '{ github: { repository: "../user" } }',
  '{ github: { token: ghs_secret } }',
  '{ github: null }',
  '{ github: true }',
])('refuses %s', (approval) => {
  expect(() => parse(approval)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
});

const overriding = (reason: string) => () =>
  parseConfiguration(
    [
      'zivver: { url: "https://app.zivver.com/api/scim/v2", claimedDomains: [company.org] }',
      'sources: [{ name: directory, ldif: { files: [directory.ldif], baseDn: "DC=company,DC=org" } }]',
      `overrides: [{ rule: suspend, observed: 6, reason: ${JSON.stringify(reason)}, expires: "2026-12-01T00:00:00Z" }]`,
      '',
    ].join('\n'),
    'head-office',
    '/nowhere',
  );

it.each(['merger', 'Fusie met Zuid', 'слияние', 'ticket 4711: ward closed'])('takes %j for a reason', (reason) => {
  expect(overriding(reason)().overrides).toMatchObject([{ reason }]);
});

it.each(['.....', '      ', 'xxxxxxxx', '1234567', 'abc abc', 'a b c', '------ ok'])(
  'takes no %j for a reason',
  (reason) => {
    expect(overriding(reason)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
  },
);
