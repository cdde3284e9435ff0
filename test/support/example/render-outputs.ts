/** The rendered part of the example: from the committed inputs alone, through the program's own steps. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConfiguration } from '../../../src/model/configuration/configuration.ts';
import { OPEN_FILE } from '../../../src/model/desired/desired-state.ts';
import { parseOpenLines } from '../../../src/model/desired/open-file.ts';
import { parseDesiredAccount } from '../../../src/model/desired/yaml.ts';
import { parseChain, digestOfLine, parseRecord } from '../../../src/model/ledger/chain.ts';
import { parsePlanFile } from '../../../src/model/plan/plan-file.ts';
import { planName } from '../../../src/model/plan/plan-name.ts';
import { renderMarkdown } from '../../../src/model/review/markdown.ts';
import type { SsoKeys } from '../../../src/adapters/secrets/seal.ts';
import { BEFORE, ORGANISATION, type Files } from './example-paths.ts';
import { planFromStored, type StoredPlan, type StoredWorld } from './plan-from-stored.ts';
import { formatPlanFile } from '../format-plan-file.ts';

/** Monday morning, in the example. */
const MONDAY = new Date('2026-11-16T07:30:00.000Z');

export async function renderOutputs(
  root: string,
  { sealed, version }: Pick<StoredWorld, 'sealed' | 'version'>,
): Promise<{ files: Files; plan: StoredPlan['plan']; ssoKeys: SsoKeys }> {
  const { plan, files, ssoKeys } = await planFromStored({ ...(await readInputs(root)), now: MONDAY, version, sealed });
  const folder = `plans/${ORGANISATION}/${planName(plan)}`;
  const all = new Map([
    ...[...files].map(([file, { text }]) => [`desired/${ORGANISATION}/${file}`, text] as const),
    [`${folder}/plan.json`, formatPlanFile(plan)],
    [`${folder}/plan.md`, renderMarkdown(plan)],
  ]);
  return { files: all, plan, ssoKeys };
}

async function readInputs(root: string): Promise<Omit<StoredWorld, 'now' | 'version' | 'sealed'>> {
  const read = async (...names: string[]): Promise<string> => readFile(path.join(root, ...names), 'utf8');
  const folder = path.join(root, 'desired', ORGANISATION);
  const settings = await read('desired', ORGANISATION, 'organisation.yaml');
  const before = path.join(root, BEFORE, 'desired-before');
  const all = (await readdir(before, { recursive: true })).filter((file) => file.endsWith('.yaml')).sort();
  const files = all.filter((file) => file !== OPEN_FILE);
  const baseline = await Promise.all(
    files.map(async (file) => parseDesiredAccount(await readFile(path.join(before, file), 'utf8'), file)),
  );
  return {
    configuration: parseConfiguration(settings, ORGANISATION, folder),
    ldif: await read('desired', ORGANISATION, 'active-directory.ldif'),
    answers: {
      users: JSON.parse(await read(BEFORE, 'zivver-users.json')) as object,
      groups: JSON.parse(await read(BEFORE, 'zivver-groups.json')) as object,
    },
    baseline,
    open: all.includes(OPEN_FILE) ? parseOpenLines(await read(BEFORE, 'desired-before', OPEN_FILE), OPEN_FILE) : [],
    last: parsePlanFile(await read(BEFORE, 'plan-before.json'), 'plan-before.json'),
    place: await readPlace(path.join(root, BEFORE, 'ledger')),
  };
}

async function readPlace(folder: string): Promise<StoredWorld['place']> {
  const line = (await readFile(path.join(folder, 'genesis.json'), 'utf8')).replace(/\n$/, '');
  const genesis = parseRecord(line, 'genesis.json');
  if (genesis.type !== 'genesis') throw new Error('genesis.json is not the genesis record');
  const [name = ''] = (await readdir(folder)).filter((file) => file.endsWith('.jsonl'));
  const { head } = parseChain(await readFile(path.join(folder, name), 'utf8'), name, digestOfLine(line));
  return { lineage: genesis.lineage, sequence: 2, parent: head };
}
