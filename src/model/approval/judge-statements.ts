import type { Problem } from '../errors.ts';
import type { Signer } from '../schema/generated/signers.ts';
import { describeClasses, type ApprovalClass, type SignatureRule } from './signature-rule.ts';
import { isSigner, type GitIdentity } from './git-identity.ts';
import { findTimeFault, type JudgedTime } from './statement-time.ts';
import { indexKeys, isInForce, type ListedKey } from './signers.ts';
import { proveStatement, type SignedStatement, type StatementSubject } from './statement.ts';

/** A file below `approvals/` of the plan. */
export interface StatementFile {
  readonly path: string;
  /** From its name. */
  readonly fingerprint: string;
  readonly text: string;
  /** False: the branch had it, and has it no longer. What somebody rejected stays rejected. */
  readonly isCurrent: boolean;
}

export interface JudgedPlan extends JudgedTime {
  readonly subject: StatementSubject;
  /** What it does, of the classes that rules may name. */
  readonly classes: ReadonlySet<ApprovalClass>;
  /** Whom git names as author or committer of the commits that made it, and the planner. None of them approves it. */
  readonly authors: readonly GitIdentity[];
}

export interface SignatureInput {
  readonly plan: JudgedPlan;
  readonly rule: SignatureRule;
  readonly files: readonly StatementFile[];
  /** As listed on the branch before the plan came there. */
  readonly signers: readonly Signer[];
  /** As listed now: who was taken away since does not count. */
  readonly current: readonly Signer[];
}

/** A statement that counts. */
export interface CountedStatement extends ListedKey {
  readonly fingerprint: string;
  readonly signed: SignedStatement;
}

export type SignatureJudgement =
  | { readonly approved: true; readonly counted: readonly CountedStatement[] }
  | { readonly approved: false; readonly counted: readonly CountedStatement[]; readonly reasons: readonly Problem[] };

/** The decision table of signed statements: all reasons against are told. One person counts once, whatever the keys. */
export function judgeStatements(input: SignatureInput): SignatureJudgement {
  const keys = indexKeys(input.signers);
  const current = indexKeys(input.current);
  const judged = input.files.map((file) => judgeFile(file, { ...input, keys, current }));
  const broken = judged.flatMap(({ broken: reason }) => reason ?? []);
  const latest = latestOfPeople(judged.flatMap(({ statement }) => statement ?? []));
  const rejections = latest.filter(({ signed }) => signed.statement.decision === 'reject');
  const approvals = latest.filter(({ signed }) => signed.statement.decision === 'approve');
  const own = approvals.filter(({ signer }) => isAuthor(signer, input.plan.authors));
  const counted = approvals.filter((statement) => !own.includes(statement));
  const missing = findMissing(counted, input);
  const fatal = [...broken, ...rejections.map((one) => at(one, `${one.signer.name} rejects the plan`)), ...missing];
  if (fatal.length === 0) return { approved: true, counted };
  const others = [
    ...own.map((one) => at(one, `${one.signer.name} made or committed the plan, and cannot approve it`)),
    ...judged.flatMap(({ objection }) => objection ?? []),
  ];
  return { approved: false, counted, reasons: [...fatal, ...(missing.length > 0 ? others : [])] };
}

interface JudgedFile {
  /** Proven, about this plan, by somebody in force. */
  readonly statement?: CountedStatement;
  /** Why it does not count, which is nothing bad. */
  readonly objection?: Problem;
  /** It was tampered with, or is nothing that the program wrote. */
  readonly broken?: Problem;
}

type Context = Pick<SignatureInput, 'plan'> & Record<'keys' | 'current', ReadonlyMap<string, ListedKey>>;

function judgeFile(file: StatementFile, { plan, keys, current }: Context): JudgedFile {
  const object = (what: string): JudgedFile => (file.isCurrent ? { objection: { where: file.path, what } } : {});
  const proven = proveStatement(file.text, file.fingerprint);
  if (!proven.ok) return file.isCurrent ? { broken: { where: file.path, what: proven.fault } } : {};
  const { statement } = proven.signed;
  const listed = keys.get(file.fingerprint);
  if (listed === undefined) return object('is by a key that signers.yaml did not list before the plan was merged');
  const now = current.get(file.fingerprint);
  if (now === undefined) return object(`is by a key of ${listed.signer.name} that signers.yaml lists no longer`);
  const difference = findOtherSubject(statement, plan.subject);
  if (difference !== null) return object(`is about another ${difference} than this one`);
  const moment = Date.parse(statement.at);
  if (![listed, now].every((key) => isInForce(key, moment)))
    return object(`is by a key of ${listed.signer.name} that was not in force at ${statement.at}`);
  const fault = findTimeFault(statement, plan);
  if (fault !== null) return object(fault);
  return { statement: { ...listed, fingerprint: file.fingerprint, signed: proven.signed } };
}

function findOtherSubject(statement: StatementSubject, subject: StatementSubject): string | null {
  const names: Readonly<Record<keyof StatementSubject, string>> = {
    organisation: 'organisation',
    lineage: 'ledger',
    sequence: 'number of a plan',
    plan: 'plan',
    ledgerHead: 'state of the ledger',
    review: 'plan.md',
  };
  const fields = Object.keys(names) as (keyof StatementSubject)[];
  const other = fields.find((field) => statement[field] !== subject[field]);
  return other === undefined ? null : names[other];
}

/** One a person: the last by its own clock; of the same moment a rejection. */
function latestOfPeople(statements: readonly CountedStatement[]): CountedStatement[] {
  const latest = new Map<string, CountedStatement>();
  const isLater = (one: CountedStatement, other: CountedStatement): boolean => {
    const [at, before] = [one, other].map(({ signed }) => signed.statement.at);
    return at === before ? one.signed.statement.decision === 'reject' : (at ?? '') > (before ?? '');
  };
  for (const statement of statements) {
    const known = latest.get(statement.signer.address);
    if (known === undefined || isLater(statement, known)) latest.set(statement.signer.address, statement);
  }
  return [...latest.values()];
}

function isAuthor(signer: Signer, authors: readonly GitIdentity[]): boolean {
  return authors.some((author) => isSigner(signer, author));
}

function findMissing(counted: readonly CountedStatement[], { plan, rule }: SignatureInput): Problem[] {
  const where = `plan ${plan.subject.sequence}`;
  const problems =
    counted.length < rule.minimum
      ? [{ where, what: `has ${counted.length} of ${rule.minimum} signatures that count` }]
      : [];
  for (const { for: classes, minimum, role } of rule.rules) {
    const applying = classes.filter((name) => plan.classes.has(name));
    const able = counted.filter(({ signer }) => role === null || signer.role === role);
    if (applying.length === 0 || able.length >= minimum) continue;
    const who = role === null ? '' : ` by people with the role ${role}`;
    problems.push({
      where,
      what: `has ${able.length} of ${minimum} signatures${who} that are needed for ${describeClasses(applying)}`,
    });
  }
  return problems;
}

function at({ fingerprint }: CountedStatement, what: string): Problem {
  return { where: `approvals/${fingerprint.slice(0, 12)}….json`, what };
}
