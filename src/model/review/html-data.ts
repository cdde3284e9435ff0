import { factPhrase } from '../facts/fact.ts';
import type { PlanBody, PlanFile } from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';
import { buildReportDifferences, type ReportDifference } from './html-difference.ts';
import { buildFacets, departmentLabelOf, divisionOf, type ReportFacets } from './html-facets.ts';
import { buildReportLimits, type ReportLimits } from './html-limits.ts';
import { buildReportPhrase, formatShown, type ReportPhrase } from './html-phrase.ts';
import { formatCount } from '../text/format-count.ts';
import { joinPhrases, phrase, type Phrase, strong } from '../text/phrase.ts';
import { listLosingAccess } from './losing-access.ts';
import { buildReview, type Review, type ReviewedClass } from './review.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import { DESTRUCTIVE, riskOf, type RiskClass } from './risk.ts';
import { adoptedPhrase, adoptionPhrase } from './words-adopted.ts';
import { effectPhrases, kindPhrase, repeatedPhrase } from './words-change.ts';
import { contextPhrases } from './words-context.ts';
import { CLASS_TITLES, consequencePhrases } from './words-class.ts';
import { evidencePhrase } from './words-evidence.ts';
import { FAILED_TITLE, failedPhrases } from './words-failed.ts';
import { openDetails, openHeadline } from './words-open.ts';
import { EXCLUSION_NAMES, newWords } from './words-exclusion.ts';
import { provenancePhrases, unmanagedPhrase } from './words-provenance.ts';
import { losingPhrase, losingTitle, restPhrase } from './words-losing-access.ts';
import { bootstrapPhrase, verdictAnswers, type Answer } from './words-verdict.ts';

/** Everything the report shows, in the words and the order of plan.md. */
export interface ReportData {
  readonly title: ReportPhrase;
  /** Before the people who lose access, and after them. */
  readonly verdict: readonly ReportAnswer[];
  readonly losing: ReportAppendix | null;
  readonly answers: readonly ReportAnswer[];
  readonly bootstrap: ReportPhrase | null;
  /** What stands open, and what did not work before; those that keep access first. */
  readonly before: readonly ReportAppendix[];
  readonly limits: ReportLimits;
  readonly notes: readonly ReportPhrase[];
  readonly classes: readonly ReportClass[];
  /** What is the same for several changes; `ReportChange.group` points here. */
  readonly groups: readonly ReportPhrase[];
  readonly changes: readonly ReportChange[];
  readonly facets: ReportFacets;
  /** Left out and not managed. */
  readonly appendices: readonly ReportAppendix[];
  readonly provenance: readonly ReportPhrase[];
}

interface ReportAnswer {
  readonly question: string;
  readonly answer: ReportPhrase;
}

interface ReportClass {
  readonly risk: RiskClass;
  readonly title: string;
  readonly count: number;
  readonly destructive: boolean;
  readonly consequences: readonly ReportPhrase[];
}

interface ReportChange {
  readonly id: string;
  readonly action: Change['action'];
  readonly risk: RiskClass;
  readonly reason: Change['reason'];
  readonly department: string;
  readonly division: string;
  readonly group: number | null;
  readonly name: string;
  readonly address: string;
  readonly kind: ReportPhrase;
  readonly why: ReportPhrase;
  readonly effects: readonly ReportPhrase[];
  readonly differences: readonly ReportDifference[];
}

interface ReportAppendix {
  readonly title: string;
  readonly rows: readonly ReportPhrase[];
}

/** Pure: the same plan makes the same data. */
export function buildReportData(plan: PlanFile): ReportData {
  const review = buildReview(plan);
  const { organisation, sequence, bootstrap, notes, changes } = plan.body;
  const { first, rest } = verdictAnswers(review);
  const repeated = review.classes.flatMap((reviewed) => reviewed.repeated);
  return {
    title: buildReportPhrase(
      phrase`Plan ${String(sequence)} for ${organisation}${review.limits.exceeded.length > 0 ? phrase` is refused` : []}`,
    ),
    verdict: first.map(buildAnswer),
    losing: buildLosing(review),
    answers: rest.map(buildAnswer),
    bootstrap: bootstrap ? buildReportPhrase(bootstrapPhrase(review)) : null,
    before: buildBefore(review),
    limits: buildReportLimits(review.limits),
    notes: notes.map((note) => buildReportPhrase(factPhrase(note))),
    classes: review.classes.map((reviewed) => buildClass(reviewed, review)),
    groups: repeated.map((group) => buildReportPhrase(repeatedPhrase(group))),
    changes: review.classes.flatMap((reviewed) => buildChanges(reviewed, review, repeated)),
    facets: buildFacets(changes),
    appendices: [...buildAdopted(plan.body), ...buildOthers(review)],
    provenance: provenancePhrases(review).map(buildReportPhrase),
  };
}

