import { describe, expect, it } from 'vitest';
import type { ExistingUser } from '../../../../src/model/account/account.ts';
import { buildCheckWriter, buildDiagnosis, exitCodeOf, type Check } from '../../../../src/operations/doctor/check.ts';
import { checkAdministrators, checkDomains } from '../../../../src/operations/doctor/zivver/check-claims.ts';
import { judgeClock, judgeReplication } from '../../../../src/operations/doctor/ldap/judge-server.ts';
import { renderChecks } from '../../../../src/operations/doctor/render-checks.ts';
import { parseGeneralizedTime, type RootFacts } from '../../../../src/operations/doctor/ldap/root-facts.ts';
import { columnsOf } from '../../../../src/model/text/terminal-layout.ts';
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts';

const write = buildCheckWriter('zivver');

function users(...addresses: string[]): { users: ExistingUser[]; functional: [] } {
  const existing = addresses.map((address): ExistingUser => ({
    kind: 'user',
    zivverId: address,
    address,
    fullName: address,
    aliases: [],
    division: null,
    externalAccountId: null,
    created: null,
    active: !address.startsWith('suspended'),
    delegates: [],
    mobile: null,
  }));
  return { users: existing, functional: [] };
}

describe('claimed domains', () => {
  it.each([
    [['a@company.org', 'b@company.nl'], ['company.org', 'company.nl'], 'passed', undefined],
    [['a@company.org'], ['company.org', 'company.nl'], 'warned', 'DOMAINS_UNUSED'],
    [['a@company.org', 'b@company.nl'], ['company.org'], 'warned', 'DOMAINS_UNLISTED'],
    [['a@company.org'], ['compnay.org'], 'failed', 'DOMAINS_CONTRADICTED'],
    [[], ['company.org'], 'skipped', undefined],
  ])('with accounts %j and the list %j are %s', (addresses, claimed, status, code) => {
    const check = checkDomains(users(...addresses), claimed, write);
    expect([check.status, check.diagnosis?.code]).toEqual([status, code]);
  });
});

describe('administrators', () => {
  it('must exist and be active', () => {
    const accounts = users('admin@company.org', 'suspended@company.org');
    expect(checkAdministrators(accounts, ['Admin@company.org'], write).status).toBe('passed');
    for (const address of ['gone@company.org', 'suspended@company.org']) {
      const check = checkAdministrators(accounts, ['admin@company.org', address], write);
      expect(check.diagnosis?.code).toBe('ADMINISTRATOR_MISSING');
    }
  });
});

describe('a server’s clock', () => {
  const root: RootFacts = {
    contexts: [],
    context: null,
    configurationContext: null,
    schemaContext: null,
    hostName: null,
    serviceName: null,
    isSynchronized: true,
    currentTimeMs: Date.UTC(2026, 10, 23, 22, 55, 8),
    isActiveDirectory: true,
  };
  const judge = (skewSeconds: number): Check =>
    judgeClock(
      { connection: { server: 'dc1:636' }, root, askedAtMs: (root.currentTimeMs ?? 0) + skewSeconds * 1000 },
      'ad',
    );

  it.each([
    [0, 'passed'],
    [59, 'passed'],
    [-60, 'warned'],
    [300, 'warned'],
    [301, 'failed'],
    [-7300, 'failed'],
  ])('off by %i s is %s', (skew, status) => {
    expect(judge(skew).status).toBe(status);
  });

  it('that is not told is not tested, and isSynchronized: FALSE is a fault', () => {
    const server = { connection: { server: 'dc1:636' }, root: { ...root, currentTimeMs: null }, askedAtMs: 0 };
    expect(judgeClock(server, 'ad').status).toBe('skipped');
    const behind = { ...server, root: { ...root, isSynchronized: false } };
    expect(judgeReplication(behind, 'ad').diagnosis?.code).toBe('NOT_SYNCHRONIZED');
  });

  it('is read from generalized time only', () => {
    expect(parseGeneralizedTime('20261123225508.0Z')).toBe(root.currentTimeMs);
    expect(parseGeneralizedTime('2026-11-23')).toBeNull();
  });
});

describe('the table', () => {
  const diagnosis = buildDiagnosis({ code: 'BASE_MISSING', error: 'SOURCE_BASE_MISSING' }, 'Correct baseDn.', [
    'a detail',
  ]);

  it('fits 80 columns and shows hostile text harmlessly on its own lines', () => {
    const source = buildCheckWriter('ad', '');
    for (const text of HOSTILE_TEXTS) {
      const checks = [
        source.failed('source.base', `${text} is missing`, { ...diagnosis, details: [text] }),
        source.on(text).warned('source.filters', text, diagnosis),
        source.skipped('source.query', text),
      ];
      const lines = renderChecks(checks, { width: 80, color: false }).split('\n');
      expect(lines.filter((line) => /^ {2}[✓✗!–] /.test(line))).toHaveLength(3);
      expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(lines.filter((line) => columnsOf(line) > 80 && line.trim().includes(' ') && !/\S{50}/.test(line))).toEqual(
        [],
      );
    }
  });

  it('puts checks that were not tested for one reason on one line', () => {
    const checks = (['source.login', 'source.base', 'source.query'] as const).map((id) =>
      write.skipped(id, 'needs TLS'),
    );
    expect(renderChecks(checks, { width: 80, color: false }).match(/–/g)).toHaveLength(1);
  });

  it('takes its exit code from the first check that failed, not from warnings', () => {
    const warned = write.warned(
      'source.clock',
      '',
      buildDiagnosis({ code: 'CLOCK_SKEW', error: 'SOURCE_IMPLAUSIBLE' }, ''),
    );
    const failed = write.failed('source.base', '', diagnosis);
    const later = write.failed(
      'zivver.key',
      '',
      buildDiagnosis({ code: 'KEY_REFUSED', error: 'TARGET_REFUSES_KEY' }, ''),
    );
    expect([exitCodeOf([warned]), exitCodeOf([warned, failed, later]), exitCodeOf([later, failed])]).toEqual([
      0, 10, 43,
    ]);
  });
});
