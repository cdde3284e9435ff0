import { SPANS } from '../configuration/limit-rules.ts';
import { ReconcileError } from '../errors.ts';
import type { LimitFinding } from '../schema/generated/plan.ts';

/** Throws if a limit is exceeded: protected accounts first (33), implausible sources (12), ambiguity (13), then 32. */
export function refuseExceeded(findings: readonly LimitFinding[], consequence: string): void {
  const exceeded = findings.filter(({ verdict }) => verdict === 'exceeded');
  if (exceeded.length === 0) return;
  const isAny = (...rules: LimitFinding['rule'][]): boolean => exceeded.some(({ rule }) => rules.includes(rule));
  const problems = exceeded.map((finding) => ({ where: 'limits', what: describeFinding(finding) }));
  if (isAny('protected', 'administrators'))
    throw new ReconcileError(
      'PLAN_PROTECTED',
      `Protected accounts would be touched or administrators are not active; ${consequence}`,
      {
        remedy:
          'Correct Active Directory or Zivver; if the protection is outdated, change `protected` in organisation.yaml by pull request.',
        problems,
      },
    );
  const code = isAny('sourceFloor', 'emptyAttribute')
    ? 'SOURCE_IMPLAUSIBLE'
    : isAny('ambiguous')
      ? 'MAPPING_AMBIGUOUS'
      : 'PLAN_LIMIT';
  throw new ReconcileError(
    code,
    `The plan goes beyond ${exceeded.length === 1 ? 'a limit' : `${exceeded.length} limits`}; ${consequence}`,
    {
      remedy: `Find the cause; if it is right, add to organisation.yaml under overrides: ${exceeded.map(describeOverride).join(' and ')}.`,
      problems,
    },
  );
}

function describeOverride({ rule, subject, observed, over }: LimitFinding): string {
  const about = subject === null ? '' : `, subject: ${subject}`;
  const span = over === undefined ? '' : `, over: ${over.span}`;
  return `{ rule: ${rule}${about}${span}, observed: ${observed}, reason: …, by: who decided it, expires: within 72 hours }`;
}

/** "suspend: 12 of 1,204, at most 5 allowed", "suspend in 24 hours: 12 of 1,204 (8 by earlier plans), at most 10 allowed". */
export function describeFinding({ rule, subject, observed, limit, of, over }: LimitFinding): string {
  const name = subject === null ? rule : `${rule} (${subject})`;
  const about = over === undefined ? name : `${name} in ${SPANS[over.span].words}`;
  const earlier = over === undefined ? '' : ` (${formatCount(over.earlier)} by earlier plans)`;
  const bound =
    limit === null ? 'no limit' : `${rule === 'sourceFloor' ? 'at least' : 'at most'} ${formatCount(limit)} allowed`;
  return `${about}: ${formatCount(observed)} of ${formatCount(of)}${earlier}, ${bound}`;
}

function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
