/** The example organisation is what the program writes: `npm run example` renders it again. */
import { GitRepository } from '../../src/adapters/git/repository.ts';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findNewestPlan, verifyPlanFolder } from '../../src/adapters/git/plan-folder.ts';
import { parsePlanFile } from '../../src/model/plan/plan-file.ts';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';
import { unsealSecrets } from '../../src/adapters/secrets/seal.ts';
import { BEFORE, IDENTITY_FILE, ORGANISATION, ROOT, type Files } from '../support/example/example-paths.ts';
import { renderInputs } from '../support/example/render-inputs.ts';
import { PICTURE_SOURCES, PICTURES, renderPictures, sourcesOf } from '../support/example/pictures.ts';
import { renderOutputs } from '../support/example/render-outputs.ts';

const PLAN_FOLDER = path.join(ROOT, 'plans', ORGANISATION);

let committed: PlanFile;
let outputs: Awaited<ReturnType<typeof renderOutputs>>;
let inputs: Files;

/** Sealing is random and the version is part of the record: both come from the committed plan. All else is made anew. */
beforeAll(async () => {
  const name = await findNewestPlan(ROOT, ORGANISATION);
  committed = parsePlanFile(await readFile(path.join(PLAN_FOLDER, name, 'plan.json'), 'utf8'), name);
  const { sealed, tool: version } = committed.body;
  inputs = await renderInputs(await readFile(path.join(ROOT, IDENTITY_FILE), 'utf8'), version);
  outputs = await renderOutputs(ROOT, { sealed: () => sealed, version });
});

describe('the example', () => {
  it('has the export, the settings and the week before that src/demo invents', async () => {
    for (const [name, text] of inputs) expect(await readCommitted(name), name).toBe(text);
  });

  it('has the desired files and the plan that its export and its stored Zivver give', async () => {
    for (const [name, text] of outputs.files) expect(await readCommitted(name), name).toBe(text);
  });

  it('is what the pictures of the documents show', async () => {
    const pictures = await renderPictures(committed);
    expect(await readFile(PICTURE_SOURCES, 'utf8'), 'run npm run example').toBe(sourcesOf(pictures));
    for (const { name } of pictures) expect((await stat(path.join(PICTURES, name))).size).toBeGreaterThan(20_000);
  });

  it('has no other files', async () => {
    const present = await Promise.all(['desired/example', 'plans/example', BEFORE].map(listFiles));
    const identity = IDENTITY_FILE.replaceAll('\\', '/');
    expect(present.flat().sort()).toEqual([...inputs.keys(), ...outputs.files.keys(), identity].sort());
  });

  it('has sealed exactly the keys of its plan', async () => {
    const identity = await readFile(path.join(ROOT, IDENTITY_FILE), 'utf8');
    const { ssoKeys } = await unsealSecrets(committed.body.sealed ?? '', identity);
    expect(ssoKeys).toEqual(outputs.ssoKeys);
    expect(ssoKeys.size).toBeGreaterThan(0);
  });

  it('passes verify', async () => {
    const names = await readdir(PLAN_FOLDER);
    expect(names).toHaveLength(1);
    const { plan } = await verifyPlanFolder(new GitRepository(ROOT), ORGANISATION, names[0] ?? '');
    expect(plan).toEqual(outputs.plan);
  });

  it('shows every kind of change that an ordinary week has', () => {
    const reasons = new Set(committed.body.changes.map(({ reason }) => reason));
    const everyday = ['new', 'renamed', 'attributes', 'returned', 'disabled', 'expired', 'moved'] as const;
    expect(reasons).toEqual(new Set([...everyday, 'unexplained']));
  });

  it('leaves somebody out for every reason that its people have', () => {
    const { exclusions, open } = committed.body;
    expect(open.map(({ reason }) => reason)).toEqual(['ambiguous', 'ambiguous']);
    const reasons = new Set(exclusions.map(({ reason }) => reason));
    expect([...reasons].sort()).toEqual([
      'alias-unclaimed',
      'disabled-without-account',
      'mobile-unusable',
      'no-address',
      'not-a-person',
      'unclaimed-address',
    ]);
  });
});

async function readCommitted(name: string): Promise<string> {
  return readFile(path.join(ROOT, ...name.split('/')), 'utf8');
}

/** Paths from the root, with forward slashes. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
