import { ReconcileError } from '../../../model/errors.ts';
import { parseConfiguration, type Configuration } from '../../../model/configuration/configuration.ts';
import { readCertifications } from '../../../adapters/git/certification-files.ts';
import { readHoldsOf } from '../../../adapters/git/baseline.ts';
import { isHoldInForce } from '../../../model/desired/holds.ts';
import { readOwners } from '../../../adapters/git/owners-file.ts';
import type { GitRepository } from '../../../adapters/git/repository.ts';
import type { CommandContext } from '../../context.ts';
import { parseDayStart, parseMoment } from '../parse-moment.ts';
import { listPlanEvents } from '../plan-events.ts';
import { readAuditFindings } from '../read-audit-findings.ts';
import { readAccessAt } from '../read-access.ts';
import type { Audit } from '../read-audit.ts';
import type { AuditReport } from './audit-report.ts';
import { buildReport } from './build-report.ts';
import { momentOfPlan } from './report-facts.ts';

export interface ReportQuestion {
  /** A day or a moment, UTC. */
  readonly from: string;
  readonly to: string;
}

/** Throws CLI_USAGE for what is no time, LEDGER_INVALID (46) for what cannot be proved. */
export async function readReport(
  context: Pick<CommandContext, 'git' | 'configuration'>,
  audit: Audit,
  question: ReportQuestion,
): Promise<AuditReport> {
  const { git, configuration } = context;
  const { organisation } = configuration;
  const [from, to] = [parseDayStart(question.from), parseMoment(question.to)];
  if (from > to)
    throw new ReconcileError('CLI_USAGE', `${question.to} is before ${question.from}`, {
      remedy: 'Give the first day with --from and the last one with --to.',
    });
  const records = audit.records.filter((record) => Date.parse(momentOfPlan(record)) <= to.getTime());
  const access = await readAccessAt({ git, organisation, ledger: audit.ledger, records: audit.records }, to);
  const settings = await readSettings(git, access.commit, organisation);
  const head = await findHeadAt(git, audit.baseline.commit, to);
  const [owners, certifications, holds, findings] = await Promise.all([
    readOwners(git, head, organisation),
    readCertifications(git, head, organisation),
    readHoldsOf(git, head, organisation),
    readAuditFindings(context, audit),
  ]);
  const events = records.flatMap(listPlanEvents);
  return buildReport({
    organisation,
    from,
    to,
    records,
    events,
    access,
    owners,
    certifications,
    holds: holds.filter((hold) => isHoldInForce(hold, to)),
    findings: findings.filter(({ at }) => Date.parse(at) <= to.getTime()),
    protected: settings?.protected ?? null,
  });
}

/** Of the branch's own line, by the times that git has. */
async function findHeadAt(git: GitRepository, head: string | null, moment: Date): Promise<string | null> {
  if (head === null) return null;
  const found = await git.read(['rev-list', '-1', '--first-parent', `--before=${moment.toISOString()}`, head]);
  return found.trim() === '' ? null : found.trim();
}

/** As a commit has them; null: it has none that this version can read. */
async function readSettings(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<Configuration | null> {
  if (commit === null) return null;
  const text = (await git.readFileAt(commit, `desired/${organisation}/organisation.yaml`))?.toString('utf8');
  if (text === undefined) return null;
  try {
    return parseConfiguration(text, organisation, '');
  } catch (error) {
    if (error instanceof ReconcileError) return null;
    throw error;
  }
}
