import type { ExistingAccount } from '../../model/account/account.ts';
import type {
  AccountWriter,
  FunctionalWrite,
  TargetProblem,
  UserWrite,
  WriteResult,
} from '../../model/account/target.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { AccountAttributes, Change } from '../../model/change/change.ts';
import { needsSsoKey } from '../../model/change/sso-need.ts';
import type { ScheduledWrite } from '../../model/change/scheduled-write.ts';
import { accountNamed, type Renames } from '../../model/change/renames.ts';
import type { SsoKeys } from '../../adapters/secrets/seal.ts';
import type { LiveTarget } from './live-target.ts';
import { differences } from './precondition.ts';
import { findRefusedAliases, withoutRefused, type RefusedAlias } from './refused-alias.ts';

/** Result of one scheduled request, after every look that was needed to be sure of it. */
export type Written =
  | {
      readonly status: 'applied' | 'adopted';
      readonly account: ExistingAccount | null;
      /** Of the request, what Zivver refused. */
      readonly withoutAliases?: readonly RefusedAlias[];
    }
  | {
      readonly status: 'conflicted' | 'failed';
      readonly detail: string;
      readonly cure: string;
      readonly problem: TargetProblem | null;
      /** Zivver cannot even be read any more: whatever is sent now, nobody can see what becomes of it. */
      readonly isTargetLost?: boolean;
    };

export interface WriteContext {
  readonly writer: AccountWriter;
  readonly target: LiveTarget;
  readonly ssoKeys: SsoKeys;
  readonly renames: Renames;
}

const ATTEMPTS = 3;

/**
 * Sends one request of a change. A POST is never sent again before a look by address; a PUT only after a fresh read. An alias
 * that Zivver refuses is left out: it must not cost the person the rest.
 */
export async function sendWrite(whole: ScheduledWrite, context: WriteContext): Promise<Written> {
  let write = whole;
  const withoutAliases: RefusedAlias[] = [];
  const told = (written: Written): Written =>
    withoutAliases.length > 0 && 'account' in written ? { ...written, withoutAliases } : written;
  for (let attempt = 1; ;) {
    const result = await sendOnce(write, context);
    if (result.ok) return told(verifyAnswer(write, result.account, context));
    const { problem } = result;
    const subject = findSubject(write.change, context.target);
    const refused = findRefusedAliases(write, problem, { subject, index: context.target.index });
    if (refused.length > 0) {
      withoutAliases.push(...refused);
      write = withoutRefused(write, refused);
      if (write.part !== 'create' && subject !== undefined && isNothingLeft(write, subject, context))
        return told({ status: 'applied', account: subject });
      continue;
    }
    const found = await lookAfter(write, problem, context).catch((error: unknown) => mapLookFailure(error, problem));
    if (found !== null) return told(found);
    if (problem.delivery !== 'unknown' || attempt === ATTEMPTS) return describeFailure(write, problem);
    attempt += 1;
  }
}

/** A rename onto a taken address is refused in the words of an alias (zivver-api.md §6). */
function describeFailure({ attributes: { address } }: ScheduledWrite, problem: TargetProblem): Written {
  if (address === undefined || problem.alias !== address)
    return { status: 'failed', detail: problem.what, cure: problem.cure, problem };
  const detail = `The address ${address} belongs to another account in Zivver, or to one outside the organisation; nothing of this change was applied.`;
  const cure = `Look in Zivver for ${address}: rename, merge or adopt that account by hand, or give the person another address.`;
  return { status: 'failed', detail, cure, problem };
}

function isNothingLeft(
  { change: { kind }, attributes }: ScheduledWrite,
  subject: ExistingAccount,
  { target, renames }: WriteContext,
): boolean {
  if (isUnseen(attributes)) return false;
  return differences({ kind, after: attributes }, subject, { index: target.index, renames }).length === 0;
}

/** Of a single sign-on key nobody can see whether it is there. */
function isUnseen({ signOnKey }: AccountAttributes): boolean {
  return typeof signOnKey === 'string';
}

async function sendOnce(write: ScheduledWrite, context: WriteContext): Promise<WriteResult<ExistingAccount | null>> {
  const { change, part, attributes } = write;
  const { writer, target } = context;
  if (part === 'delete' && change.action === 'delete') return writer.deleteAccount(change.kind, change.zivverId);
  const absent = findAbsent(write, context);
  if (absent !== null) return { ok: false, problem: absent };
  if (part === 'create' && change.kind === 'user') return writer.createUser(userWrite(change, attributes, context));
  if (part === 'create') return writer.createFunctional(functionalWrite(attributes, context));
  const existing = findSubject(change, target);
  if (existing?.kind === 'user') return writer.updateUser(existing, userWrite(change, attributes, context));
  if (existing?.kind === 'functional') return writer.updateFunctional(existing, functionalWrite(attributes, context));
  return { ok: false, problem: VANISHED };
}

/**
 * Leaving somebody out without a word would not be what was approved, and Zivver drops unknown delegates so
 * (zivver-api.md §3): the list it keeps is neither the old one nor the new one, and no later apply knows it as ours.
 */
function findAbsent({ attributes }: ScheduledWrite, { target, renames }: WriteContext): TargetProblem | null {
  const { members = [], delegates = [] } = attributes;
  const absentMembers = members.filter((member) => !accountNamed(member, target.index, renames));
  const absentDelegates = delegates.filter((delegate) => !target.index.holderOf(delegate));
  if (absentMembers.length > 0) return describeAbsent('member', absentMembers);
  return absentDelegates.length > 0 ? describeAbsent('delegate', absentDelegates) : null;
}

