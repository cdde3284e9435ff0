import { phrase, type Phrase } from '../text/phrase.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import { DESTRUCTIVE, riskOf } from './risk.ts';
import { effectPhrases } from './words-change.ts';
import { contextPhrases } from './words-context.ts';
import { evidencePhrase } from './words-evidence.ts';

/** What a reviewer needs of a change: of a destructive one the evidence first, of others what they do. */
export function detailPhrases(reviewed: ReviewedChange, sso: boolean): readonly Phrase[] {
  const why = phrase`Why: ${evidencePhrase(reviewed.change)}`;
  const effects = effectPhrases(reviewed, sso);
  return DESTRUCTIVE.has(riskOf(reviewed))
    ? [why, ...contextPhrases(reviewed.change, reviewed.touched), ...effects]
    : [...effects, why];
}
