import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ReconcileError } from '../../src/model/errors.ts';
import { createLdapSource } from '../../src/adapters/ldap/ldap.ts';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import { startLdapRelay } from '../support/ldap-relay.ts';
import type { RelayCounters } from '../support/ldap-relay/conversation.ts';
import type { LdapFault } from '../support/ldap-relay/faults.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';

const PAGE_SIZE = 20;
const CODES = [1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 32, 50, 51, 52, 53, 80];

/** Everything that a plan reads over LDAP, with a fault at one place after the other. */
describeWithLab('a read over LDAP that is disturbed', () => {
  let lab: AdLab;
  let whole: Readonly<RelayCounters>;
  beforeAll(async () => {
    lab = await startAdLab({ people: 100 });
    const { result, counters } = await readThrough([]);
    expect(result).toBe('complete');
    whole = counters;
  });
  afterAll(() => lab?.stop());

  /** `complete`, or the code of the refusal; also what went through the relay. */
  async function readThrough(faults: readonly LdapFault[]): Promise<{ result: string; counters: RelayCounters }> {
    const windows = { pageSize: PAGE_SIZE, valueRange: 10 };
    const relay = await startLdapRelay({ target: lab.url, caFile: lab.caFile, tls: lab, windows, faults });
    const source = createLdapSource({
      name: 'lab',
      urls: [relay.url],
      user: lab.user,
      password: lab.password,
      baseDn: `OU=Staff,${lab.baseDn}`,
      pageSize: PAGE_SIZE,
      caFile: readFileSync(lab.caFile, 'utf8'),
      startTls: false,
      connectTimeoutMs: 10_000,
      requestTimeoutMs: 20_000,
    });
    try {
      const { selected, groups } = await source.read(['memberOf']);
      const { people } = await source.readDomain(['mail']);
      const counts = [selected.length, groups.length, people.length];
      return {
        result: counts.every((count) => count > 60) ? 'complete' : `short: ${counts.join()}`,
        counters: relay.counters,
      };
    } catch (error) {
      if (error instanceof ReconcileError) return { result: error.code, counters: relay.counters };
      throw error;
    } finally {
      await source.close();
      await relay.close();
    }
  }

  const expectRefusal = async (fault: LdapFault): Promise<void> => {
    const { result } = await readThrough([fault]);
    expect(result, JSON.stringify(fault)).toMatch(/^SOURCE_(?:INCOMPLETE|UNREACHABLE|CREDENTIALS)$/);
  };

  it('by a cut at every page gives nothing', { timeout: TRIALS_TIMEOUT_MS }, async () => {
    const cuts = (['fin', 'rst'] as const).flatMap((how) => pagesOf(whole).map((page) => ({ how, page })));
    await tryTimes({ id: 'R9', unit: 'cuts at a page', goal: cuts.length, normal: 5 }, async ({ number }) => {
      const { how, page } = at(cuts, number * 37);
      await expectRefusal({ kind: 'cut', how, at: { page, afterEntries: page === whole.pages ? 0 : number % 3 } });
    });
  });

  it('by a cut instead of every message gives nothing', { timeout: TRIALS_TIMEOUT_MS }, async () => {
    await tryTimes(
      { id: 'R9', unit: 'cuts at a message', goal: whole.messages, normal: 5, minutes: 10 },
      async ({ number }) => {
        await expectRefusal({ kind: 'cut', how: 'rst', at: { message: 1 + ((number * 37) % whole.messages) } });
      },
    );
  });

  it('by a cut after any number of bytes gives nothing', { timeout: TRIALS_TIMEOUT_MS }, async () => {
    await tryTimes({ id: 'R9', unit: 'byte offsets', goal: 200, normal: 5, minutes: 10 }, async ({ dice }) => {
      await expectRefusal({ kind: 'cut', how: 'fin', at: { bytes: dice.integer(0, whole.bytes - 1) } });
    });
  });

  it('by a result code on any page gives nothing', { timeout: TRIALS_TIMEOUT_MS }, async () => {
    // Of the last page, that of deleted entries, a refusal says no more than its emptiness.
    const places = [1, 2, 4, whole.pages - 1].flatMap((page) => CODES.map((code) => ({ page, code })));
    const pages = places.concat(CODES.map((code) => ({ page: Math.ceil(whole.pages / 2), code })));
    await tryTimes({ id: 'R10', unit: 'codes × pages', goal: pages.length, normal: 8 }, async ({ number }) => {
      await expectRefusal({ kind: 'result', ...at(pages, number * 37), afterEntries: number % 4 });
    });
  });
});

function pagesOf({ pages }: RelayCounters): number[] {
  return Array.from({ length: pages }, (_, index) => index + 1);
}

function at<Value>(values: readonly Value[], index: number): Value {
  return values[index % values.length] as Value;
}
