import { describe, expect, it } from 'vitest';
import { generateLedgerKey, openLedgerKey, parseLedgerKey } from '../../../../src/adapters/secrets/ledger-key.ts';
import type { ChainedRecord } from '../../../../src/model/ledger/chain.ts';
import { findLedgerKeyFaults, formatLedgerKeys, type LedgerKey } from '../../../../src/model/ledger/ledger-keys.ts';
import { countSignedEnds, findEndFaults, formatUnsignedEnd } from '../../../../src/model/ledger/signed-end.ts';
import type { EndRecord } from '../../../../src/model/schema/generated/ledger.ts';
import { makeKey, signText } from '../../../support/ssh-key.ts';

const [JOB, OTHER] = [generateLedgerKey(), generateLedgerKey()];
const FROM = '2026-11-20T00:00:00Z';
const [BEFORE, AFTER] = ['2026-11-19T23:59:59.999Z', '2026-11-20T00:00:00.000Z'];

const keys = (...more: readonly Partial<LedgerKey>[]): LedgerKey[] =>
  [{ key: JOB.line, from: FROM }, ...more].map((key) => ({ key: OTHER.line, from: FROM, ...key }));

function endOf(change: Partial<EndRecord> = {}): EndRecord {
  const whole = { verdict: 'complete', totals: { applied: 2 }, unconfirmed: [] } as const;
  return { type: 'end', previous: `sha256:${'1'.repeat(64)}`, at: AFTER, ...whole, unconfirmed: [], ...change };
}

function sign(end: EndRecord, { sign: by } = JOB): EndRecord {
  return { ...end, signature: by(formatUnsignedEnd(end)) };
}

/** Each end after a begin or a resume of its moment; what is wrong with them. */
function judge(ends: readonly (readonly [at: string, EndRecord])[], listed: readonly LedgerKey[] | null): string[] {
  const entries = ends.map(([at, end], index) => ({
    name: `000${index + 1}-aaaaaaaa`,
    records: [{ type: 'begin', at } as ChainedRecord, end],
  }));
  return findEndFaults({ entries, keys: listed, fileOf: (name) => name }).map(({ where, what }) => `${where} ${what}`);
}

describe('the ends of a ledger', () => {
  it('are signed by the apply job from the moment on that organisation.yaml names', () => {
    expect(
      judge(
        [
          [BEFORE, endOf()],
          [AFTER, sign(endOf())],
        ],
        keys(),
      ),
    ).toEqual([]);
    expect(judge([[AFTER, endOf()]], keys())).toEqual([
      '0001-aaaaaaaa:2 is not signed, though organisation.yaml has a key for it',
    ]);
  });

  it('need no signature where no key is listed, or all keys have ended', () => {
    expect(judge([[AFTER, endOf()]], [])).toEqual([]);
    expect(judge([[AFTER, endOf()]], null)).toEqual([]);
    const ended = [{ key: JOB.line, from: FROM, until: '2026-12-01' }];
    const late = '2026-12-01T00:00:00.000Z';
    expect(
      judge(
        [
          [AFTER, sign(endOf())],
          [late, endOf()],
        ],
        ended,
      ),
    ).toEqual([]);
  });

  it('are judged by when the run began that they end', () => {
    const ended = [{ key: JOB.line, from: FROM, until: '2026-11-20T08:00:00Z' }];
    const end = sign(endOf({ at: '2026-11-20T09:00:00.000Z' }));
    expect(judge([['2026-11-20T07:59:59.999Z', end]], ended)).toEqual([]);
    expect(judge([['2026-11-20T08:00:00.000Z', end]], ended)).toHaveLength(1);
  });

  it.each<[string, EndRecord, readonly LedgerKey[] | null, RegExp]>([
    ['another verdict', { ...sign(endOf()), verdict: 'incomplete' }, keys(), /not by this key over this statement/],
    ['another total', { ...sign(endOf()), totals: { applied: 3 } }, keys(), /not by this key/],
    ['another place', { ...sign(endOf()), previous: `sha256:${'2'.repeat(64)}` }, keys(), /not by this key/],
    ['another time', { ...sign(endOf()), at: BEFORE }, keys(), /not by this key/],
    ['a reason added', { ...sign(endOf()), unread: 'x' }, keys(), /not by this key/],
    [
      'the signature of another end',
      { ...endOf(), signature: sign(endOf({ at: BEFORE })).signature! },
      keys(),
      /not by/,
    ],
    ['a key that is not listed', sign(endOf(), OTHER), keys(), /does not list/],
    ['the key removed from the list', sign(endOf()), [], /does not list/],
    [
      'a key before its time',
      sign(endOf()),
      keys().map((key) => ({ ...key, from: '2026-12-01' })),
      /not in force then/,
    ],
    [
      'a key after its time',
      sign(endOf()),
      keys().map((key) => ({ ...key, until: AFTER.replace('.000', '') })),
      /not in/,
    ],
    ['no signature at all', { ...endOf(), signature: 'none' }, keys(), /not a signature as ssh-keygen writes it/],
    ['an empty signature', { ...endOf(), signature: '' }, keys(), /not a signature/],
    ['a broken signature, keys unknown', { ...endOf(), signature: 'none' }, null, /not a signature/],
  ])('do not count with %s', (_name, end, listed, why) => {
    const faults = judge([[AFTER, end]], listed);
    expect(faults.filter((fault) => why.test(fault))).toHaveLength(1);
  });

  it('do not count with a signature that was made for an approval', () => {
    const key = makeKey('ssh-ed25519');
    const end = { ...endOf(), signature: signText(key, formatUnsignedEnd(endOf())) };
    expect(judge([[AFTER, end]], [{ key: key.line, from: FROM }])).toEqual([expect.stringContaining('another use')]);
  });

  it('stay signed once they were, also where organisation.yaml no longer says so', () => {
    const ends = [
      [AFTER, sign(endOf())],
      [AFTER, endOf()],
    ] as const;
    for (const listed of [null, []])
      expect(judge(ends, listed)).toContain('0002-aaaaaaaa:2 is not signed, though ends before it are');
  });

  it('are counted', () => {
    const records = [sign(endOf()), endOf()] as readonly ChainedRecord[];
    expect(countSignedEnds([{ name: 'one', records }])).toEqual({ signed: 1, ends: 2 });
  });
});

