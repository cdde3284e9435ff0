import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isSeq, parseDocument, type Document } from 'yaml';
import { formatAllowedSigners, parseAllowedSigners } from '../../model/approval/allowed-signers.ts';
import { foldAddress, indexKeys, parseSigners, SIGNERS_FILE, type Signer } from '../../model/approval/signers.ts';
import { parsePublicKeyLine } from '../../model/approval/ssh-public-key.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { writeWhole } from './write-whole.ts';

export interface SignersPlace {
  /** Of the repository. */
  readonly root: string;
  readonly organisation: string;
}

export interface ImportedKeys {
  /** signers.yaml, from the root of the repository. */
  readonly file: string;
  readonly people: number;
  /** That were not listed yet. */
  readonly keys: number;
  /** Lines for other uses of SSH signatures than approvals; left out. */
  readonly otherUses: number;
}

/**
 * Adds the keys of an allowed_signers file of OpenSSH that signers.yaml does not list yet; what stands there stays as it is.
 * Throws CONFIGURATION_INVALID (3), with nothing written, if a line cannot be taken, names another person for a key that is
 * listed, or the result would not be right.
 */
export async function importSigners(place: SignersPlace, given: string): Promise<ImportedKeys> {
  const text = await readGiven(given);
  const { signers: imported, otherUses, problems: unreadable } = parseAllowedSigners(text, given);
  const file = fileOf(place);
  const whole = path.join(place.root, ...file.split('/'));
  const present = existsSync(whole) ? await readFile(whole, 'utf8') : EMPTY;
  const listed = parseSigners(present, file);
  const problems = [...unreadable, ...findOtherOwners(listed, imported, given)];
  if (problems.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', `${given} has lines that signers.yaml cannot say`, {
      remedy: 'Take them out of the file, or write those people into signers.yaml by hand.',
      problems,
    });
  const document = parseDocument(present);
  const added = addMissing(document, listed, imported);
  const rendered = document.toString({ lineWidth: 0 });
  parseSigners(rendered, file);
  if (added > 0) await writeWhole(whole, rendered);
  return { file, people: imported.length, keys: added, otherUses };
}

/** signers.yaml as it lies here, in OpenSSH’s format. Throws CONFIGURATION_INVALID (3). */
export async function exportSigners(place: SignersPlace): Promise<string> {
  const file = fileOf(place);
  const text = await readFile(path.join(place.root, ...file.split('/')), 'utf8').catch((cause: unknown) => {
    throw new ReconcileError('CONFIGURATION_INVALID', `${file} cannot be read`, {
      remedy: `List who may sign in ${file}, or import them: zivver-gitops signers import FILE`,
      cause,
    });
  });
  return formatAllowedSigners(parseSigners(text, file));
}

const EMPTY = '# Who may approve plans by signature; changed by a pull request of its own.\nsigners: []\n';

function fileOf({ organisation }: SignersPlace): string {
  return `desired/${organisation}/${SIGNERS_FILE}`;
}

async function readGiven(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ReconcileError('CLI_USAGE', `${file} cannot be read`, {
      remedy: 'Name a file in the format of allowed_signers (ssh-keygen(1)).',
      cause,
    });
  });
}

function findOtherOwners(present: readonly Signer[], imported: readonly Signer[], given: string): Problem[] {
  const known = indexKeys(present);
  return imported.flatMap(({ address, keys }) =>
    keys.flatMap(({ key }) => {
      const owner = known.get(parsePublicKeyLine(key).fingerprint)?.signer;
      if (owner === undefined || foldAddress(owner.address) === foldAddress(address)) return [];
      return { where: given, what: `names ${address} for a key that ${SIGNERS_FILE} lists as that of ${owner.name}` };
    }),
  );
}

/** How many keys are new. */
function addMissing(document: Document, present: readonly Signer[], imported: readonly Signer[]): number {
  const known = indexKeys(present);
  const list = document.get('signers');
  if (!isSeq(list)) return 0;
  list.flow = false;
  let added = 0;
  for (const { name, address, keys } of imported) {
    const missing = keys.filter(({ key }) => !known.has(parsePublicKeyLine(key).fingerprint));
    added += missing.length;
    if (missing.length === 0) continue;
    const index = present.findIndex((signer) => foldAddress(signer.address) === foldAddress(address));
    if (index < 0) document.addIn(['signers'], document.createNode({ name, address, keys: missing }));
    else for (const key of missing) document.addIn(['signers', index, 'keys'], document.createNode(key));
  }
  return added;
}
