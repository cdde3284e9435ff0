import type { Configuration } from '../../model/configuration/configuration.ts';
import { approvalClassesOf } from '../../model/approval/approval-classes.ts';
import { formatIdentity, type GitIdentity } from '../../model/approval/git-identity.ts';
import { judgeStatements, type CountedStatement } from '../../model/approval/judge-statements.ts';
import { parseSigners, SIGNERS_FILE, type Signer } from '../../model/approval/signers.ts';
import { formatStatement, subjectOf } from '../../model/approval/statement.ts';
import { ReconcileError } from '../../model/errors.ts';
import { renderMarkdown } from '../../model/review/markdown.ts';
import type { SignatureFacts } from '../../model/schema/generated/ledger.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { readStatementFiles } from '../../adapters/git/statement-files.ts';
import type { VerifiedPlan } from '../../adapters/git/plan-folder.ts';
import { notApproved } from './not-approved.ts';

export interface SignatureApprovalInput {
  readonly git: GitRepository;
  readonly verified: VerifiedPlan;
  readonly configuration: Configuration;
  readonly merge: { readonly commit: string; readonly planCommit: string };
  /** Whom git names for the plan's commits. */
  readonly authors: readonly GitIdentity[];
  readonly now: Date;
}

/**
 * The signed statements of the plan, judged with the signers whom the branch listed before the plan came there; null if
 * approval.signatures is not configured. Throws APPROVAL_MISSING (30) with every reason.
 */
export async function verifySignatures(input: SignatureApprovalInput): Promise<SignatureFacts | null> {
  const { git, verified, configuration, merge, authors, now } = input;
  const { signatures: rule } = configuration.approval;
  if (rule === null) return null;
  const { plan, folder } = verified;
  const signersCommit = (await git.resolve(`${merge.planCommit}^1`)) ?? refuseWithoutSigners('the first commit');
  const judged = judgeStatements({
    plan: {
      subject: subjectOf(plan, renderMarkdown(plan)),
      classes: approvalClassesOf(plan.body.changes),
      authors,
      createdAt: plan.body.createdAt,
      expiresAt: plan.body.expiresAt,
      now,
    },
    rule,
    files: await readStatementFiles(git, { ...merge, folder }),
    signers: await readSigners(git, signersCommit, configuration.organisation),
    current: await readSigners(git, merge.commit, configuration.organisation),
  });
  if (!judged.approved)
    throw notApproved('The plan is not approved by the signatures that it needs', {
      remedy: `Have people of ${SIGNERS_FILE} who did not make it sign it: zivver-gitops approve ${verified.name}; whoever rejects it: make a new plan.`,
      problems: judged.reasons,
    });
  return {
    minimum: rule.minimum,
    rules: rule.rules.map(({ for: classes, minimum, role }) => ({ for: [...classes], minimum, role })),
    signersCommit,
    authors: authors.map(formatIdentity),
    approvals: judged.counted.map(recordApproval),
  };
}

/** The people whom a commit lists. Throws APPROVAL_MISSING (30) if it lists none, or not in a form that can be read. */
export async function readSigners(
  git: GitRepository,
  commit: string,
  organisation: string,
): Promise<readonly Signer[]> {
  const file = `desired/${organisation}/${SIGNERS_FILE}`;
  const bytes = await git.readFileAt(commit, file);
  if (bytes === undefined) return refuseWithoutSigners(`commit ${commit.slice(0, 10)}`);
  try {
    return parseSigners(bytes.toString('utf8'), file);
  } catch (cause) {
    if (!(cause instanceof ReconcileError)) throw cause;
    const { message, remedy, problems } = cause;
    throw notApproved(`Nobody knows who may approve: ${message}`, { remedy, problems, cause });
  }
}

function refuseWithoutSigners(where: string): never {
  throw notApproved(`Nobody knows who may approve: ${SIGNERS_FILE} was not on the branch before the plan`, {
    remedy: `Merge ${SIGNERS_FILE} on its own, then make a new plan; see the keys with: zivver-gitops doctor`,
    problems: [{ where, what: `has no ${SIGNERS_FILE}` }],
  });
}

function recordApproval({ signer, key, signed }: CountedStatement): SignatureFacts['approvals'][number] {
  return {
    name: signer.name,
    address: signer.address,
    role: signer.role ?? null,
    key: key.key,
    statement: formatStatement(signed.statement),
    signature: signed.signature,
  };
}
