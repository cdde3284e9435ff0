/** Writes the example organisation: `npm run example`. A second run changes nothing. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { generateX25519Identity } from 'age-encryption';
import { readVersion } from '../../../src/operations/version.ts';
import { RENDERED } from '../../../src/model/desired/desired-state.ts';
import type { PlanFile } from '../../../src/model/schema/generated/plan.ts';
import { NO_SECRETS, sealSecrets, unsealSecrets, type SsoKeys } from '../../../src/adapters/secrets/seal.ts';
import { BEFORE, IDENTITY_FILE, ORGANISATION, ROOT, type Files } from './example-paths.ts';
import { readRecipient, renderInputs } from './render-inputs.ts';
import { renderOutputs } from './render-outputs.ts';
import { renderPictures, writePictures } from './pictures.ts';
import { HAS_CHROMIUM } from '../report-browser.ts';
import { renderSampleReport, SAMPLE_REPORT } from './sample-report.ts';

const identityFile = path.join(ROOT, IDENTITY_FILE);
if (!existsSync(identityFile)) await writeIdentity();
const identity = await readFile(identityFile, 'utf8');
const sealedBefore = await readSealed();

for (const folder of RENDERED)
  await rm(path.join(ROOT, 'desired', ORGANISATION, folder), { recursive: true, force: true });
await rm(path.join(ROOT, 'plans', ORGANISATION), { recursive: true, force: true });
for (const folder of ['desired-before', 'ledger'])
  await rm(path.join(ROOT, BEFORE, folder), { recursive: true, force: true });

await writeFiles(await renderInputs(identity, readVersion()));
const { files, plan } = await renderOutputs(ROOT, { sealed: sealOrKeep, version: readVersion() });
await writeFiles(files);
await writeFiles(new Map([[SAMPLE_REPORT, await renderSampleReport()]]));
if (HAS_CHROMIUM) await writePictures(await renderPictures(plan));
else console.error('The pictures are not made: there is no Chromium (set CHROMIUM)');
console.log(`plan ${plan.digest} with ${plan.body.changes.length} changes`);

/** Sealing is random: what is sealed already stays, if it still holds the same keys. */
async function sealOrKeep(keys: SsoKeys): Promise<string> {
  if (sealedBefore !== null && (await holds(sealedBefore, keys))) return sealedBefore;
  return sealSecrets({ ...NO_SECRETS, ssoKeys: keys }, [await readRecipient(identity)]);
}

async function holds(sealed: string, keys: SsoKeys): Promise<boolean> {
  const opened = await unsealSecrets(sealed, identity).catch(() => null);
  return isDeepStrictEqual(opened?.ssoKeys, new Map(keys));
}

/** A plan of an earlier form will do: only what is sealed is taken from it. */
async function readSealed(): Promise<string | null> {
  const folder = path.join(ROOT, 'plans', ORGANISATION);
  const [name] = await readdir(folder).catch(() => []);
  if (name === undefined) return null;
  const { body } = JSON.parse(await readFile(path.join(folder, name, 'plan.json'), 'utf8')) as PlanFile;
  return body.sealed;
}

async function writeIdentity(): Promise<void> {
  const text = `# THROW-AWAY key of the example organisation, committed on purpose.
# It opens the sealed keys of invented people in plans/example, and nothing else. Never commit one of your own.
${await generateX25519Identity()}
`;
  await mkdir(path.dirname(identityFile), { recursive: true });
  await writeFile(identityFile, text);
}

async function writeFiles(files: Files): Promise<void> {
  for (const [name, text] of files) {
    const file = path.join(ROOT, ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
