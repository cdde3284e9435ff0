import type { ExistingAccount, ExistingFunctional, ExistingUser, Kind } from '../../model/account/account.ts';
import type { AccountReader, ExistingAccounts, TargetProblem } from '../../model/account/target.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { Answer } from './exchange.ts';
import { mapProblem, mapUnusableAnswer } from './problems.ts';
import { salvageFunctional, salvageUser } from './salvage.ts';
import { mapFunctional, mapUser } from './scim-codec.ts';
import type { ScimGetter } from './scim-getter.ts';
import { formatAddressPath, formatPath } from './scim-path.ts';
import { parseWire, parseWireList, type Parsed } from './scim-schema.ts';

/** Reads accounts from Zivver; holds nothing that could write. */
export class ZivverAccountReader implements AccountReader {
  readonly #getter: ScimGetter;

  constructor(getter: ScimGetter) {
    this.#getter = getter;
  }

  async readAccounts(): Promise<ExistingAccounts> {
    const users = await this.#readUsers(formatPath('user'));
    const functional = await this.#readFunctional(formatPath('functional'));
    verifyDistinct(users, functional);
    return { users, functional };
  }

  /** A filter that the service ignores or understands more widely does no harm: the address is compared again. */
  async findByAddress(kind: Kind, address: string): Promise<ExistingAccount | undefined> {
    const path = formatAddressPath(kind, address);
    const found = kind === 'user' ? await this.#readUsers(path) : await this.#readFunctional(path);
    const sought = address.toLowerCase();
    return found.find((account) => account.address === sought);
  }

  async findById(kind: Kind, zivverId: string): Promise<ExistingAccount | undefined> {
    const subject = `the account ${zivverId}`;
    const answer = await this.#read(formatPath(kind, zivverId), subject, ['unknown-account', 'outside-organisation']);
    if (answer === undefined) return undefined;
    const account =
      kind === 'user'
        ? mapUser(accept(parseWire('User', answer.body), answer, subject))
        : mapFunctional(accept(parseWire('Group', answer.body), answer, subject));
    if (account.zivverId.toLowerCase() === zivverId.toLowerCase()) return account;
    throw readError(subject, mapUnusableAnswer(answer, 'it is another account'));
  }

  async #readUsers(path: string): Promise<ExistingUser[]> {
    const subject = 'the users';
    const answer = await this.#read(path, subject);
    return accept(parseWireList('User', answer.body, { map: mapUser, salvage: salvageUser }), answer, subject);
  }

  async #readFunctional(path: string): Promise<ExistingFunctional[]> {
    const subject = 'the functional accounts';
    const answer = await this.#read(path, subject);
    return accept(
      parseWireList('Group', answer.body, { map: mapFunctional, salvage: salvageFunctional }),
      answer,
      subject,
    );
  }

  #read(path: string, subject: string): Promise<Answer>;
  #read(path: string, subject: string, absent: readonly TargetProblem['cause'][]): Promise<Answer | undefined>;
  /** Undefined if the service answers with one of the problems in `absent`. */
  async #read(
    path: string,
    subject: string,
    absent: readonly TargetProblem['cause'][] = [],
  ): Promise<Answer | undefined> {
    const outcome = await this.#getter.read(path);
    if (outcome.delivery === 'answered' && outcome.status === 200) return outcome;
    const problem = mapProblem(outcome, true);
    if (absent.includes(problem.cause)) return undefined;
    throw readError(subject, problem);
  }
}

function accept<Wire>(parsed: Parsed<Wire>, answer: Answer, subject: string): Wire {
  if (parsed.ok) return parsed.wire;
  throw readError(subject, mapUnusableAnswer(answer, parsed.what));
}

/** Users and functional accounts share one space of ids. */
function verifyDistinct(users: ExistingAccounts['users'], functional: ExistingAccounts['functional']): void {
  const ids = new Set(functional.map(({ zivverId }) => zivverId.toLowerCase()));
  const count = users.filter(({ zivverId }) => ids.has(zivverId.toLowerCase())).length;
  if (count === 0) return;
  throw new ReconcileError(
    'TARGET_UNAVAILABLE',
    `Zivver lists ${count} ids both as users and as functional accounts.`,
    {
      remedy: 'Check zivver.url and try again; nothing was changed.',
    },
  );
}

function readError(subject: string, { cause, what, cure }: TargetProblem): ReconcileError {
  const code = cause === 'key-refused' ? 'TARGET_REFUSES_KEY' : 'TARGET_UNAVAILABLE';
  return new ReconcileError(code, `Cannot read ${subject}: ${what}`, { remedy: cure });
}
