import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfiguration } from '../reading/read-configuration.ts';
import { renderOrganisationFile } from './organisation-template.ts';
import { ReconcileError } from '../../model/errors.ts';
import { GitRepository } from '../../adapters/git/repository.ts';
import { recipientOf } from '../../adapters/secrets/identity.ts';
import { makeOrKeepFingerprintKey, makeOrKeepIdentity, readIdentity } from './make-key.ts';
import { FLAG_NAMES, type InitFlags } from './init-fields.ts';
import { TEMPLATE_FLAGS, type InitAnswers } from './init-flags.ts';
import { startLedger } from './start-ledger.ts';
import { writeWhole } from './write-whole.ts';

export interface KeyRequest {
  /** age public key of a pair that exists. */
  readonly recipient?: string;
  readonly identityFile?: string;
  readonly sealMobile?: boolean;
}

export interface MadeOrganisation {
  /** What was done, for people. */
  readonly lines: readonly string[];
  /** The age identity that must be stored and deleted; null if there is none any more. */
  readonly identityFile: string | null;
  /** Something was applied already. */
  readonly isLive: boolean;
}

export function existsOrganisation(root: string, organisation: string): boolean {
  return existsSync(fileOf(root, organisation));
}

/**
 * Makes what is missing of an organisation, and keeps what is there: a second run finishes what one that ended early began. What
 * is given for a file that is there must be what stands in it.
 */
export async function initOrganisation(
  git: GitRepository,
  { organisation, template }: InitAnswers,
  { flags, ...request }: KeyRequest & { readonly flags: InitFlags },
): Promise<MadeOrganisation> {
  const lines: string[] = [];
  const present = await readPresent(git.root, organisation);
  if (present !== null) {
    refuseIdle(present, template, { flags, ...request });
    lines.push(`kept      desired/${organisation}/organisation.yaml`);
  } else {
    const { lines: told, ...keys } = await makeKeys(organisation, request, git.root);
    await writeWhole(fileOf(git.root, organisation), renderOrganisationFile({ ...template, ...keys }));
    const edit = template.source === null ? ' (edit the source: server, user, base DN)' : '';
    lines.push(`written   desired/${organisation}/organisation.yaml${edit}`, ...told);
  }
  lines.push(await addLines(git.root, '.gitattributes', ATTRIBUTES), await addLines(git.root, '.gitignore', IGNORED));
  const configuration = await readConfiguration(git.root, organisation);
  const { line, isLive } = await startLedger(git, configuration);
  const identityFile = await findIdentity(organisation, request, { git, recipients: configuration.recipients });
  return { lines: [...lines, line], identityFile, isLive };
}

async function readPresent(root: string, organisation: string): Promise<string | null> {
  return existsOrganisation(root, organisation) ? readFile(fileOf(root, organisation), 'utf8') : null;
}

/** The same command once more is fine; other answers would not be used. */
function refuseIdle(
  present: string,
  template: InitAnswers['template'],
  { flags, recipient, identityFile, sealMobile }: KeyRequest & { readonly flags: InitFlags },
): void {
  const inFile = /recipients: \[(age1[0-9a-z]{58})\]/.exec(present)?.[1] ?? '';
  const fingerprintKey = /^ {2}fingerprintKey: "([^"]*)"/m.exec(present)?.[1] ?? null;
  const same = renderOrganisationFile({ ...template, recipient: inFile, fingerprintKey });
  const isSame = same === present.replaceAll('\r\n', '\n');
  const keys = { '--recipient': recipient, '--identity-file': identityFile, '--seal-mobile': sealMobile };
  const given = [
    ...TEMPLATE_FLAGS.filter((flag) => flags[flag] !== undefined).map((flag) => FLAG_NAMES[flag]),
    ...Object.entries(keys).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  ];
  if (isSame && (recipient ?? inFile) === inFile && (sealMobile !== true || fingerprintKey !== null)) return;
  if (given.length === 0) return;
  throw new ReconcileError(
    'CLI_USAGE',
    'organisation.yaml is there already and says something else; nothing was written',
    {
      remedy: 'Edit the file by pull request, or leave out these flags.',
      problems: given.map((where) => ({ where, what: 'would not be used' })),
    },
  );
}

/** Until it is stored where it belongs, people are told, whichever run wrote it. */
async function findIdentity(
  organisation: string,
  { identityFile }: KeyRequest,
  { git, recipients }: { git: GitRepository; recipients: readonly string[] },
): Promise<string | null> {
  const file = identityFileOf(organisation, identityFile, git.root);
  const identity = await readIdentity(file);
  return identity !== null && recipients.includes(await recipientOf(identity)) ? file : null;
}

function fileOf(root: string, organisation: string): string {
  return path.join(root, 'desired', organisation, 'organisation.yaml');
}

interface Keys {
  readonly recipient: string;
  readonly fingerprintKey: string | null;
  readonly lines: readonly string[];
}

async function makeKeys(organisation: string, request: KeyRequest, root: string): Promise<Keys> {
  const { recipient, sealMobile } = request;
  if (recipient !== undefined && !/^age1[0-9a-z]{58}$/.test(recipient))
    throw new ReconcileError('CLI_USAGE', '--recipient is not an age public key', {
      remedy: 'Give the line that begins with age1, never the identity.',
    });
  if (recipient !== undefined && request.identityFile !== undefined)
    throw new ReconcileError('CLI_USAGE', '--identity-file is not used with --recipient', {
      remedy: 'Leave out one of them: with --recipient no identity is made.',
    });
  const identityFile = identityFileOf(organisation, request.identityFile, root);
  const identity = recipient === undefined ? await makeOrKeepIdentity(identityFile, root) : null;
  const fingerprintFile = path.resolve(root, '..', `${organisation}.fingerprint-key`);
  const fingerprint = sealMobile === true ? await makeOrKeepFingerprintKey(fingerprintFile, root) : null;
  return {
    recipient: identity?.publicPart ?? recipient ?? '',
    fingerprintKey: fingerprint?.publicPart ?? null,
    lines: [identity, fingerprint].flatMap((key) => key?.line ?? []),
  };
}

function identityFileOf(organisation: string, given: string | undefined, root: string): string {
  return path.resolve(given ?? path.join(root, '..', `${organisation}.age-identity`));
}

/** Desired files and plans are compared byte for byte: no checkout may change their line ends. */
const ATTRIBUTES = ['desired/** text eol=lf', 'plans/** text eol=lf'];

const IGNORED = ['node_modules/', '*.age-identity', '*.fingerprint-key', '*.ledger-key'];

async function addLines(root: string, name: string, lines: readonly string[]): Promise<string> {
  const file = path.join(root, name);
  const present = existsSync(file) ? await readFile(file, 'utf8') : '';
  const wanted = lines.filter((line) => !present.split(/\r?\n/).includes(line));
  if (wanted.length === 0) return `kept      ${name}`;
  const separator = present === '' || present.endsWith('\n') ? '' : '\n';
  await writeWhole(file, `${present}${separator}${wanted.join('\n')}\n`);
  return `written   ${name} (${wanted.join(', ')})`;
}
