import { readBranchesOf } from '../support/read-ledger-of.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { proveLedger, type LedgerProof } from '../../src/operations/audit/ledger-proof.ts';
import { parseLedger } from '../../src/adapters/git/ledger.ts';
import { ReconcileError, type Problem } from '../../src/model/errors.ts';
import { generateLedgerKey } from '../../src/adapters/secrets/ledger-key.ts';
import { digestOfLine, formatRecord } from '../../src/model/ledger/chain.ts';
import { findEndFaults, formatUnsignedEnd } from '../../src/model/ledger/signed-end.ts';
import type { EndRecord, LedgerRecord } from '../../src/model/schema/generated/ledger.ts';
import { buildPlanFile } from '../../src/model/plan/plan-file.ts';
import {
  buildAppliedPlans,
  chainRecords,
  LedgerRepository,
  moment,
  ORGANISATION,
  planFiles,
  type LedgerFiles,
} from '../support/day-two/ledger-repository.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';

/** R22: nothing in the ledger can be altered, dropped, swapped or cut off without exit 46. */
const { plans, commits } = buildAppliedPlans([2, 1, 2]);
const whole = commits.at(-1) as LedgerFiles;
const spots = [...whole].flatMap(([name, lines]) => lines.map((_, place) => ({ name, place })));

let repository: LedgerRepository;
let branch: string;

beforeAll(async () => {
  repository = await LedgerRepository.create();
  branch = await repository.setTexts('main', [planFiles(plans)]);
});
beforeEach(() => repository.setLedger(commits));
afterAll(() => repository.close());

test('a whole ledger is proven and counted', async () => {
  expect(await prove()).toMatchObject({
    plans: 3,
    records: 17,
    commits: 7,
    outcomes: { applied: 5 },
    compared: { branch: 3, history: 0, notFound: 0 },
    head: digestOfLine([...whole.values()].at(-1)?.at(-1) ?? ''),
  });
});

test(
  'each record that is altered, dropped, swapped or cut off in a new commit is found',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    expect(spots).toHaveLength(17);
    const ruins = spots.flatMap(({ name, place }) =>
      Object.entries(DEEDS).flatMap(([deed, change]) => {
        const changed = change(whole.get(name) ?? [], place);
        return changed === null ? [] : [{ where: `${deed} ${name}:${place + 1}`, name, changed }];
      }),
    );
    const limits = { id: 'R22', unit: 'ruined ledgers', goal: ruins.length, normal: 15 } as const;
    await tryTimes(limits, async ({ number, count }) => {
      const { where, name, changed } = ruins[(number * 5) % ruins.length]!;
      await repository.setLedger([...commits, replaceFile(whole, name, changed)]);
      const code = await codeOf(prove());
      count('not found', Number(code !== 'LEDGER_INVALID'));
      expect(code, where).toBe('LEDGER_INVALID');
    });
  },
);

test(
  'each record that is altered with the whole chain after it made anew is found',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    const places = spots.length - 1;
    await tryTimes({ id: 'R22', unit: 'ruined ledgers', goal: places, normal: 3 }, async ({ number, count }) => {
      await repository.setLedger([...commits, forgeFrom(1 + ((number * 5) % places))]);
      const code = await codeOf(prove());
      count('not found', Number(code !== 'LEDGER_INVALID'));
      expect(code).toBe('LEDGER_INVALID');
    });
  },
);

test('a ledger whose last plan was cut off by force is given away by a plan that was made after it', async () => {
  const parent = digestOfLine([...whole.values()].at(-1)?.at(-1) ?? '');
  const next = buildPlanFile({ ...(plans[0] as (typeof plans)[0]).body, sequence: 4, parent });
  const later = await repository.setTexts('main', [planFiles([...plans, next])]);
  await repository.setLedger(commits.slice(0, -2));
  await expect(prove(later)).rejects.toMatchObject({
    code: 'LEDGER_INVALID',
    problems: [{ where: expect.stringContaining('0004') }],
  });
  await repository.setLedger(commits);
  expect((await prove(later)).plans).toBe(3);
});

