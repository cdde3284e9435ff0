import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfiguration } from '../configuration.ts';
import { renderOrganisationFile } from '../desired/organisation-template.ts';
import { ReconcileError } from '../errors.ts';
import { GitRepository } from '../git/repository.ts';
import { formatRecord } from '../ledger/chain.ts';
import { notWritable, pushLedgerFile } from '../ledger/ledger-branch.ts';
import { readLedger, LEDGER_BRANCH } from '../ledger/ledger.ts';
import { makeFingerprintKey, makeIdentity } from './make-key.ts';

export interface InitRequest {
  readonly url: string;
  readonly domains?: string;
  readonly recipient?: string;
  readonly identityFile?: string;
  readonly sealMobile?: boolean;
}

/** Makes what is missing of an organisation, and keeps what is there. Returns what it did, as lines for people. */
export async function initOrganisation(organisation: string, request: InitRequest): Promise<{ lines: string[] }> {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(organisation))
    throw new ReconcileError('CLI_USAGE', 'The organisation’s name must be lower-case letters, digits and dashes', {
      remedy: 'Choose a name such as: head-office',
    });
  const git = await GitRepository.open(process.cwd());
  const lines: string[] = [];
  const file = path.join(git.root, 'desired', organisation, 'organisation.yaml');
  if (existsSync(file)) lines.push(`kept      desired/${organisation}/organisation.yaml`);
  else lines.push(...(await writeOrganisation(file, { organisation, request, root: git.root })));
  lines.push(...(await writeAttributes(git.root)));
  const configuration = await readConfiguration(git.root, organisation);
  lines.push(
    await startLedger(git, {
      organisation,
      target: configuration.target.url,
      gitRemote: configuration.approval.gitRemote,
    }),
  );
  return { lines };
}

interface NewOrganisation {
  readonly organisation: string;
  readonly request: InitRequest;
  readonly root: string;
}

async function writeOrganisation(file: string, { organisation, request, root }: NewOrganisation): Promise<string[]> {
  const domains = request.domains?.split(',').map((domain) => domain.trim().toLowerCase());
  if (domains === undefined)
    throw new ReconcileError('CLI_USAGE', 'A new organisation needs its claimed domains', {
      remedy: `Call: zivver-gitops init ${organisation} --domains company.org,company.nl`,
    });
  const beside = (extension: string): string => path.resolve(root, '..', `${organisation}.${extension}`);
  const identityFile = path.resolve(request.identityFile ?? beside('age-identity'));
  const identity = request.recipient === undefined ? await makeIdentity(identityFile, root) : null;
  const fingerprint = request.sealMobile === true ? await makeFingerprintKey(beside('fingerprint-key'), root) : null;
  const recipient = identity?.publicPart ?? request.recipient ?? '';
  const fingerprintKey = fingerprint?.publicPart ?? null;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, renderOrganisationFile({ url: request.url, domains, recipient, fingerprintKey }));
  return [
    `written   desired/${organisation}/organisation.yaml (edit the source: server, user, base DN)`,
    ...[identity, fingerprint].flatMap((key) => key?.line ?? []),
  ];
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

async function startLedger(
  git: GitRepository,
  start: { organisation: string; target: string; gitRemote: string },
): Promise<string> {
  const { organisation, target, gitRemote } = start;
  const ledger = await readLedger(git, gitRemote, organisation);
  if (ledger.genesis !== null) return `kept      branch ${LEDGER_BRANCH}: lineage ${ledger.genesis.lineage}`;
  const lineage = randomUUID();
  const text = `${formatRecord({ type: 'genesis', organisation, target, lineage, at: new Date().toISOString() })}\n`;
  const { tip } = ledger;
  const message = `${organisation}: start the ledger`;
  const pushed = await pushLedgerFile({
    git,
    gitRemote: ledger.gitRemote,
    tip,
    file: `${organisation}/genesis.json`,
    text,
    message,
  });
  if (!pushed.pushed) throw notWritable(pushed.why);
  return `started   branch ${LEDGER_BRANCH}: lineage ${lineage}${ledger.gitRemote === null ? ' (no git remote: local branch)' : ''}`;
}
