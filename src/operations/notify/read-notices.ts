import { readOpenLines } from '../../adapters/git/baseline.ts';
import { readBranches, requireBranch } from '../../adapters/git/branch.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { readCertifications } from '../../adapters/git/certification-files.ts';
import { listCampaigns } from '../../model/certify/campaigns.ts';
import { buildCertificationNotices } from '../../model/notify/certification-notices.ts';
import { EXIT_CODES } from '../../model/errors.ts';
import { buildAppliedNotices } from '../../model/notify/apply-notices.ts';
import { listRuns, type Finding, type RunFinding } from '../../model/notify/finding.ts';
import type { Notice, NoticeLinks } from '../../model/notify/notice.ts';
import { buildMergedNotices, buildPlanNotices } from '../../model/notify/plan-notices.ts';
import { buildOpenNotices, buildRunNotices } from '../../model/notify/state-notices.ts';
import { planName } from '../../model/plan/plan-name.ts';
import type { CommandContext } from '../context.ts';
import { readLastPlan } from '../planning/last-plan.ts';
import { readWaitingPlan } from './read-waiting-plan.ts';

export interface Asked {
  readonly during: RunFinding['during'];
  readonly code: number;
  readonly text: readonly string[];
  readonly now: Date;
  readonly known: readonly Finding[];
  readonly links: NoticeLinks;
}

/** All there is to tell now, told before or not; and how the job ended, if otherwise than the one before it. */
export async function readNotices(
  { git, configuration }: CommandContext,
  asked: Asked,
): Promise<{ readonly notices: readonly Notice[]; readonly run: RunFinding | null }> {
  const { organisation, approval } = configuration;
  const { now, links } = asked;
  const branches = await readBranches(git, approval, organisation);
  const commit = requireBranch(branches);
  const ledger = await readLedger(git, { organisation, branches });
  const [merged, waiting, open, certifications] = await Promise.all([
    readLastPlan(git, commit, organisation),
    readWaitingPlan({ git, configuration }, commit),
    readOpenLines(git, commit, organisation),
    readCertifications(git, commit, organisation),
  ]);
  const last = ledger.entries.at(-1);
  const isLeft = merged !== null && !ledger.entries.some(({ begin }) => begin.plan === merged.digest);
  const name = merged === null ? null : planName(merged);
  const run = buildRun(asked, isLeft ? name : null);
  const runs = [...listRuns(asked.known, asked.during), ...(run === null ? [] : [run])];
  const notices = [
    ...(last === undefined ? [] : buildAppliedNotices(organisation, last, now)),
    ...(waiting === null ? [] : buildPlanNotices(waiting, { now, links })),
    ...(merged === null || name === null || !isLeft
      ? []
      : buildMergedNotices(
          { organisation, name, digest: merged.digest, expiresAt: merged.body.expiresAt },
          { now, links },
        )),
    ...buildRunNotices(organisation, { runs, text: asked.text, now }),
    ...buildOpenNotices(organisation, open, links),
    ...buildCertificationNotices(organisation, listCampaigns(certifications, now), { now, links }),
  ];
  return { notices, run };
}

/** Ends of an apply that the ledger has: they are told from there. */
const RECORDED: readonly number[] = [
  EXIT_CODES.APPLY_INCOMPLETE,
  EXIT_CODES.APPLY_CONFLICTS,
  EXIT_CODES.APPLY_INTERRUPTED,
  EXIT_CODES.APPLY_TARGET_STALE,
];
/** `plan --detailed-exitcode` */
const HAS_CHANGES = 2;

/** Null: it ended as the one before it. */
function buildRun({ during, code: given, known, now, links }: Asked, refused: string | null): RunFinding | null {
  const isFine = during === 'plan' ? given === HAS_CHANGES : during === 'apply' && RECORDED.includes(given);
  const code = isFine ? 0 : given;
  const plan = during === 'apply' && code !== 0 ? refused : null;
  const before = listRuns(known, during).at(-1) ?? { code: 0, plan: null };
  if (before.code === code && before.plan === plan) return null;
  return { type: 'run', at: now.toISOString(), during, code, plan, runUrl: links.run };
}