function describeAbsent(role: 'member' | 'delegate', absent: readonly string[]): TargetProblem {
  return {
    cause: 'unknown-member',
    delivery: 'refused',
    status: null,
    what: `Zivver has no account for the ${role}${absent.length === 1 ? '' : 's'} ${absent.join(', ')}, so nothing was sent`,
    cure: `Look at what became of the accounts of these ${role}s, then apply the plan again.`,
  };
}

const VANISHED: TargetProblem = {
  cause: 'unknown-account',
  delivery: 'refused',
  status: null,
  what: 'the account is no longer in Zivver',
  cure: 'Make a new plan.',
};

/** The account of a change; one that this plan created is found by its new address. */
export function findSubject(change: Change, target: LiveTarget): ExistingAccount | undefined {
  if (change.zivverId !== null) return target.index.byId(change.zivverId);
  return target.index.byAddress(change.after.address ?? change.address);
}

function userWrite(change: Change, attributes: AccountAttributes, { ssoKeys }: WriteContext): UserWrite {
  const { members: _members, signOnKey: _making, division, externalAccountId, active, ...rest } = attributes;
  const ssoAccountKey = needsSsoKey(change.kind, change.action, attributes) ? ssoKeys.get(change.id) : undefined;
  return {
    ...rest,
    ...(change.action === 'create' || active === undefined ? {} : { active }),
    ...(division === undefined || division === null ? {} : { division }),
    ...(externalAccountId === undefined || externalAccountId === null ? {} : { externalAccountId }),
    ...(ssoAccountKey === undefined ? {} : { ssoAccountKey }),
  };
}

function functionalWrite(attributes: AccountAttributes, { target, renames }: WriteContext): FunctionalWrite {
  const { address, fullName, aliases, members, division, externalAccountId } = attributes;
  return {
    ...(address === undefined ? {} : { address }),
    ...(fullName === undefined ? {} : { fullName }),
    ...(aliases === undefined ? {} : { aliases }),
    ...(members === undefined
      ? {}
      : { memberIds: members.flatMap((member) => accountNamed(member, target.index, renames)?.zivverId ?? []) }),
    ...(division === undefined || division === null ? {} : { division }),
    ...(externalAccountId === undefined || externalAccountId === null ? {} : { externalAccountId }),
  };
}

/** A 200 is not a result: the resource in the answer must be what was sent. */
function verifyAnswer(
  write: ScheduledWrite,
  account: ExistingAccount | null,
  { target, renames }: WriteContext,
): Written {
  if (account === null) {
    if (write.change.zivverId !== null) target.index.forget(write.change.zivverId);
    return { status: 'applied', account };
  }
  target.index.remember(account);
  const { active: _ignoredOnPost, ...posted } = write.attributes;
  const sent = { kind: write.change.kind, after: write.part === 'create' ? posted : write.attributes };
  const wrong = differences(sent, account, { index: target.index, renames });
  if (wrong.length === 0) return { status: 'applied', account };
  const detail = `Zivver answered with success, but ${wrong.join(', ')} is not what was sent`;
  return { status: 'failed', detail, cure: 'Make a new plan and see what it still wants to change.', problem: null };
}

/** After a lost reply or a refusal that may mean "done already": look, and be content if it is done. Null = not done. */
async function lookAfter(
  write: ScheduledWrite,
  problem: TargetProblem,
  context: WriteContext,
): Promise<Written | null> {
  const { target } = context;
  const { change, part } = write;
  if (part === 'create') {
    if (
      problem.delivery !== 'unknown' &&
      problem.cause !== 'already-exists' &&
      problem.cause !== 'outside-organisation'
    )
      return null;
    const found = await target.findByAddress(change.kind, change.after.address ?? change.address);
    return found === undefined ? null : adoptCreated(write, found, context);
  }
  if (problem.cause !== 'unknown-account' && problem.delivery !== 'unknown') return null;
  const id = findSubject(change, target)?.zivverId ?? change.zivverId;
  const found = id === null ? undefined : await target.findById(change.kind, id);
  if (part === 'delete') return found === undefined ? { status: 'adopted', account: null } : null;
  if (found === undefined) return { status: 'conflicted', detail: VANISHED.what, cure: VANISHED.cure, problem };
  const sent = { kind: change.kind, after: write.attributes };
  const isDone =
    !isUnseen(write.attributes) &&
    differences(sent, found, { index: target.index, renames: context.renames }).length === 0;
  return isDone ? { status: 'adopted', account: found } : null;
}

/** Errors of reading are an outcome of this change: the others in flight must still be waited for and recorded. */
function mapLookFailure(error: unknown, problem: TargetProblem): Written {
  if (!(error instanceof ReconcileError)) throw error;
  const detail = `${problem.what} Afterwards Zivver could not be read: ${error.message}`;
  return { status: 'failed', detail, cure: error.remedy, problem, isTargetLost: true };
}

function adoptCreated(write: ScheduledWrite, found: ExistingAccount, { target, renames }: WriteContext): Written {
  const { active: _ignoredOnPost, ...posted } = write.attributes;
  const wrong = differences({ kind: write.change.kind, after: posted }, found, { index: target.index, renames });
  if (wrong.length === 0) return { status: 'adopted', account: found };
  const detail = `${found.address} exists in Zivver already, with another ${wrong.join(', ')}`;
  return { status: 'conflicted', detail, cure: 'Make a new plan; it will adopt the account.', problem: null };
}
