import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { headRef, trackingRef } from '../../adapters/git/ref-names.ts';
import { readAuthorsSince } from '../../adapters/git/plan-authors.ts';
import type { VerifiedPlan } from '../../adapters/git/plan-folder.ts';
import { listOwnKeys, readOwnKey, type OwnKey } from '../../adapters/ssh/own-keys.ts';
import { signText } from '../../adapters/ssh/sign-text.ts';
import { chooseKey } from '../../model/approval/choose-key.ts';
import { isSigner } from '../../model/approval/git-identity.ts';
import { parseSigners, SIGNERS_FILE, type ListedKey } from '../../model/approval/signers.ts';
import {
  APPROVAL_NAMESPACE,
  formatSignedStatement,
  formatStatement,
  proveStatement,
  statementPath,
  subjectOf,
  type Statement,
} from '../../model/approval/statement.ts';
import { ReconcileError } from '../../model/errors.ts';
import { renderMarkdown } from '../../model/review/markdown.ts';
import type { CommandContext } from '../context.ts';
import { notApproved } from './not-approved.ts';

export interface SigningRequest {
  readonly verified: VerifiedPlan;
  readonly decision: Statement['decision'];
  /** Of `--key`; null: the key is looked for. */
  readonly keyFile: string | null;
  readonly now: Date;
}

/** Who decides, with which key. */
export type ChosenSigner = ListedKey & { readonly own: OwnKey };

/**
 * The person at this machine, by a key that signers.yaml lists. Throws what `apply` would refuse later: no signatures asked for
 * (3), a plan that expired (24), somebody who made the plan (30). Anybody listed may reject.
 */
export async function findSigner(context: CommandContext, request: SigningRequest): Promise<ChosenSigner> {
  const { git, configuration } = context;
  const { verified, decision, keyFile, now } = request;
  if (configuration.approval.signatures === null)
    throw new ReconcileError(
      'CONFIGURATION_INVALID',
      'This organisation asks for no signatures, so one proves nothing',
      {
        remedy: `Set approval.signatures in organisation.yaml, and list who may sign in ${SIGNERS_FILE}.`,
      },
    );
  if (decision === 'approve') refuseExpired(verified, now);
  const file = `desired/${configuration.organisation}/${SIGNERS_FILE}`;
  const text = await readFile(path.join(git.root, ...file.split('/')), 'utf8').catch((cause: unknown) => {
    throw new ReconcileError('CONFIGURATION_INVALID', `${file} cannot be read`, {
      remedy: `List who may sign in ${file}, by a pull request of its own.`,
      cause,
    });
  });
  const keys = keyFile === null ? await listOwnKeys(await readSigningKey(context)) : [await readOwnKey(keyFile)];
  const chosen = chooseKey(keys, parseSigners(text, file), now);
  if (decision === 'approve') await refuseAuthor(context, verified, chosen);
  return chosen;
}

/** Signs the decision and writes it beside the plan. The path of the file, from the root of the repository. */
export async function writeStatement(
  { git }: CommandContext,
  { verified, decision, now }: SigningRequest,
  { signer, remark, tell }: { signer: ChosenSigner; remark: string; tell: (words: string) => void },
): Promise<string> {
  const statement: Statement = {
    schema: 'zivver-gitops.statement/1',
    ...subjectOf(verified.plan, renderMarkdown(verified.plan)),
    decision,
    at: now.toISOString(),
    remark,
  };
  const text = formatStatement(statement);
  const signature = await signText(signer.own, { text, namespace: APPROVAL_NAMESPACE, tell });
  const signed = formatSignedStatement({ schema: 'zivver-gitops.approval/1', statement, signature });
  const proven = proveStatement(signed, signer.own.fingerprint);
  if (!proven.ok)
    throw new ReconcileError('SSH_UNUSABLE', 'The signature that ssh-keygen made does not count', {
      remedy: 'Sign with an Ed25519, ECDSA or RSA key, or touch the security key.',
      problems: [{ where: 'the new statement', what: proven.fault }],
    });
  const file = `${verified.folder}/${statementPath(signer.own.fingerprint)}`;
  const target = path.join(git.root, ...file.split('/'));
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, signed);
  return file;
}

function refuseExpired({ plan }: VerifiedPlan, now: Date): void {
  if (now.getTime() < Date.parse(plan.body.expiresAt)) return;
  throw new ReconcileError('PLAN_EXPIRED', `The plan expired at ${plan.body.expiresAt}`, {
    remedy: 'Make a new plan with: zivver-gitops plan',
  });
}

/** The key that this person signs commits with, if that is one of SSH. */
async function readSigningKey({ git }: CommandContext): Promise<string | null> {
  const read = async (name: string): Promise<string> => git.read(['config', '--get', name]).catch(() => '');
  return (await read('gpg.format')).trim() === 'ssh' ? (await read('user.signingKey')).trim() || null : null;
}

/** As far as can be told before the merge: of the commits that the branch does not have yet. */
async function refuseAuthor(
  { git, configuration }: CommandContext,
  { folder, name }: VerifiedPlan,
  { signer }: ChosenSigner,
): Promise<void> {
  const { branch, gitRemote } = configuration.approval;
  const base =
    (gitRemote === null ? undefined : await git.resolve(trackingRef(gitRemote, branch))) ??
    (await git.resolve(headRef(branch)));
  if (base === undefined) return;
  const authors = await readAuthorsSince(git, { head: 'HEAD', base, folder });
  if (!authors.some((author) => isSigner(signer, author))) return;
  throw notApproved(`${signer.name} made or committed plan ${name}, and so cannot approve it`, {
    remedy: 'Have somebody else approve it.',
  });
}
