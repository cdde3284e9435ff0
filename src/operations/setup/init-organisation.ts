import { LEDGER_BRANCH } from '../../adapters/git/ref-names.ts';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfiguration } from '../reading/read-configuration.ts';
import { renderOrganisationFile } from './organisation-template.ts';
import { ReconcileError } from '../../model/errors.ts';
import { GitRepository } from '../../adapters/git/repository.ts';
import { pushAnchor } from '../../adapters/git/ledger-anchor.ts';
import { GENESIS_ANCHOR } from '../../model/ledger/anchors.ts';
import { GENESIS_FILE } from '../../model/plan/plan-name.ts';
import { formatRecord } from '../../model/ledger/chain.ts';
import { isLostRace, notWritable, pushLedgerFile } from '../../adapters/git/ledger-branch.ts';
import { readBranches, type ApprovalPlace } from '../../adapters/git/branch.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { makeFingerprintKey, makeIdentity } from './make-key.ts';
import type { InitAnswers } from './init-flags.ts';

export interface KeyRequest {
  /** age public key of a pair that exists. */
  readonly recipient?: string;
  readonly identityFile?: string;
  readonly sealMobile?: boolean;
}

export interface MadeOrganisation {
  /** What was done, for people. */
  readonly lines: readonly string[];
  /** The new age identity; null if none was made. */
  readonly identityFile: string | null;
}

export function existsOrganisation(root: string, organisation: string): boolean {
  return existsSync(fileOf(root, organisation));
}

/** Makes what is missing of an organisation, and keeps what is there. */
export async function initOrganisation(
  git: GitRepository,
  { organisation, template }: InitAnswers,
  request: KeyRequest,
): Promise<MadeOrganisation> {
  const lines: string[] = [];
  let identityFile: string | null = null;
  if (existsOrganisation(git.root, organisation)) lines.push(`kept      desired/${organisation}/organisation.yaml`);
  else {
    const { lines: told, ...keys } = await makeKeys(organisation, request, git.root);
    const file = fileOf(git.root, organisation);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, renderOrganisationFile({ ...template, ...keys }));
    const edit = template.source === null ? ' (edit the source: server, user, base DN)' : '';
    lines.push(`written   desired/${organisation}/organisation.yaml${edit}`, ...told);
    identityFile = keys.identityFile;
  }
  lines.push(...(await writeAttributes(git.root)));
  const configuration = await readConfiguration(git.root, organisation);
  lines.push(
    await startLedger(git, {
      organisation,
      target: configuration.target.url,
      approval: configuration.approval,
    }),
  );
  return { lines, identityFile };
}

function fileOf(root: string, organisation: string): string {
  return path.join(root, 'desired', organisation, 'organisation.yaml');
}

interface Keys {
  readonly recipient: string;
  readonly identityFile: string | null;
  readonly fingerprintKey: string | null;
  readonly lines: readonly string[];
}

async function makeKeys(organisation: string, request: KeyRequest, root: string): Promise<Keys> {
  const { recipient, sealMobile } = request;
  if (recipient !== undefined && !/^age1[0-9a-z]{58}$/.test(recipient))
    throw new ReconcileError('CLI_USAGE', '--recipient is not an age public key', {
      remedy: 'Give the line that begins with age1, never the identity.',
    });
  const beside = (extension: string): string => path.resolve(root, '..', `${organisation}.${extension}`);
  const identityFile = path.resolve(request.identityFile ?? beside('age-identity'));
  const identity = recipient === undefined ? await makeIdentity(identityFile, root) : null;
  const fingerprint = sealMobile === true ? await makeFingerprintKey(beside('fingerprint-key'), root) : null;
  return {
    recipient: identity?.publicPart ?? recipient ?? '',
    identityFile: identity === null ? null : identityFile,
    fingerprintKey: fingerprint?.publicPart ?? null,
    lines: [identity, fingerprint].flatMap((key) => key?.line ?? []),
  };
}

/** Desired files and plans are compared byte for byte: no checkout may change their line ends. */
async function writeAttributes(root: string): Promise<string[]> {
  const file = path.join(root, '.gitattributes');
  const present = existsSync(file) ? await readFile(file, 'utf8') : '';
  const wanted = ['desired/** text eol=lf', 'plans/** text eol=lf'].filter(
    (line) => !present.split(/\r?\n/).includes(line),
  );
  if (wanted.length === 0) return ['kept      .gitattributes'];
  const separator = present === '' || present.endsWith('\n') ? '' : '\n';
  await writeFile(file, `${present}${separator}${wanted.join('\n')}\n`);
  return ['written   .gitattributes (line ends of desired/ and plans/)'];
}

/** Another organisation may write to the branch at the same moment. */
const START_ATTEMPTS = 5;

async function startLedger(
  git: GitRepository,
  start: { organisation: string; target: string; approval: ApprovalPlace },
): Promise<string> {
  const { organisation, target, approval } = start;
  for (let attempt = 1; ; attempt += 1) {
    const branches = await readBranches(git, approval, organisation);
    const { genesis, tip, gitRemote } = await readLedger(git, { organisation, branches });
    if (genesis !== null) return `kept      branch ${LEDGER_BRANCH}: lineage ${genesis.lineage}`;
    const lineage = randomUUID();
    const text = `${formatRecord({ type: 'genesis', organisation, target, lineage, at: new Date().toISOString() })}\n`;
    const message = `${organisation}: start the ledger`;
    const pushed = await pushLedgerFile({ git, gitRemote, tip, organisation, file: GENESIS_FILE, text, message });
    if (pushed.pushed) {
      await pushAnchor({ git, gitRemote, organisation }, { name: GENESIS_ANCHOR, commit: pushed.tip });
      const where = gitRemote === null ? ' (of this clone: approval.gitRemote is none)' : '';
      return `started   branch ${LEDGER_BRANCH}: lineage ${lineage}${where}`;
    }
    if (!isLostRace(pushed.why) || attempt === START_ATTEMPTS) throw notWritable(pushed.why);
  }
}
