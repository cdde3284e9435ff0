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

it('without approval.reviews no reviews are asked for', () => {
  expect(parse('{ branch: release }')).toEqual({ ...PEOPLE, branch: 'release', gitRemote: 'origin', reviews: null });
});

it('approval.reviews ask a forge for one approval', () => {
  const reviews = { forge: 'github', repository: null, apiUrl: null, minimum: 1 };
  expect(parse('{ reviews: { forge: github } }')).toEqual({ ...PEOPLE, branch: 'main', gitRemote: 'origin', reviews });
});

it('empty approval.signatures ask for one person, and a rule for one of any role', () => {
  expect(parse('{ signatures: {} }').signatures).toEqual({ minimum: 1, rules: [] });
  expect(
    parse('{ signatures: { minimum: 2, signers: signers.yaml, rules: [{ for: [deletion] }] } }').signatures,
  ).toEqual({ minimum: 2, rules: [{ for: ['deletion'], minimum: 1, role: null }] });
});

it('takes an Enterprise Server, and http only on this computer', () => {
  expect(parse('{ reviews: { forge: github, apiUrl: "https://git.company.org/api/v3/" } }').reviews?.apiUrl).toBe(
    'https://git.company.org/api/v3',
  );
  expect(parse('{ reviews: { forge: github, apiUrl: "http://127.0.0.1:8080/api/v3" } }').reviews?.apiUrl).toContain(
    'http://127',
  );
});

it.each([
  '{ reviews: { forge: github, apiUrl: "http://git.company.org/api/v3" } }',
  '{ reviews: { forge: github, apiUrl: "http://127.0.0.1.evil.example/api/v3" } }',
  '{ reviews: { forge: github, apiUrl: "https://token@git.company.org/api/v3" } }',
  '{ reviews: { forge: github, apiUrl: "https://" } }',
  '{ reviews: { forge: github, minimum: 0 } }',
  '{ reviews: { forge: github, minimum: 1.5 } }',
  '{ reviews: { forge: github, minimum: "2" } }',
  '{ reviews: { forge: github, repository: zivver } }',
  '{ reviews: { forge: github, repository: "city/../zivver" } }',
  '{ reviews: { forge: github, repository: "../user" } }',
  '{ reviews: { forge: github, token: ghs_secret } }',
  '{ reviews: null }',
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
