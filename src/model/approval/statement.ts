import { digestOf, formatCanonicalJson } from '../canonical.ts';
import type { PlanFile } from '../schema/generated/plan.ts';
import type { SignedStatement, Statement } from '../schema/generated/statement.ts';
import { findSchemaFaults } from '../schema/validate.ts';
import { findSignatureFault, parseSshSignature, type SshSignature } from './ssh-signature.ts';
import { WireFault } from './ssh-wire.ts';

export type { SignedStatement, Statement };

/** What a signature is for: one that was made for git, a file or another tool proves nothing here. */
export const APPROVAL_NAMESPACE = 'approval@zivver-gitops';

/** What a statement must say to be about a plan: this plan, this page, at this place of this ledger. */
export type StatementSubject = Pick<
  Statement,
  'organisation' | 'lineage' | 'sequence' | 'ledgerHead' | 'plan' | 'review'
>;

export type ProvenStatement =
  | { readonly ok: true; readonly signed: SignedStatement; readonly fingerprint: string }
  | { readonly ok: false; readonly fault: string };

/** `review`: the text of plan.md. */
export function subjectOf({ digest, body }: PlanFile, review: string): StatementSubject {
  return {
    organisation: body.organisation,
    lineage: body.lineage,
    sequence: body.sequence,
    ledgerHead: body.parent,
    plan: digest,
    review: digestOf(review),
  };
}

/** The text that is signed. */
export function formatStatement(statement: Statement): string {
  return `${formatCanonicalJson(statement)}\n`;
}

export function formatSignedStatement(signed: SignedStatement): string {
  return `${formatCanonicalJson(signed)}\n`;
}

/** Name of the file with a statement, below the plan's folder. */
export function statementPath(fingerprint: string): string {
  return `approvals/${fingerprint}.json`;
}

/** True for such a name; below the plan's folder. */
export function isStatementPath(file: string): boolean {
  return /^approvals\/[0-9a-f]{64}\.json$/.test(file);
}

/**
 * The text of `approvals/<fingerprint>.json`, proven to be signed with the key that it brings along, which is the one in
 * its name. Whose key that is, and whether it counts, is not looked at here.
 */
export function proveStatement(text: string, fingerprint: string): ProvenStatement {
  const signed = parseSignedStatement(text);
  if (signed === null) return { ok: false, fault: 'is not a signed statement in its canonical form' };
  const signature = readSignature(signed.signature);
  if (signature instanceof WireFault) return { ok: false, fault: `has a signature that ${signature.message}` };
  if (signature.publicKey.fingerprint !== fingerprint) return { ok: false, fault: 'is named after another key' };
  const fault = findSignatureFault(signature, formatStatement(signed.statement), APPROVAL_NAMESPACE);
  return fault === null ? { ok: true, signed, fingerprint } : { ok: false, fault: `has a signature that ${fault}` };
}

/** Null for any other bytes than the program writes. */
function parseSignedStatement(text: string): SignedStatement | null {
  try {
    const data: unknown = JSON.parse(text);
    if (findSchemaFaults('statement', data).length > 0) return null;
    return formatSignedStatement(data as SignedStatement) === text ? (data as SignedStatement) : null;
  } catch {
    return null;
  }
}

function readSignature(armored: string): SshSignature | WireFault {
  try {
    return parseSshSignature(armored);
  } catch (fault) {
    if (fault instanceof WireFault) return fault;
    throw fault;
  }
}