describe('the key of the apply job', () => {
  it('is made anew each time, and read again from its file', () => {
    expect(JOB.line).not.toBe(OTHER.line);
    const again = parseLedgerKey(`# public key: ${JOB.line}\n${JOB.text}\n`);
    expect(again.line).toBe(JOB.line);
    expect(again.sign('x\n')).toBe(JOB.sign('x\n'));
  });

  it.each(['', 'ledger-key-00', `${JOB.text}\n${OTHER.text}`, JOB.text.toUpperCase(), JOB.line])(
    'is refused in another form, and never shown',
    (text) => {
      const refusal = (() => {
        try {
          parseLedgerKey(text);
        } catch (error) {
          return error as Error & { code: string };
        }
        return null;
      })();
      expect(refusal).toMatchObject({ code: 'CONFIGURATION_SECRET_MISSING' });
      if (text.length > 20) expect(refusal?.message).not.toContain(text.slice(0, 20));
    },
  );

  it('is asked for exactly while a key is in force, and must be that one', () => {
    const now = new Date(AFTER);
    const environment = { ZIVVER_GITOPS_LEDGER_KEY: JOB.text };
    expect(openLedgerKey([], environment, now)).toBeNull();
    expect(openLedgerKey(keys(), {}, new Date(BEFORE))).toBeNull();
    expect(openLedgerKey(keys(), environment, now)?.('x\n')).toBe(JOB.sign('x\n'));
    expect(() => openLedgerKey(keys(), {}, now)).toThrow(/ZIVVER_GITOPS_LEDGER_KEY is not set/);
    const other = { ZIVVER_GITOPS_LEDGER_KEY: OTHER.text };
    expect(() => openLedgerKey(keys(), other, now)).toThrow(/not a key that ledger\.keys/);
  });

  it('is listed for ssh-keygen', () => {
    expect(formatLedgerKeys([{ key: JOB.line, from: FROM, until: '2026-12-01' }])).toBe(
      `apply namespaces="ledger@zivver-gitops",valid-after="20261120000000Z",valid-before="20261130235959Z" ${JOB.line}\n`,
    );
  });

  it('is listed once, as a key, from a day that is one', () => {
    const complaints: string[] = [];
    const listed = [
      { key: JOB.line, from: '2026-02-30' },
      { key: JOB.line, from: FROM },
      { key: 'ssh-dss x', from: FROM },
    ];
    findLedgerKeyFaults(listed, (pointer, what) => complaints.push(`${pointer} ${what}`));
    expect(complaints).toEqual([
      '/0 2026-02-30 is not a day',
      '/1/key this key is listed already',
      expect.stringMatching(/^\/2\/key /),
    ]);
  });
});
