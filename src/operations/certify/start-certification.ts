import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readOwners } from '../../adapters/git/owners-file.ts';
import {
  CERTIFICATIONS_FOLDER,
  formatCertification,
  type Certification,
  type CertificationScope,
} from '../../model/certify/certification.ts';
import { desiredFileName } from '../../model/desired/desired-file-name.ts';
import { findOwner, type Owner } from '../../model/desired/owners.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { SourceOwner } from '../../model/schema/generated/plan.ts';
import type { AccountAt } from '../audit/account-at.ts';
import { findLastReading } from '../audit/last-reading.ts';
import { listPlanEvents, type PlanEvent } from '../audit/plan-events.ts';
import { readAccessAt } from '../audit/read-access.ts';
import { readAudit } from '../audit/read-audit.ts';
import type { CommandContext } from '../context.ts';
import { describeReading } from './describe-reading.ts';

export interface CertificationRequest {
  readonly scope: CertificationScope;
  /** `YYYY-MM-DD` */
  readonly due: string;
  readonly now: Date;
}

export interface StartedCertification {
  /** From the root of the repository. */
  readonly folder: string;
  readonly mailboxes: number;
  readonly readers: number;
  /** Without an owner, in owners.yaml or by managedBy, sorted. */
  readonly ownerless: readonly string[];
}

/** One file a mailbox that somebody else can read, in the work tree; people merge it. Throws CLI_USAGE. */
export async function startCertification(
  context: CommandContext,
  { scope, due, now }: CertificationRequest,
): Promise<StartedCertification> {
  const { git, configuration } = context;
  const { organisation } = configuration;
  verifyDue(due, now);
  const audit = await readAudit(context);
  const access = await readAccessAt({ git, organisation, ledger: audit.ledger, records: audit.records }, now);
  const owners = (await readOwners(git, audit.baseline.commit, organisation)) ?? [];
  const inSource = findLastReading(audit.records)?.ownersInSource ?? [];
  const events = audit.records.flatMap(listPlanEvents);
  const kind = scope === 'functional' ? 'functional' : 'user';
  const mailboxes = access.accounts.filter((account) => account.kind === kind && account.readers.length > 0);
  if (mailboxes.length === 0)
    throw usage(`There is no mailbox of the scope ${scope} that somebody else can read`, 'Name another scope.');
  const names = new Map(access.accounts.map(({ address, fullName }) => [address, fullName]));
  const started = now.toISOString().slice(0, 10);
  const built = mailboxes.map((mailbox) =>
    buildCertification(mailbox, { owners, inSource, events, names, started, due }),
  );
  const folder = `desired/${organisation}/${CERTIFICATIONS_FOLDER}/${due}-${scope}`;
  await writeCertifications(path.join(configuration.folder, CERTIFICATIONS_FOLDER, `${due}-${scope}`), built);
  return {
    folder,
    mailboxes: built.length,
    readers: built.reduce((sum, { readers }) => sum + readers.length, 0),
    ownerless: built.filter(({ owner }) => owner === undefined).map(({ mailbox }) => mailbox),
  };
}

interface Known {
  readonly owners: readonly Owner[];
  readonly inSource: readonly SourceOwner[];
  readonly events: readonly PlanEvent[];
  readonly names: ReadonlyMap<string, string>;
  readonly started: string;
  readonly due: string;
}

function buildCertification(
  { address, key, kind, fullName, readers }: AccountAt,
  { owners, inSource, events, names, started, due }: Known,
): Certification {
  const named = findOwner(owners, address);
  const owner = kind === 'user' ? `${fullName} <${address}>` : (named ?? findOwner(inSource, address))?.owner;
  return {
    mailbox: address,
    key,
    kind,
    fullName,
    ...(owner === undefined ? {} : { owner }),
    ...(named === undefined ? {} : { reason: named.reason }),
    started,
    due,
    readers: [...readers].sort().map((reader) => ({
      reader,
      name: names.get(reader) ?? '',
      evidence: describeReading(reader, key, events),
      decision: null,
      by: null,
    })),
  };
}

async function writeCertifications(folder: string, built: readonly Certification[]): Promise<void> {
  if (existsSync(folder))
    throw usage(
      `${path.basename(folder)} was started already`,
      'Look at certify status, or give another day with --due.',
    );
  await mkdir(folder, { recursive: true });
  for (const one of built) await writeFile(path.join(folder, desiredFileName(one.mailbox)), formatCertification(one));
}

function verifyDue(due: string, now: Date): void {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(due) && !Number.isNaN(Date.parse(due));
  if (!isDate) throw usage(`--due ${due} is not a day`, 'Write the day as 2027-01-31.');
  if (due < now.toISOString().slice(0, 10)) throw usage(`--due ${due} is past`, 'Name a later day.');
}

function usage(what: string, remedy: string): ReconcileError {
  return new ReconcileError('CLI_USAGE', what, { remedy });
}
