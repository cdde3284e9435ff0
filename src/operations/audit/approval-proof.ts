import type { GitRepository } from '../../adapters/git/repository.ts';
import type { LedgerEntry } from '../../adapters/git/ledger.ts';
import { readPlanAuthors } from '../../adapters/git/plan-authors.ts';
import { parseArchivedPlan, type PlanArchive } from '../../adapters/git/plan-archive.ts';
import { approvalClassesOf } from '../../model/approval/approval-classes.ts';
import { provenBy, summariseApproval, type ProvenBy } from '../../model/approval/approval-summary.ts';
import { formatIdentity, parseIdentity } from '../../model/approval/git-identity.ts';
import { judgeStatements, type StatementFile } from '../../model/approval/judge-statements.ts';
import { parseSigners, SIGNERS_FILE } from '../../model/approval/signers.ts';
import { parsePublicKeyLine } from '../../model/approval/ssh-public-key.ts';
import { formatSignedStatement, formatStatement, subjectOf, type Statement } from '../../model/approval/statement.ts';
import { WireFault } from '../../model/approval/ssh-wire.ts';
import { formatCanonicalJson } from '../../model/canonical.ts';
import { parseConfiguration } from '../../model/configuration/configuration.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { ledgerFileOf, planFolder } from '../../model/plan/plan-name.ts';
import type { SignatureFacts } from '../../model/schema/generated/ledger.ts';
import type { PlanBody } from '../../model/schema/generated/plan.ts';

export interface ApprovalProof {
  /** Plans by what proves their approval. */
  readonly approvals: Readonly<Record<ProvenBy, number>>;
  readonly problems: readonly Problem[];
}

interface Place {
  readonly organisation: string;
  readonly archive: PlanArchive;
}

/**
 * Every approval that the ledger recorded, proven again from the repository alone, at the moment it was taken: keys that ended
 * since, and people who left, change nothing. Told too: an approval that records less than organisation.yaml asked for then.
 */
export async function proveApprovals(
  git: GitRepository,
  entries: readonly LedgerEntry[],
  place: Place,
): Promise<ApprovalProof> {
  const approvals: Record<ProvenBy, number> = { signatures: 0, reviews: 0, merger: 0, single: 0 };
  const problems: Problem[] = [];
  const known: AskedBefore = new Map();
  for (const entry of entries) {
    const { approval } = entry.begin;
    approvals[provenBy(approval)] += 1;
    const where = `${place.organisation}/${ledgerFileOf(entry.name)}:1`;
    const asked = await readAsked(git, entry, { organisation: place.organisation, known });
    const faults = [
      ...(asked === null ? [] : findLess(entry, asked)),
      ...(approval.signatures === null ? [] : await findUnproven(git, entry, { ...place, facts: approval.signatures })),
    ];
    problems.push(...faults.map((what) => ({ where, what })));
  }
  return { approvals, problems };
}

/** Text of organisation.yaml, which hardly changes from plan to plan → what it asks for. */
type AskedBefore = Map<string, PlanBody['approval'] | null>;

/** What organisation.yaml asked for at the commit that was applied; null: it cannot be read any more. */
async function readAsked(
  git: GitRepository,
  { begin }: LedgerEntry,
  { organisation, known }: { readonly organisation: string; readonly known: AskedBefore },
): Promise<PlanBody['approval'] | null> {
  const bytes = await git.readFileAt(begin.approval.commit, `desired/${organisation}/organisation.yaml`);
  if (bytes === undefined) return null;
  const text = bytes.toString('utf8');
  const asked = known.has(text) ? (known.get(text) ?? null) : parseAsked(text, organisation);
  known.set(text, asked);
  return asked;
}

function parseAsked(text: string, organisation: string): PlanBody['approval'] | null {
  try {
    return summariseApproval(parseConfiguration(text, organisation, ''));
  } catch (error) {
    // Of an older version of the program.
    if (error instanceof ReconcileError) return null;
    throw error;
  }
}