function buildClass(reviewed: ReviewedClass, { plan }: Review): ReportClass {
  const { risk, count } = reviewed;
  const consequences = consequencePhrases(reviewed, plan.body).map(buildReportPhrase);
  return { risk, title: CLASS_TITLES[risk], count, destructive: DESTRUCTIVE.has(risk), consequences };
}

function buildAnswer({ question, answer }: Answer): ReportAnswer {
  return { question, answer: buildReportPhrase(answer) };
}

function buildLosing(review: Review): ReportAppendix | null {
  const losing = listLosingAccess(review);
  if (losing.count === 0) return null;
  const rest = restPhrase(losing, 'below');
  const rows = [...losing.shown.map(losingPhrase), ...(rest.length === 0 ? [] : [rest])];
  return { title: losingTitle(losing), rows: rows.map(buildReportPhrase) };
}

/** What is told together first, as in plan.md. */
function buildChanges(
  { risk, repeated, changes }: ReviewedClass,
  { plan }: Review,
  groups: readonly ReviewedClass['repeated'][number][],
): readonly ReportChange[] {
  const { sso } = plan.body;
  const together = repeated.flatMap((group) =>
    group.changes.map((reviewed) => ({
      ...buildChange(reviewed.change, risk),
      group: groups.indexOf(group),
      effects: group.isExact ? [] : tellEffects(reviewed, sso),
    })),
  );
  const alone = changes.map((reviewed) => ({
    ...buildChange(reviewed.change, risk),
    group: null,
    effects: tellEffects(reviewed, sso),
  }));
  return [...together, ...alone];
}

function buildChange(change: Change, risk: RiskClass): Omit<ReportChange, 'group' | 'effects'> {
  const { id, action, reason, fullName, address } = change;
  return {
    id,
    action,
    risk,
    reason,
    department: departmentLabelOf(change),
    division: divisionOf(change),
    name: formatShown(fullName),
    address: formatShown(address),
    kind: buildReportPhrase(kindPhrase(change)),
    why: buildReportPhrase(evidencePhrase(change)),
    differences: buildReportDifferences(change),
  };
}

function tellEffects(reviewed: ReviewedChange, sso: boolean): readonly ReportPhrase[] {
  const context = DESTRUCTIVE.has(riskOf(reviewed)) ? contextPhrases(reviewed.change, reviewed.touched) : [];
  return [...context, ...effectPhrases(reviewed, sso)].map(buildReportPhrase);
}

function buildBefore(review: Review): readonly ReportAppendix[] {
  const { open } = review;
  const opened = open.map((one) => phrase`${openHeadline(one)}: ${joinPhrases(openDetails(one), ' ')}`);
  const title = 'Open: left as they are, those that keep access first';
  const first = open.length === 0 ? [] : [{ title, rows: opened.map(buildReportPhrase) }];
  const failed = failedPhrases(review).map(buildReportPhrase);
  return [...first, ...(failed.length === 0 ? [] : [{ title: FAILED_TITLE, rows: failed }])];
}

function buildAdopted({ adopted }: PlanBody): readonly ReportAppendix[] {
  if (adopted.length === 0) return [];
  const rows = [adoptionPhrase(adopted), ...adopted.map(adoptedPhrase)];
  return [{ title: `Adopted as they are (${formatCount(adopted.length)})`, rows: rows.map(buildReportPhrase) }];
}

function buildOthers({ exclusions, unmanaged }: Pick<Review, 'exclusions' | 'unmanaged'>): readonly ReportAppendix[] {
  const left = exclusions.map(({ reason, exclusions: group }) => ({
    title: `Left out: ${EXCLUSION_NAMES[reason]}${newWords(group)}`,
    rows: group.map((exclusion) => buildReportPhrase(exclusionPhrase(exclusion))),
  }));
  if (unmanaged.length === 0) return left;
  const title = 'Not managed: in Zivver, and no desired file names them; this plan leaves them as they are';
  return [...left, { title, rows: unmanaged.map((account) => buildReportPhrase(unmanagedPhrase(account))) }];
}

function exclusionPhrase({
  source,
  subject,
  address,
  detail,
  isNew,
}: Review['plan']['body']['exclusions'][number]): Phrase {
  const parts = [
    ...(isNew === true ? [strong`new`] : []),
    phrase`${subject}`,
    ...(address === null || address === subject ? [] : [phrase`${address}`]),
    ...(source === null ? [] : [phrase`source ${source}`]),
  ];
  return phrase`${joinPhrases(parts, ' · ')}: ${factPhrase(detail)}`;
}