test('a ledger that was cut off by force is given away by the memory of a clone that saw it', async () => {
  await repository.keepReflog(true);
  await repository.setLedger(commits.slice(0, 1));
  await repository.setLedger(commits);
  expect((await prove()).plans).toBe(3);
  await repository.setLedger(commits.slice(0, -1));
  expect(await codeOf(prove())).toBe('LEDGER_INVALID');
  await repository.keepReflog(false);
});

test('a plan on the branch that is not the one that was applied is found', async () => {
  const [first] = plans as [(typeof plans)[0]];
  const files = planFiles(plans);
  const [name] = [...files.keys()] as [string];
  const forged = JSON.stringify({ ...first, body: { ...first.body, changes: [] } });
  const commit = await repository.setTexts('main', [files.set(name, forged)]);
  await expect(prove(commit)).rejects.toMatchObject({ code: 'LEDGER_INVALID', problems: [{ where: name }] });
});

describe('a ledger whose ends the apply job signs', () => {
  const job = generateLedgerKey();
  const since = moment(1);
  const { plans: signedPlans, commits: signed } = buildAppliedPlans([2, 1, 2], job.sign);
  const keys = [{ key: job.line, from: since.replace('.000', '') }];
  let listed: string;
  let repository: LedgerRepository;

  beforeAll(async () => {
    repository = await LedgerRepository.create();
    const settings = new Map([[`desired/${ORGANISATION}/organisation.yaml`, settingsWith(job.line, since)]]);
    listed = await repository.setTexts('main', [new Map([...settings, ...planFiles(signedPlans)])]);
  });

  test('is proven, and told', async () => {
    await repository.setLedger(signed);
    expect((await prove(listed, repository)).ends).toEqual({ signed: 3, ends: 3 });
  });

  afterAll(() => repository.close());

  /** What a reader of these files finds wrong with their ends; the chain itself is whole. */
  function findFaults(files: LedgerFiles): readonly Problem[] {
    const texts = [...files].map(([name, lines]) => [name, lines.map((line) => `${line}\n`).join('')] as const);
    const { entries } = parseLedger(new Map(texts), ORGANISATION);
    return findEndFaults({ entries, keys, fileOf: (name) => name });
  }

  test.each(['dropped', 'made with another key', 'moved from another end'])(
    'is not proven once a signature is %s, whoever can compute digests and move tags',
    async (deed) => {
      const other = generateLedgerKey();
      const forge = (place: number): LedgerFiles[] =>
        tamperEnds(signed, (end, number) => {
          if (number !== place) return end;
          const { signature, ...rest } = end;
          if (deed === 'dropped') return rest;
          if (deed === 'made with another key') return { ...rest, signature: other.sign(formatUnsignedEnd(rest)) };
          return { ...rest, ...(signature !== undefined && { signature }), totals: { applied: 99 } };
        });
      for (const place of [0, 1, 2]) expect(findFaults(forge(place).at(-1) as LedgerFiles)).not.toEqual([]);
      await repository.setLedger(forge(1));
      expect(await codeOf(prove(listed, repository))).toBe('LEDGER_INVALID');
    },
  );

  test('is not proven once any record is altered and all that follows made anew, at any of its places', () => {
    const last = signed.at(-1) as LedgerFiles;
    const places = [...last].flatMap(([name, lines]) =>
      name === 'genesis.json' ? [] : lines.map((_, at) => ({ name, at })),
    );
    expect(findFaults(last)).toEqual([]);
    for (const place of places) expect(findFaults(forge(last, place)), JSON.stringify(place)).not.toEqual([]);
    expect(places).toHaveLength(16);
  });

  test('is not proven once it was written anew from nothing, without a signature and with an older date', async () => {
    // The last plan only: of the others the next one names the line after which it was made.
    const files = new Map([
      [`desired/${ORGANISATION}/organisation.yaml`, settingsWith(job.line, moment(3))],
      ...planFiles(plans),
    ]);
    const switched = await repository.setTexts('main', [files]);
    await repository.setLedger([whole]);
    expect(await codeOf(prove(switched, repository))).toBe('LEDGER_INVALID');
    const dated = rechain(whole, (record, { name }) =>
      name.startsWith('0003') ? { ...record, at: moment(2) } : record,
    );
    await repository.setLedger([dated]);
    await expect(prove(switched, repository)).rejects.toMatchObject({
      problems: expect.arrayContaining([
        { where: expect.any(String), what: expect.stringContaining('before the plan') },
      ]),
    });
  });
});