function findLess({ begin: { approval } }: LedgerEntry, asked: PlanBody['approval']): string[] {
  const { signatures, reviews, distinctPeople } = approval;
  const recorded = signatures && { minimum: signatures.minimum, rules: signatures.rules };
  if (formatCanonicalJson(recorded) !== formatCanonicalJson(asked.signatures))
    return ['records another rule for signatures than organisation.yaml had'];
  if (asked.reviews !== null && (reviews?.reviews.length ?? 0) < asked.reviews.minimum)
    return [`records fewer than the ${asked.reviews.minimum} reviews that organisation.yaml asked for`];
  const isMore = signatures !== null || reviews !== null;
  return asked.distinctPeople && !isMore && !distinctPeople
    ? ['was approved by one person alone, and organisation.yaml asked for another one']
    : [];
}

/** Authors and signers are read from git again: a record cannot leave out who made the plan, or take its signers from elsewhere. */
async function findOtherCommits(
  git: GitRepository,
  { approval: { planCommit, signatures } }: LedgerEntry['begin'],
  folder: string,
): Promise<string[]> {
  if (signatures === null || (await git.resolve(planCommit)) === undefined) return [];
  const before = await git.resolve(`${planCommit}^1`);
  if (before !== undefined && before !== signatures.signersCommit)
    return ['takes its signers from another commit than the one before the plan'];
  const { withCommitters } = await readPlanAuthors(git, { planCommit, folder });
  const named = new Set(signatures.authors);
  const missing = withCommitters.map(formatIdentity).filter((author) => !named.has(author));
  return missing.map((author) => `does not name ${author}, who made or committed the plan`);
}

async function findUnproven(
  git: GitRepository,
  { name, begin }: LedgerEntry,
  { organisation, archive, facts }: Place & { readonly facts: SignatureFacts },
): Promise<string[]> {
  const others = await findOtherCommits(git, begin, planFolder(organisation, name));
  if (others.length > 0) return others;
  const archived = archive.get(name);
  const review = await git.readFileAt(begin.approval.commit, `${planFolder(organisation, name)}/plan.md`);
  const list = await git.readFileAt(facts.signersCommit, `desired/${organisation}/${SIGNERS_FILE}`);
  if (archived === undefined || review === undefined || list === undefined)
    return ['was approved by signatures over what this clone does not have: clone the whole history'];
  try {
    const { body, digest } = parseArchivedPlan(archived);
    if (body.parent !== begin.previous) return ['begins at another state of the ledger than its plan names'];
    const signers = parseSigners(list.toString('utf8'), SIGNERS_FILE);
    const judged = judgeStatements({
      plan: {
        subject: subjectOf({ schema: 'zivver-gitops.plan/1', digest, body }, review.toString('utf8')),
        classes: approvalClassesOf(body.changes),
        authors: facts.authors.map(parseIdentity),
        createdAt: body.createdAt,
        expiresAt: body.expiresAt,
        now: new Date(begin.at),
      },
      rule: facts,
      files: facts.approvals.map(fileOf),
      signers,
      current: signers,
    });
    if (!judged.approved) return judged.reasons.map(({ what }) => `is not approved: a statement ${what}`);
    const names = judged.counted.map(({ signer }) => signer.address).sort();
    const recorded = facts.approvals.map(({ address }) => address).sort();
    return formatCanonicalJson(names) === formatCanonicalJson(recorded) ? [] : ['names other people than who signed'];
  } catch (error) {
    if (error instanceof ReconcileError) return [error.message];
    if (error instanceof WireFault || error instanceof SyntaxError) return ['holds a statement that cannot be read'];
    throw error;
  }
}

/** As it lay beside the plan. */
function fileOf({ key, statement, signature }: SignatureFacts['approvals'][number]): StatementFile {
  const parsed = JSON.parse(statement) as Statement;
  const isWhole = formatStatement(parsed) === statement;
  const { fingerprint } = parsePublicKeyLine(key);
  return {
    path: fingerprint,
    fingerprint,
    text: isWhole ? formatSignedStatement({ schema: 'zivver-gitops.approval/1', statement: parsed, signature }) : '',
    isCurrent: true,
  };
}
