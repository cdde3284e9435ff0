import type { TargetProblem, TargetProblemCause } from '../../model/account/target.ts';
import { mapConnectionProblem } from './connection-problems.ts';
import type { Answer, Exchange } from './exchange.ts';
import { quoteAnswer } from './quote-answer.ts';

/** One row of zivver-api §6: the first that fits explains the answer. */
interface Rule {
  readonly from: number;
  readonly to?: number;
  /** Against the whole text of the answer; absent = any text. */
  readonly text?: RegExp;
  readonly cause: TargetProblemCause;
  /** Absent = refused: the server answered and applied nothing. */
  readonly delivery?: 'unknown';
  /** `$1` is what the first group of `text` found, `$text` the answer's own words. */
  readonly what: string;
  readonly cure: string;
}

const RULES: readonly Rule[] = [
  {
    from: 400,
    text: /^Unknown account with uuid: ([\w-]{1,64})/,
    cause: 'unknown-account',
    what: 'Zivver has no account with the id $1 any more.',
    cure: 'Make a new plan, which reads the accounts again.',
  },
  {
    from: 400,
    text: /^Account is outside the organization/,
    cause: 'outside-organisation',
    what: 'Zivver does not count this account to the organisation: it is a free account, its domain is not claimed, or it exists as the other kind of account.',
    cure: 'Claim the domain and adopt the account in Zivver, or change its type there by hand.',
  },
  {
    from: 400,
    text: /^Error creating alias: Domain Not Owned/,
    cause: 'alias-domain-not-owned',
    what: 'An alias lies in a domain that the organisation has not claimed in Zivver; nothing of this change was applied.',
    cure: 'Claim the domain in Zivver, or take it out of zivver.claimedDomains so that the alias is left out.',
  },
  {
    from: 400,
    text: /^Error creating alias: Alias is already taken for (\S{1,320})/,
    cause: 'alias-taken',
    what: 'The alias $1 is already an account or an alias of another account in Zivver; nothing of this change was applied.',
    cure: 'Merge the two accounts in Zivver by hand (this cannot be undone), or remove the alias in the directory.',
  },
  {
    from: 400,
    text: /^Error creating alias: Alias is already taken/,
    cause: 'alias-taken',
    what: 'An alias is already an account or an alias of another account in Zivver; nothing of this change was applied.',
    cure: 'Merge the two accounts in Zivver by hand (this cannot be undone), or remove the alias in the directory.',
  },
  {
    from: 400,
    text: /^Error creating alias: Alias is a guest: (\S{1,320})/,
    cause: 'alias-is-guest',
    what: 'The alias $1 has received Zivver messages as a guest and cannot be claimed yet; nothing of this change was applied.',
    cure: 'Merge the guest into the account in Zivver.',
  },
  {
    from: 400,
    text: /^Error creating alias: Alias is a guest/,
    cause: 'alias-is-guest',
    what: 'An alias has received Zivver messages as a guest and cannot be claimed yet; nothing of this change was applied.',
    cure: 'Merge the guest into the account in Zivver.',
  },
  {
    from: 400,
    text: /^(?:Unknown in set|Error creating member: Member Not Found)/,
    cause: 'unknown-member',
    what: 'A member of the functional account does not exist in Zivver.',
    cure: 'Create the missing users first, then make a new plan.',
  },
  {
    from: 400,
    text: /^Invalid division: (.{1,200})/,
    cause: 'invalid-division',
    what: 'Zivver has no organisational unit with the identifier $1.',
    cure: 'Create the organisational unit in Zivver, or correct the mapping of division.',
  },
  {
    from: 401,
    cause: 'key-refused',
    what: 'Zivver refuses the API key.',
    cure: 'Give a valid key in ZIVVER_API_KEY; a key dies with the account of the administrator who made it.',
  },
  {
    from: 403,
    text: /^You are not allowed to add this address to your organization/,
    cause: 'address-not-allowed',
    what: 'Zivver does not let the organisation have this address: its domain is not claimed, or a free account is older than the claim.',
    cure: 'Claim the domain and adopt the account in Zivver; its owner must then log in once.',
  },
  {
    from: 403,
    cause: 'key-refused',
    what: 'Zivver accepts the API key but does not permit this request.',
    cure: 'Give a key of an administrator who may manage accounts in ZIVVER_API_KEY.',
  },
  {
    from: 404,
    cause: 'unexpected',
    what: 'The server does not know this address.',
    cure: 'Check the path of zivver.url.',
  },
  {
    from: 408,
    cause: 'unavailable',
    delivery: 'unknown',
    what: 'Zivver gave up waiting for the request.',
    cure: 'Wait and try again.',
  },
  {
    from: 409,
    cause: 'already-exists',
    what: 'Zivver already has an account with this address.',
    cure: 'Look the account up and make a new plan, which updates it.',
  },
  {
    from: 429,
    cause: 'rate-limited',
    what: 'Zivver took no more requests although every wait it asked for was kept.',
    cure: 'Stop other programs that use the API of this organisation, then try again.',
  },
  {
    from: 400,
    to: 499,
    cause: 'unexpected',
    what: 'Zivver refused the request with status $status$text.',
    cure: 'Compare the account in Zivver with the change, and report the answer if it cannot be explained.',
  },
  {
    from: 500,
    to: 599,
    cause: 'unavailable',
    delivery: 'unknown',
    what: 'Zivver answered with the server error $status; the request may have been executed.',
    cure: "Wait and try again; look at Zivver's status page if it lasts.",
  },
  {
    from: 300,
    to: 399,
    cause: 'unexpected',
    delivery: 'unknown',
    what: 'The server sends elsewhere (status $status) instead of answering: a proxy or a login page stands between.',
    cure: 'Check zivver.url and the proxy.',
  },
];

