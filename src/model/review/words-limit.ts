import { COUNT_RULES, isCountRule, OTHER_RULES, POPULATIONS, SPANS } from '../configuration/limit-rules.ts';
import type { LimitFinding, LimitRule } from '../schema/generated/plan.ts';
import { momentPhrase } from '../text/words-time.ts';
import { formatCount } from '../text/format-count.ts';
import { phrase, type Phrase } from '../text/phrase.ts';

/** What is limited, with its subject: `Suspensions`, `Suspensions in 7 days`, `Entries read from a source: head-office`. */
export function limitNamePhrase({ rule, subject, over }: LimitFinding): Phrase {
  const span: Phrase = over === undefined ? [] : [{ style: 'words', text: ` in ${SPANS[over.span].words}` }];
  const name = phrase`${rulePhrase(rule)}${span}`;
  return subject === null ? name : phrase`${name}: ${subject}`;
}

/** The name of a guard without its subject. */
export function rulePhrase(rule: LimitRule): Phrase {
  return [{ style: 'words', text: ruleName(rule) }];
}

/** `3 of 1,204 active (0.2 %), limit 60`; over time also `, 2 of them by earlier plans`. */
export function limitPhrase(finding: LimitFinding): Phrase {
  const { rule, observed, of, over } = finding;
  if (rule === 'sourceFloor') return floorPhrase(finding);
  const population: Phrase = [{ style: 'words', text: populationOf(finding) }];
  const earlier = over === undefined ? [] : phrase`, ${over.earlier} of them by earlier plans`;
  return phrase`${observed} of ${of}${population}${sharePhrase(observed, of)}${earlier}, ${boundPhrase('limit', finding)}`;
}

/** What becomes of the plan by this limit; who lifted it, until when and why. */
export function limitVerdictPhrase({ verdict, override }: LimitFinding): Phrase {
  switch (verdict) {
    case 'within':
      return phrase`within`;
    case 'exceeded':
      return phrase`EXCEEDED: apply refuses this plan`;
    case 'reduced':
      return phrase`BEYOND IT: the rest of the plan waits`;
    case 'overridden':
      return phrase`LIFTED by an override${override === undefined ? [] : overridePhrase(override)}`;
  }
}

function overridePhrase({ reason, expires, by }: NonNullable<LimitFinding['override']>): Phrase {
  const who = by === null ? phrase` that names nobody (by)` : phrase` of ${by}`;
  return phrase`${who}, until ${momentPhrase(expires)}: ${reason}`;
}

function ruleName(rule: LimitRule): string {
  return isCountRule(rule) ? COUNT_RULES[rule].name : OTHER_RULES[rule];
}

/** Where a limit is lifted the share is of everything that exists. */
function populationOf({ rule, limit }: LimitFinding): string {
  if (!isCountRule(rule)) return '';
  return ` ${limit === null ? POPULATIONS.existing.short : POPULATIONS[COUNT_RULES[rule].population].short}`;
}

function floorPhrase(finding: LimitFinding): Phrase {
  const { observed, of } = finding;
  if (of === 0) return phrase`${observed}, none in an earlier plan to compare with`;
  return phrase`${observed} of ${of} in the last accepted plan${sharePhrase(observed, of)}, ${boundPhrase('at least', finding)}`;
}

function boundPhrase(bound: 'limit' | 'at least', { limit }: LimitFinding): Phrase {
  return [{ style: 'words', text: limit === null ? 'no limit' : `${bound} ${formatCount(limit)}` }];
}

/** One decimal; what is little but not nothing never reads `0.0 %`, what is nearly all never `100.0 %`. */
function sharePhrase(observed: number, of: number): Phrase {
  if (of === 0) return [];
  const perMille = Math.round((observed * 1000) / of);
  const share = `${Math.floor(perMille / 10)}.${perMille % 10} %`;
  if (perMille === 0 && observed > 0) return [{ style: 'words', text: ' (under 0.1 %)' }];
  if (perMille === 1000 && observed < of) return [{ style: 'words', text: ' (over 99.9 %)' }];
  return [{ style: 'words', text: ` (${share})` }];
}
