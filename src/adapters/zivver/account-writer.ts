import type { ExistingAccount, ExistingFunctional, ExistingUser, Kind } from '../../model/account/account.ts';
import type { AccountWriter, FunctionalWrite, UserWrite, WriteResult } from '../../model/account/target.ts';
import type { Answer, Exchange } from './exchange.ts';
import { mapProblem, mapUnusableAnswer } from './problems.ts';
import type { ScimClient, WriteMethod } from './scim-client.ts';
import * as codec from './scim-codec.ts';
import { formatPath } from './scim-path.ts';
import { parseWire } from './scim-schema.ts';

/** One write of an account. */
interface WriteRequest {
  readonly method: WriteMethod;
  readonly path: string;
  readonly body: object;
  /** False if the body carries a secret that an answer might repeat. */
  readonly mayQuote: boolean;
}

/** True for the account that was meant; any other in the answer proves nothing. */
type IsMeant = (account: ExistingAccount) => boolean;

/** Writes accounts to Zivver. Only apply may have it. */
export class ZivverAccountWriter implements AccountWriter {
  readonly #client: Pick<ScimClient, 'write'>;

  constructor(client: Pick<ScimClient, 'write'>) {
    this.#client = client;
  }

  createUser(write: UserWrite): Promise<WriteResult<ExistingUser>> {
    const mayQuote = isFreeOfSecrets(write);
    const body = codec.buildUserPost(write);
    return this.#writeUser({ method: 'POST', path: formatPath('user'), body, mayQuote }, hasAddress(write.address));
  }

  async updateUser(existing: ExistingUser, write: UserWrite): Promise<WriteResult<ExistingUser>> {
    const { zivverId } = existing;
    const mayQuote = isFreeOfSecrets(write);
    const body = verifyNotEmpty(codec.buildUserPut(existing, write));
    return this.#writeUser({ method: 'PUT', path: formatPath('user', zivverId), body, mayQuote }, hasId(zivverId));
  }

  createFunctional(write: FunctionalWrite): Promise<WriteResult<ExistingFunctional>> {
    const body = codec.buildFunctionalPost(write);
    const request = { method: 'POST', path: formatPath('functional'), body, mayQuote: true } as const;
    return this.#writeFunctional(request, hasAddress(write.address));
  }

  async updateFunctional(
    existing: ExistingFunctional,
    write: FunctionalWrite,
  ): Promise<WriteResult<ExistingFunctional>> {
    const body = codec.buildFunctionalPut(existing, write);
    if (write.memberIds?.length !== 0) return this.#change(existing, 'PUT', verifyNotEmpty(body));
    const isPatchAlone = Object.keys(body).length === 0;
    const put = isPatchAlone ? undefined : await this.#change(existing, 'PUT', body);
    if (put?.ok === false) return put;
    const emptied = await this.#change(existing, 'PATCH', codec.emptyMembersPatch);
    return isPatchAlone ? emptied : mapPartialWrite(emptied);
  }

  async deleteAccount(kind: Kind, zivverId: string): Promise<WriteResult<null>> {
    const outcome = await this.#client.write('DELETE', formatPath(kind, zivverId), null);
    if (outcome.delivery !== 'answered' || outcome.status >= 300) {
      return { ok: false, problem: mapProblem(outcome, true) };
    }
    if (outcome.status === 204 || (outcome.status === 200 && outcome.body.length === 0)) {
      return { ok: true, account: null };
    }
    return { ok: false, problem: mapUnusableAnswer(outcome, 'a deletion is answered without a body') };
  }

  #change(
    { zivverId }: ExistingFunctional,
    method: 'PUT' | 'PATCH',
    body: object,
  ): Promise<WriteResult<ExistingFunctional>> {
    const path = formatPath('functional', zivverId);
    return this.#writeFunctional({ method, path, body, mayQuote: true }, hasId(zivverId));
  }

  async #writeUser(request: WriteRequest, isMeant: IsMeant): Promise<WriteResult<ExistingUser>> {
    const outcome = await this.#client.write(request.method, request.path, request.body);
    if (!isSuccess(outcome)) return { ok: false, problem: mapProblem(outcome, request.mayQuote) };
    const parsed = parseWire('User', outcome.body);
    if (!parsed.ok) return { ok: false, problem: mapUnusableAnswer(outcome, parsed.what) };
    return verifyMeant(codec.mapUser(parsed.wire), isMeant, outcome);
  }

  async #writeFunctional(request: WriteRequest, isMeant: IsMeant): Promise<WriteResult<ExistingFunctional>> {
    const outcome = await this.#client.write(request.method, request.path, request.body);
    if (!isSuccess(outcome)) return { ok: false, problem: mapProblem(outcome, request.mayQuote) };
    const parsed = parseWire('Group', outcome.body);
    if (!parsed.ok) return { ok: false, problem: mapUnusableAnswer(outcome, parsed.what) };
    return verifyMeant(codec.mapFunctional(parsed.wire), isMeant, outcome);
  }
}

function isSuccess(outcome: Exchange): outcome is Answer {
  return outcome.delivery === 'answered' && (outcome.status === 200 || outcome.status === 201);
}

function verifyMeant<Account extends ExistingAccount>(
  account: Account,
  isMeant: IsMeant,
  answer: Answer,
): WriteResult<Account> {
  if (isMeant(account)) return { ok: true, account };
  return { ok: false, problem: mapUnusableAnswer(answer, 'it is another account') };
}

function hasId(zivverId: string): IsMeant {
  return (account) => account.zivverId.toLowerCase() === zivverId.toLowerCase();
}

/** The id of a new account is not known beforehand. */
function hasAddress(address: string | undefined): IsMeant {
  return (account) => account.address === address?.toLowerCase();
}

function verifyNotEmpty<Body extends object>(body: Body): Body {
  if (Object.keys(body).length === 0) throw new Error('An update must touch an attribute');
  return body;
}

/** The first of two requests was applied, so "nothing was applied" would not be true of the whole. */
function isFreeOfSecrets({ ssoAccountKey, isMobileSecret }: UserWrite): boolean {
  return ssoAccountKey === undefined && isMobileSecret !== true;
}

function mapPartialWrite(emptied: WriteResult<ExistingFunctional>): WriteResult<ExistingFunctional> {
  if (emptied.ok) return emptied;
  const { problem } = emptied;
  const what = `The other attributes were changed, but the members could not be removed: ${problem.what}`;
  return { ok: false, problem: { ...problem, delivery: 'unknown', what } };
}
