import { describe, expect, it } from 'vitest';
import { judgeSigners, type SignersInput } from '../../../../src/model/approval/judge-signers.ts';
import type { Signer } from '../../../../src/model/approval/signers.ts';
import { parsePublicKeyLine } from '../../../../src/model/approval/ssh-public-key.ts';
import { makeKey } from '../../../support/ssh-key.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const [RITA, KOEN, ANNA] = ['Rita', 'Koen', 'Anna'].map((name) => ({
  name,
  address: `${name.toLowerCase()}@hospital.example`,
  keys: [{ key: makeKey('ssh-ed25519').line }],
})) as [Signer, Signer, Signer];
const BOT: Signer = { ...ANNA, name: 'planner', address: 'planner@hospital.example' };
const OFFICER = { for: ['deletion'], minimum: 1, role: 'security-officer' } as const;

function judge(signers: readonly Signer[], more: Partial<SignersInput> = {}) {
  const rule = { minimum: 1, rules: [] };
  return judgeSigners({ signers, rule, bots: [BOT.address], machineKeys: new Map(), now: NOW, ...more });
}

function fingerprintOf({ keys: [first] }: Signer): string {
  return parsePublicKeyLine(first?.key ?? '').fingerprint;
}

const ended = (signer: Signer, term: { from?: string; until?: string }): Signer => ({
  ...signer,
  keys: signer.keys.map((key) => ({ ...key, ...term })),
});

describe('the signers of an organisation', () => {
  it('are enough if one more may sign than must', () => {
    expect(judge([RITA, KOEN])).toEqual({ able: 2, faults: [], doubts: [] });
  });

  it.each<[string, readonly Signer[], Partial<SignersInput>, RegExp]>([
    ['nobody', [], {}, /^0 people may sign, and 1 must$/],
    ['fewer than must sign', [RITA], { rule: { minimum: 2, rules: [] } }, /^only 1 person may sign, and 2 must$/],
    ['only keys that ended', [ended(RITA, { until: '2026-11-23T12:00:00Z' })], {}, /^0 people may sign/],
    ['only keys that have not begun', [ended(RITA, { from: '2026-11-24' })], {}, /^0 people may sign/],
    ['people who left', [{ ...RITA, until: '2026-11-23' }], {}, /^0 people may sign/],
    ['a machine', [RITA, KOEN, BOT], {}, /^a machine is among the signers: planner$/],
    ['a machine alone', [BOT], {}, /^0 people may sign/],
    [
      'nobody with a role that a rule asks for',
      [RITA, KOEN],
      { rule: { minimum: 1, rules: [OFFICER] } },
      /^0 people with the role security-officer may sign, and 1 must for deletions$/,
    ],
    [
      'too few for a rule',
      [RITA, KOEN],
      { rule: { minimum: 1, rules: [{ for: ['unexplained', 'ssoKey'], minimum: 3, role: null }] } },
      /^2 people may sign, and 3 must for absences that nothing explains and single sign-on keys$/,
    ],
    [
      'the key of the planner',
      [RITA, KOEN],
      { machineKeys: new Map([[fingerprintOf(KOEN), 'this job']]) },
      /^a key of Koen is in the hands of this job$/,
    ],
  ])('are refused with %s', (_name, signers, more, fault) => {
    expect(judge(signers, more).faults.filter((one) => fault.test(one))).toHaveLength(1);
  });

  it('of whom only so many may sign as must leave nobody for a plan that one of them made', () => {
    expect(judge([RITA])).toEqual({
      able: 1,
      faults: [],
      doubts: ['only 1 person may sign and 1 must: who made a plan cannot sign it, so nobody may be left'],
    });
    expect(judge([RITA, KOEN], { rule: { minimum: 2, rules: [] } }).doubts).toHaveLength(1);
  });

  it('are told by name where no key of theirs is in force, all at once', () => {
    const idle = [ended(KOEN, { until: '2026-01-01' }), { ...ANNA, keys: [] }];
    expect(judge([RITA, ...idle]).doubts).toEqual([
      expect.stringContaining('only 1 person may sign'),
      'no key of Koen is in force',
      'no key of Anna is in force',
    ]);
  });

  it('are not troubled by a key of a machine that ended', () => {
    const machineKeys = new Map([[fingerprintOf(KOEN), 'this job']]);
    expect(judge([RITA, ANNA, ended(KOEN, { until: '2026-01-01' })], { machineKeys }).faults).toEqual([]);
  });

  it('have a role that counts', () => {
    const rule = { minimum: 1, rules: [OFFICER] };
    expect(judge([{ ...RITA, role: 'security-officer' }, KOEN], { rule }).faults).toEqual([]);
  });
});