const ALIAS_CAUSES: ReadonlySet<TargetProblemCause> = new Set(['alias-taken', 'alias-is-guest']);

/**
 * Explains any outcome that is not a success. With `mayQuote` false (the request carried a secret that an answer might
 * repeat) nothing of an unknown answer is repeated.
 */
export function mapProblem(outcome: Exchange, mayQuote: boolean): TargetProblem {
  if (outcome.delivery !== 'answered') return mapConnectionProblem(outcome);
  const { status } = outcome;
  const quoted = quoteAnswer(outcome);
  for (const rule of RULES) {
    const found = status >= rule.from && status <= (rule.to ?? rule.from) ? (rule.text ?? /^/).exec(quoted) : null;
    if (found === null) continue;
    const own = mayQuote && quoted !== '' ? `: ${quoted}` : '';
    const words: Record<string, string> = { $1: found[1] ?? '', $status: String(status), $text: own };
    const what = rule.what.replace(/\$(1|status|text)/g, (name) => words[name] ?? '');
    const problem = { cause: rule.cause, delivery: rule.delivery ?? 'refused', status, what, cure: rule.cure } as const;
    const alias = ALIAS_CAUSES.has(rule.cause) ? found[1] : undefined;
    return alias === undefined ? problem : { ...problem, alias: alias.toLowerCase() };
  }
  return mapUnusableAnswer(outcome, 'it has an unexpected status');
}

/** Explains an answer that announces success and is not what was asked for. */
export function mapUnusableAnswer({ status, headers }: Answer, fault: string): TargetProblem {
  const isPage = /\bhtml\b/i.test(headers.get('content-type') ?? '');
  const why = isPage ? 'it is a web page' : fault;
  return {
    cause: 'unexpected',
    delivery: 'unknown',
    status,
    what: `The answer with status ${status} is not what Zivver sends: ${why}; the request may have been executed.`,
    cure: 'Check zivver.url and what a proxy may have put in between, then try again.',
  };
}
