import { desiredFileName, encodePathPart } from '../desired/desired-file-name.ts';
import type { PlanBody } from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';
import { rowsOf, type Block } from './budget.ts';
import { foldedBlock, listBlock, paragraphs } from './markdown-block.ts';
import { renderPhrase } from './markdown-phrase.ts';
import { formatCount } from '../text/format-count.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';
import type { RepeatedChange } from './repetition.ts';
import type { Review, ReviewedClass } from './review.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import type { RiskClass } from './risk.ts';
import { effectPhrases, kindPhrase, repeatedPhrase } from './words-change.ts';
import { CLASS_TITLES, consequencePhrases } from './words-class.ts';
import { detailPhrases } from './words-detail.ts';

/** Appendices give way before these (see markdown-appendix.ts); what is destructive never does. */
const GIVES_WAY: Readonly<Record<RiskClass, number | null>> = {
  create: 2,
  attributes: 3,
  follows: 4,
  reactivate: 5,
  identity: 6,
  mail: 7,
  suspend: null,
  unexplained: null,
  irreversible: null,
};

/** Classes whose changes are routine: one line each, without the evidence. */
const ROUTINE: ReadonlySet<RiskClass> = new Set(['attributes', 'create', 'follows']);

const FOLDED: ReadonlySet<RiskClass> = new Set(['follows', 'create']);

/** Every class with changes, riskiest first. */
export function renderClasses({ classes, plan }: Review): readonly Block[] {
  return classes.flatMap((reviewed) => [renderHeading(reviewed, plan.body), ...renderChanges(reviewed, plan.body)]);
}

function renderHeading(reviewed: ReviewedClass, body: PlanBody): Block {
  const title = `## ${CLASS_TITLES[reviewed.risk]} (${formatCount(reviewed.count)})`;
  return paragraphs(title, ...consequencePhrases(reviewed, body).map(renderPhrase));
}

function renderChanges(reviewed: ReviewedClass, body: PlanBody): readonly Block[] {
  const { risk, changes, repeated } = reviewed;
  const render = ROUTINE.has(risk) ? renderRoutineRow : renderRow;
  const rows = rowsOf(changes, (change) => render(change, body));
  const givesWay = GIVES_WAY[risk];
  if (FOLDED.has(risk)) return [foldedBlock(rows, givesWay)];
  const groups = repeated.flatMap((group) => renderRepeated(group, body, givesWay));
  return rows.count === 0 ? groups : [...groups, listBlock(rows, givesWay)];
}

function renderRow(reviewed: ReviewedChange, body: PlanBody): string {
  const details = detailPhrases(reviewed, body.sso);
  return [`- ${headline(reviewed.change, body)}`, ...details.map((detail) => `  - ${renderPhrase(detail)}`)].join('\n');
}

function renderRoutineRow(reviewed: ReviewedChange, body: PlanBody): string {
  const effects = effectPhrases(reviewed, body.sso);
  const told = effects.length === 0 ? '' : `: ${renderPhrase(joinPhrases(effects, '; '))}`;
  return `- ${headline(reviewed.change, body)}${told}`;
}

function renderRepeated(group: RepeatedChange, body: PlanBody, givesWay: number | null): Block[] {
  const renderAddress = ({ change }: ReviewedChange): string =>
    `- ${renderPhrase(phrase`${change.address}`)} · ${renderId(change, body)}`;
  const renderOwn = (change: ReviewedChange): string => renderRoutineRow(change, body);
  const rows = rowsOf(group.changes, group.isExact ? renderAddress : renderOwn);
  return [paragraphs(renderPhrase(repeatedPhrase(group))), foldedBlock(rows, givesWay)];
}

function headline(change: Change, body: PlanBody): string {
  const kind: readonly Phrase[] = change.kind === 'user' ? [] : [kindPhrase(change)];
  const named = joinPhrases([strong`${change.fullName}`, phrase`${change.address}`, ...kind], ' · ');
  return `${renderPhrase(named)} · ${renderId(change, body)}`;
}

/** The change's id, linked to the desired file if there is one after the change. */
function renderId(change: Change, { organisation }: PlanBody): string {
  const id = renderPhrase(phrase`${change.id}`);
  if (change.action === 'delete' || change.key === null) return id;
  const folder = change.kind === 'user' ? 'users' : 'functional';
  const file = desiredFileName(change.after.address ?? change.address).replaceAll('%', '%25');
  return `[${id}](../../../desired/${encodePathPart(organisation)}/${folder}/${file})`;
}
