import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_SECRETS, sealSecrets, unsealSecrets, type SsoKeys } from '../../src/adapters/secrets/seal.ts';
import { parseConfiguration, type Configuration } from '../../src/model/configuration/configuration.ts';
import type { DesiredFile } from '../../src/model/desired/desired-file.ts';
import { isDesiredFile } from '../../src/model/desired/desired-state.ts';
import { parseDesiredAccount } from '../../src/model/desired/yaml.ts';
import type { DesiredAccount } from '../../src/model/schema/generated/account.ts';
import type { PlanBody } from '../../src/model/schema/generated/plan.ts';
import { readPlan, replacePlan } from '../support/e2e/edit-plan.ts';
import { readLedgerRecords } from '../support/e2e/ledger-file.ts';
import { buildGroup, buildPeople, changePeople } from '../support/e2e/people.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';
import { findBreaches, type Recorded } from '../support/forger/breaches.ts';
import { fileOf, type Draft } from '../support/forger/draft.ts';
import { forgeDraft } from '../support/forger/forge-draft.ts';
import { readStored } from '../support/forger/sandbox-stored.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';

const FOLDER = `desired/${ORGANISATION}`;
const people = buildPeople(20);
const guarded = people[9]!.address;
let base: World;
let configuration: Configuration;
let baseline: DesiredAccount[];
let honest: { body: PlanBody; ssoKeys: SsoKeys; files: ReadonlyMap<string, DesiredFile> };

/** Twenty managed people; the plan in the work tree creates, renames, suspends, and seals what single sign-on needs. */
beforeAll(async () => {
  const groups = [buildGroup('Care', people.slice(0, 8))];
  base = await World.createSettled({ people, groups, settings: `protected: { addresses: [${guarded}] }\n` });
  baseline = [...(await readFiles(base))].map(([file, { text }]) => parseDesiredAccount(text, file));
  let changed = changePeople(people, [1], () => ({ name: 'Noor Kuipers' }));
  changed = changePeople(changed, [2], () => ({ disabled: true }));
  changed = changePeople(changed, [3, 4], ({ address }) => ({ aliases: [`other.${address}`] }));
  await base.writeDirectory([...changed, ...buildPeople(2, 2)]);
  const made = await base.plan();
  if (made.exitCode !== 0) throw new Error(made.stderr);
  configuration = parseConfiguration(await base.read(`${FOLDER}/organisation.yaml`), ORGANISATION, '/');
  const { body } = await readPlan(base);
  const { ssoKeys } = await unsealSecrets(body.sealed ?? '', base.identity);
  honest = { body, ssoKeys, files: await readFiles(base) };
});

afterAll(() => base.close());

test('what the built program applies of forged plans stays within the limits', { timeout: TRIALS_TIMEOUT_MS }, () =>
  tryTimes({ id: 'R25', unit: 'forgeries through the program', goal: 200, normal: 4, minutes: 20 }, async (trial) => {
    const world = await base.copy();
    try {
      await tryForgery(world, trial);
    } finally {
      await world.close();
    }
  }),
);

async function tryForgery(world: World, trial: Trial): Promise<void> {
  const { dice } = trial;
  const before = readStored(world.sandbox);
  const accounts = [...before.values()];
  const keys = people.map(({ guid }) => guid.toString('base64'));
  const draft = forgeDraft(honest, { dice, configuration, accounts, keys, taken: [] });
  await lay(world, draft);
  await world.merge();
  const { exitCode, stderr } = await world.apply();
  const isRefused = world.writes().length === 0;
  trial.count(isRefused ? 'refused' : 'applied', 1);
  expect([0, ...REFUSALS], stderr).toContain(exitCode);
  if (exitCode !== 0 && exitCode !== 40) expect(world.writes(), stderr).toEqual([]);
  const records = await readLedgerRecords(world);
  const deed = { before, after: readStored(world.sandbox), now: new Date(), losses: [], body: draft.body, baseline };
  const recorded = records.filter(({ type }) => type === 'finished') as unknown as Recorded[];
  const breaches = findBreaches({ ...deed, held: new Set(), guarded: [guarded], recorded });
  trial.count('beyond a true limit', breaches.length);
  expect(breaches, JSON.stringify(breaches.length > 0 ? draft.body.changes : null)).toEqual([]);
}

/** Codes of a plan that is refused, and of one of which some changes failed. */
const REFUSALS = [12, 13, 21, 22, 24, 25, 26, 29, 30, 31, 32, 33, 40];

/** As the planner would: seals, and writes plan, review and desired files. */
async function lay(world: World, { body, ssoKeys, files }: Draft): Promise<void> {
  const recipient = await identityToRecipient(world.identity);
  const sealed = ssoKeys.size === 0 ? null : await sealSecrets({ ...NO_SECRETS, ssoKeys }, [recipient]);
  await replacePlan(world, () => ({ ...body, sealed }));
  for (const [file, { text }] of files)
    if (honest.files.get(file)?.text !== text) await writeFile(path.join(world.repository, FOLDER, file), text);
  for (const file of honest.files.keys())
    if (!files.has(file)) await rm(path.join(world.repository, FOLDER, file), { force: true });
}

async function readFiles(world: World): Promise<Map<string, DesiredFile>> {
  const listed = await world.git.call('ls-files', '--cached', '--others', '--deduplicate', FOLDER);
  const deleted = new Set((await world.git.call('ls-files', '--deleted', FOLDER)).split('\n'));
  const names = listed.split('\n').filter((file) => !deleted.has(file));
  const own = names.map((file) => file.slice(FOLDER.length + 1)).filter(isDesiredFile);
  return new Map(
    await Promise.all(own.map(async (file) => [file, fileOf(file, await world.read(`${FOLDER}/${file}`))] as const)),
  );
}
