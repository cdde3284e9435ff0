import { expect, it } from 'vitest';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import { refusalOf } from '../../../support/problems-of.ts';

function parse(...notify: readonly string[]) {
  const text = [
    'zivver: { url: "https://app.zivver.com/api/scim/v2", claimedDomains: [company.org] }',
    'sources: [{ name: directory, ldif: { files: [directory.ldif], baseDn: "DC=company,DC=org" } }]',
    'notify:',
    ...notify.map((line) => `  ${line}`),
    '',
  ].join('\n');
  return parseConfiguration(text, 'head-office', '/nowhere').notify;
}

it('the port of a mail server follows from its scheme', () => {
  const serverOf = (server: string) => parse(`mail: { server: "${server}", from: z@company.org }`, 'tell: []')?.mail;
  expect(serverOf('smtp://mail.company.org')).toMatchObject({
    host: 'mail.company.org',
    port: 587,
    isTlsFromStart: false,
  });
  expect(serverOf('smtps://mail.company.org')).toMatchObject({ port: 465, isTlsFromStart: true, user: null });
  expect(serverOf('smtp://mail.company.org:2525')).toMatchObject({ port: 2525, isTlsFromStart: false });
});

it('counts and links only, unless names are allowed', () => {
  const notify = parse(
    'webhooks: [{ name: ict, kind: teams }]',
    'tell: [{ events: [drift], webhooks: [ict] }, { events: [open], webhooks: [ict], names: true }]',
  );
  expect(notify?.rules.map(({ showsNames }) => showsNames)).toEqual([false, true]);
});

it.each([
  [['tell: [{ events: [drift] }]'], 'tells nobody'],
  [['tell: [{ events: [drift], to: [ict@company.org] }]'], 'needs notify.mail'],
  [['tell: [{ events: [drift], webhooks: [ict] }]'], 'none that is named ict'],
  [['webhooks: [{ name: a, kind: json }, { name: a, kind: slack }]', 'tell: []'], 'two webhooks are named a'],
  [['mail: { server: "http://mail.company.org", from: z@company.org }', 'tell: []'], 'must be a mail server'],
  [
    ['mail: { server: "smtp://mail.company.org", from: "z@company.org\\r\\nBcc: x@y.z" }', 'tell: []'],
    'must be an address',
  ],
  [['webhooks: [{ name: a, kind: json, url: "https://x" }]', 'tell: []'], 'unknown key'],
])('%j is refused', async (lines, what) => {
  expect(JSON.stringify(await refusalOf(() => parse(...lines)))).toContain(what);
});
