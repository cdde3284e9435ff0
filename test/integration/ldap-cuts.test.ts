import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReconcileError } from '../../src/model/errors.ts';
import { createLdapSource } from '../../src/adapters/ldap/ldap.ts';
import { issueCertificate } from '../support/certificates.ts';
import { startLdapRelay, type LdapRelay } from '../support/ldap-relay.ts';
import type { LdapFault } from '../support/ldap-relay/faults.ts';
import { startLdapResponder, type LdapResponder } from '../support/ldap-responder.ts';
import { authority, BASE, directory, PASSWORD, people } from '../support/ldap-world.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';

/** Result codes of RFC 4511 that can end a search. */
const CODES = [1, 2, 3, 4, 8, 10, 11, 12, 16, 32, 50, 51, 52, 53, 65, 80];
const PAGES = 5;
const OFFSETS = 200;

let folder: string;
let server: LdapResponder;
/** Of a read that nothing disturbs. */
let counters: LdapRelay['counters'];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'zivver-gitops-cuts-'));
  const { cert, key } = issueCertificate(authority, ['localhost']);
  writeFileSync(path.join(folder, 'relay.pem'), cert);
  writeFileSync(path.join(folder, 'relay.key'), key);
  writeFileSync(path.join(folder, 'ca.pem'), authority.certificate);
  server = await startLdapResponder({ certificate: issueCertificate(authority, ['localhost']), entries: directory });
  const whole = await readThrough([]);
  expect(whole.error).toBeNull();
  expect(whole.selected).toBe(people.length);
  counters = whole.counters;
  expect(counters.pages).toBeGreaterThan(PAGES);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface ReadThrough {
  readonly error: ReconcileError | null;
  readonly selected: number;
  readonly counters: LdapRelay['counters'];
}

/** Reads the directory, one entry a page, through a relay with these faults. */
async function readThrough(faults: readonly LdapFault[]): Promise<ReadThrough> {
  const tls = { certFile: path.join(folder, 'relay.pem'), keyFile: path.join(folder, 'relay.key') };
  const caFile = path.join(folder, 'ca.pem');
  const relay = await startLdapRelay({ target: server.url, caFile, tls, windows: false, faults });
  const account = { name: 'head-office', user: 'COMPANY\\svc_zivver', password: PASSWORD, baseDn: BASE };
  const limits = { connectTimeoutMs: 20_000, requestTimeoutMs: 20_000, pageSize: 1, startTls: false };
  const source = createLdapSource({ ...account, ...limits, urls: [relay.url], caFile: authority.certificate });
  try {
    const { selected } = await source.read(['mail']);
    return { error: null, selected: selected.length, counters: relay.counters };
  } catch (error) {
    if (error instanceof ReconcileError) return { error, selected: 0, counters: relay.counters };
    throw error;
  } finally {
    await source.close();
    await relay.close();
  }
}

async function expectNoAnswer({ count }: Trial, fault: LdapFault): Promise<void> {
  const { error } = await readThrough([fault]);
  count('answers taken for whole', Number(error === null));
  expect(error, JSON.stringify(fault)).not.toBeNull();
  expect([10, 11], `${error?.code} after ${JSON.stringify(fault)}`).toContain(error?.exitCode);
}

describe('a directory of which the answer breaks off gives no accounts at all', { timeout: TRIALS_TIMEOUT_MS }, () => {
  it('wherever the connection is cut', async () => {
    const cuts = listCuts();
    await tryTimes({ id: 'R9', unit: 'cuts', goal: cuts.length, normal: 40, minutes: 2 }, async (trial) => {
      // Coprime to their number, so that a part of them is spread over all.
      await expectNoAnswer(trial, cuts[(trial.number * 101) % cuts.length]!);
    });
  });

  it('with whatever result code a page ends', async () => {
    const cells = CODES.flatMap((code) => Array.from({ length: PAGES }, (_, page) => ({ code, page: page + 1 })));
    await tryTimes({ id: 'R10', unit: 'result codes', goal: cells.length, normal: 16 }, async (trial) => {
      await expectNoAnswer(trial, { kind: 'result', ...cells[(trial.number * 7) % cells.length]! });
    });
  });
});

/** At every message, at every page before and after its entry, and at byte offsets all over the conversation. */
function listCuts(): LdapFault[] {
  const moments: LdapFault[] = [];
  const add = (at: Extract<LdapFault, { kind: 'cut' }>['at'], how: 'fin' | 'rst'): void => {
    moments.push({ kind: 'cut', how, at });
  };
  for (const how of ['fin', 'rst'] as const) {
    for (let message = 1; message <= counters.messages; message += 1) add({ message }, how);
    for (let page = 1; page <= counters.pages; page += 1) add({ page }, how);
  }
  for (let index = 0; index < OFFSETS; index += 1)
    add({ bytes: Math.floor((index * counters.bytes) / OFFSETS) }, index % 2 === 0 ? 'fin' : 'rst');
  return moments;
}
