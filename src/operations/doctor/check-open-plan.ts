import { parseConfiguration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import { readBranches } from '../../adapters/git/branch.ts';
import { findBringingCommit } from '../../adapters/git/bringing-commit.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { listCommittedPlans } from '../../adapters/git/plan-listing.ts';
import { parsePlanFile } from '../../model/plan/plan-file.ts';
import { planName } from '../../model/plan/plan-name.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import { readSecret } from '../../adapters/secrets/environment.ts';
import { unsealSecrets } from '../../adapters/secrets/seal.ts';
import { buildCheckWriter, buildDiagnosis, type Check } from './check.ts';
import type { DoctorQuestion } from './doctor-question.ts';

const write = buildCheckWriter('git');
const ID = 'secrets.openPlan';

/** Whether the newest plan on the branch, if it is still to be applied, can be opened with the keys of today. */
export async function checkOpenPlan(question: DoctorQuestion): Promise<Check> {
  try {
    const found = await findOpenPlan(question);
    if (found === null) return write.skipped(ID, 'no plan waits to be applied');
    if (found.plan.body.sealed === null) return write.skipped(ID, `plan ${planName(found.plan)} holds no secret`);
    return await judgeSealed(found.plan.body.sealed, found, question);
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return write.skipped(ID, 'the branch or the ledger cannot be read');
  }
}

interface OpenPlan {
  readonly plan: PlanFile;
  /** In the organisation.yaml that it was merged with. */
  readonly recipients: readonly string[];
}

async function judgeSealed(
  sealed: string,
  { plan, recipients }: OpenPlan,
  { configuration, environment }: DoctorQuestion,
): Promise<Check> {
  const name = planName(plan);
  const fix = 'Bring back the identity, or make a new plan; after an apply that died: zivver-gitops apply --abandon.';
  const identity = readSecret(environment, 'ZIVVER_GITOPS_IDENTITY') ?? '';
  if (identity !== '' && !(await canOpen(sealed, identity)))
    return write.warned(
      ID,
      `the given identity does not open plan ${name}, which is still to be applied`,
      buildDiagnosis({ code: 'IDENTITY_MISMATCH', error: 'CONFIGURATION_SECRET_MISSING' }, fix),
    );
  const gone = recipients.filter((recipient) => !configuration.recipients.includes(recipient));
  if (gone.length > 0)
    return write.warned(
      ID,
      `plan ${name} is sealed to a recipient that organisation.yaml no longer has`,
      buildDiagnosis({ code: 'RECIPIENT_GONE', error: 'PLAN_CONFIGURATION_CHANGED' }, 'Make a new plan.', gone),
    );
  return write.passed(ID, `plan ${name} is sealed to the recipients of today`);
}

function canOpen(sealed: string, identity: string): Promise<boolean> {
  return unsealSecrets(sealed, identity).then(
    () => true,
    () => false,
  );
}

async function findOpenPlan({ git, configuration }: DoctorQuestion): Promise<OpenPlan | null> {
  const { organisation, approval, folder } = configuration;
  const branches = await readBranches(git, approval, organisation);
  const { commit } = branches;
  const newest = (await listCommittedPlans(git, commit, organisation)).at(-1);
  if (commit === null || newest === undefined) return null;
  const [text = ''] = await git.readBlobs([newest.blob]);
  const plan = parsePlanFile(text, newest.path);
  const { entries } = await readLedger(git, { organisation, branches });
  const verdict = entries.find(({ begin }) => begin.plan === plan.digest)?.end?.verdict;
  if (verdict === 'complete' || verdict === 'refused' || verdict === 'abandoned') return null;
  const brought = (await findBringingCommit(git, commit, newest.path))?.commit ?? commit;
  const settings = await git.readFileAt(brought, `desired/${organisation}/organisation.yaml`);
  const { recipients } = parseConfiguration((settings ?? '').toString(), organisation, folder);
  return { plan, recipients };
}
