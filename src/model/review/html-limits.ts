import type { LimitFinding } from '../schema/generated/plan.ts';
import { buildReportPhrase, type ReportPhrase } from './html-phrase.ts';
import { isNearLimit, pressingLimits } from './near-limit.ts';
import type { ReviewedLimits } from './review.ts';
import { limitNamePhrase, limitPhrase, limitVerdictPhrase } from './words-limit.ts';

export interface ReportLimit {
  readonly name: ReportPhrase;
  readonly text: ReportPhrase;
  readonly verdict: ReportPhrase;
  /** Exceeded or lifted. */
  readonly loud: boolean;
}

export interface ReportLimits {
  /** Before the changes. */
  readonly pressing: readonly ReportLimit[];
  /** Behind them, those without anything to count last. */
  readonly others: readonly ReportLimit[];
}

export function buildReportLimits(limits: ReviewedLimits): ReportLimits {
  return {
    pressing: pressingLimits(limits).map(buildLimit),
    others: [
      ...limits.within.filter((finding) => !isNearLimit(finding)).map(buildLimit),
      ...limits.untouched.map((finding) => ({ ...buildLimit(finding), text: ['none found'], verdict: ['checked'] })),
    ],
  };
}

function buildLimit(finding: LimitFinding): ReportLimit {
  return {
    name: buildReportPhrase(limitNamePhrase(finding)),
    text: buildReportPhrase(limitPhrase(finding)),
    verdict: buildReportPhrase(limitVerdictPhrase(finding)),
    loud: finding.verdict !== 'within',
  };
}
