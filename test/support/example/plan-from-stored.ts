import type { PeopleQuestion } from '../../../src/model/plan/describe-people.ts';
import { describeLeavers } from '../../../src/operations/planning/describe-leavers.ts';
import type { OpenLine } from '../../../src/model/desired/open-file.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LiveIndex } from '../../../src/model/account/existing-index.ts';
import { summariseSources } from '../../../src/operations/planning/last-plan.ts';
import { decide } from '../../../src/operations/planning/make-plan.ts';
import { openSource } from '../../../src/operations/reading/open-sources.ts';
import { readSource } from '../../../src/operations/reading/read-sources.ts';
import { askDomains, lookUpPeople } from '../../../src/operations/reading/read-world.ts';
import type { Configuration } from '../../../src/model/configuration/configuration.ts';
import type { StoredAnswers } from '../../../src/demo/population.ts';
import type { DesiredFiles } from '../../../src/model/desired/desired-file.ts';
import { renderDesiredFiles } from '../../../src/model/desired/desired-state.ts';
import { mapAccounts } from '../../../src/model/mapping/map-accounts.ts';
import type { ReadSource } from '../../../src/model/mapping/read-source.ts';
import { buildPlanFile } from '../../../src/model/plan/plan-file.ts';
import { buildPlan } from '../../../src/model/plan/plan.ts';
import type { DesiredAccount } from '../../../src/model/schema/generated/account.ts';
import type { PlanBody, PlanFile } from '../../../src/model/schema/generated/plan.ts';
import type { SsoKeys } from '../../../src/adapters/secrets/seal.ts';
import { mapAnswers } from './stored-zivver.ts';

/** Everything a plan depends on, as values. */
export interface StoredWorld {
  readonly configuration: Configuration;
  readonly ldif: string;
  readonly answers: StoredAnswers;
  /** Desired accounts on the branch; none = a first plan. */
  readonly baseline: readonly DesiredAccount[];
  readonly open: readonly OpenLine[];
  readonly last: PlanFile | null;
  readonly place: Pick<PlanBody, 'lineage' | 'sequence' | 'parent'>;
  readonly now: Date;
  readonly version: string;
  /** Sealing is random, so whoever compares bytes brings the sealed text. */
  readonly sealed: (keys: SsoKeys) => Promise<string | null> | string | null;
}

export interface StoredPlan {
  readonly plan: PlanFile;
  readonly files: DesiredFiles;
  /** Secret in real life. */
  readonly ssoKeys: SsoKeys;
}

/** What `zivver-gitops plan` would write, with the program's own steps from the LDIF file to the plan. */
export async function planFromStored(stored: StoredWorld): Promise<StoredPlan> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'example-'));
  try {
    await writeFile(path.join(folder, 'active-directory.ldif'), stored.ldif);
    return await buildFromFolder(stored, { ...stored.configuration, folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function buildFromFolder(stored: StoredWorld, configuration: Configuration): Promise<StoredPlan> {
  const { now, last, place, version } = stored;
  const bootstrap = stored.baseline.length === 0;
  const opened = await Promise.all(
    configuration.sources.map(async (configured) => ({
      configured,
      source: await openSource(configured, configuration),
    })),
  );
  const sources = await Promise.all(
    opened.map(({ configured, source }) => readSource(configured, source, { configuration, now })),
  );
  const asked = opened.map(({ source }, index) => ({ source, read: sources[index] as ReadSource }));
  const index = new LiveIndex(mapAnswers(stored.answers));
  const files = renderDesiredFiles(stored.baseline, { open: stored.open });
  const baseline = { commit: null, accounts: stored.baseline, holds: [], open: stored.open, files };
  const world = {
    sources,
    index,
    askDomains: (missing: ReadonlySet<string>) => askDomains(asked, missing),
    askGroups: async () => null,
    lookUpPeople: (questions: readonly PeopleQuestion[]) => lookUpPeople(asked, questions),
  };
  const request = { now, bootstrap, output: { progress: () => undefined } };
  const managedKeys = new Set(stored.baseline.map(({ key }) => key));
  const mapped = mapAccounts({ configuration, now, sources, managedKeys });
  const decided = await decide(world, { context: { configuration }, mapped, baseline, request });
  const source = summariseSources(sources, last);
  const planned = buildPlan({
    configuration,
    now,
    bootstrap,
    tool: version,
    place,
    source,
    index,
    mapped,
    baseline,
    ...decided,
  });
  const built = await describeLeavers(planned, world, { configuration, mapped, now });
  const plan = buildPlanFile({ ...built.body, sealed: await stored.sealed(built.ssoKeys) });
  return { plan, files: built.files, ssoKeys: built.ssoKeys };
}