type Loose = Record<string, unknown>;

/** Every record changed, in its place of a chain that is whole. */
function rechain(
  files: LedgerFiles,
  change: (record: Loose, place: { name: string; at: number }) => Loose,
): LedgerFiles {
  let head = '';
  return new Map(
    [...files].map(([name, lines]) => {
      const chained =
        name === 'genesis.json'
          ? lines
          : lines.map((line, at) => {
              const record = change({ ...(JSON.parse(line) as Loose), previous: head }, { name, at });
              head = digestOfLine(formatRecord(record as unknown as LedgerRecord));
              return formatRecord(record as unknown as LedgerRecord);
            });
      head = digestOfLine(chained.at(-1) ?? '');
      return [name, chained];
    }),
  );
}

/** Lays hand on ends that are signed. */
function tamperEnds(all: readonly LedgerFiles[], tamper: (end: EndRecord, number: number) => EndRecord): LedgerFiles[] {
  return all.map((files) =>
    rechain(files, (record, { name }) =>
      record['type'] === 'end'
        ? (tamper(record as unknown as EndRecord, Number(name.slice(0, 4)) - 1) as unknown as Loose)
        : record,
    ),
  );
}

function forge(files: LedgerFiles, { name, at }: { name: string; at: number }): LedgerFiles {
  return rechain(files, (record, place) =>
    place.name === name && place.at === at ? { ...record, at: '2026-11-20T09:00:00.000Z' } : record,
  );
}

function settingsWith(key: string, from: string): string {
  return `zivver: { url: "https://zivver.example/api/scim/v2", claimedDomains: [hospital.example] }
sources: [{ name: export, ldif: { files: [a.ldif] } }]
ledger: { keys: [{ key: "${key}", from: "${from.replace('.000', '')}" }] }
`;
}

const DEEDS: Readonly<Record<string, (lines: readonly string[], place: number) => readonly string[] | null>> = {
  alter: (lines, place) => lines.map((line, at) => (at === place ? line.replace('T08:00', 'T09:00') : line)),
  drop: (lines, place) => lines.filter((_, at) => at !== place),
  swap: (lines, place) => {
    if (place + 1 >= lines.length) return null;
    const swapped = [...lines];
    [swapped[place], swapped[place + 1]] = [lines[place + 1] as string, lines[place] as string];
    return swapped;
  },
  truncate: (lines, place) => lines.slice(0, place),
  'cut short': (lines, place) => [...lines.slice(0, place), (lines[place] as string).slice(0, 20)],
};

function replaceFile(files: LedgerFiles, name: string, lines: readonly string[]): LedgerFiles {
  return new Map(
    [...files].flatMap(([file, text]) => (file !== name ? [[file, text]] : lines.length > 0 ? [[file, lines]] : [])),
  );
}

/** Somebody who can compute digests alters one record and everything that follows from it. */
function forgeFrom(place: number): LedgerFiles {
  let count = 0;
  let head = '';
  const forged = new Map<string, readonly string[]>();
  for (const [name, lines] of whole) {
    const records = lines.map((line) => {
      const record = JSON.parse(line) as Record<string, unknown>;
      const changed = count === place ? { ...record, at: '2026-11-20T09:00:00.000Z' } : record;
      count += 1;
      return changed;
    });
    forged.set(name, name === 'genesis.json' ? lines : chainRecords(records, head));
    head = digestOfLine(forged.get(name)?.at(-1) ?? '');
  }
  return forged;
}

async function prove(commit: string = branch, { git } = repository): Promise<LedgerProof> {
  const branches = await readBranchesOf(git, ORGANISATION, null);
  return proveLedger(git, { organisation: ORGANISATION, branches: { ...branches, commit } });
}

async function codeOf(proof: Promise<LedgerProof>): Promise<string> {
  return proof.then(
    () => 'none',
    (error: unknown) => (error instanceof ReconcileError ? error.code : 'unknown'),
  );
}
