import type { LimitFinding } from '../schema/generated/plan.ts';
import { buildReportPhrase, type ReportPhrase } from './html-phrase.ts';
import { phrase, type Phrase } from '../text/phrase.ts';
import type { ReviewedLimits } from './review.ts';
import { limitNamePhrase, limitPhrase } from './words-limit.ts';

export interface ReportLimit {
  readonly name: ReportPhrase;
  readonly text: ReportPhrase;
  readonly verdict: ReportPhrase;
  /** Broken or lifted. */
  readonly loud: boolean;
}

/** The guards in the order of plan.md, those without anything to count last. */
export function buildReportLimits({ exceeded, overridden, within, untouched }: ReviewedLimits): readonly ReportLimit[] {
  return [
    ...exceeded.map((finding) => buildLimit(finding, phrase`EXCEEDED, apply refuses`, true)),
    ...overridden.map((finding) => buildLimit(finding, phrase`LIFTED by an override in organisation.yaml`, true)),
    ...within.map((finding) => buildLimit(finding, phrase`within`, false)),
    ...untouched.map((finding) => ({ ...buildLimit(finding, phrase`checked`, false), text: ['none found'] })),
  ];
}

function buildLimit(finding: LimitFinding, verdict: Phrase, loud: boolean): ReportLimit {
  return {
    name: buildReportPhrase(limitNamePhrase(finding)),
    text: buildReportPhrase(limitPhrase(finding)),
    verdict: buildReportPhrase(verdict),
    loud,
  };
}
