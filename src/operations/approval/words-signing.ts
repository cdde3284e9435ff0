import { formatFingerprint } from '../../model/approval/ssh-public-key.ts';
import type { Statement } from '../../model/approval/statement.ts';
import { ReconcileError } from '../../model/errors.ts';
import { escapeTerminal } from '../../model/text/escape.ts';
import type { ChosenSigner } from './sign-plan.ts';

/** What is asked before anything is signed. */
export function question(decision: Statement['decision'], name: string, { signer }: ChosenSigner): string {
  const what = decision === 'approve' ? `Do you approve plan ${name}` : `Must plan ${name} not be applied`;
  return `${what}, ${escapeTerminal(signer.name)}?`;
}

/** What was written, and how it gets to the others. */
export function renderSigned(
  decision: Statement['decision'],
  { name, file, signer: { signer, own } }: { name: string; file: string; signer: ChosenSigner },
): string {
  const done = decision === 'approve' ? 'Approved' : 'Rejected';
  const title = `${decision === 'approve' ? 'Approve' : 'Reject'} plan ${name}`;
  return [
    `${done}: plan ${name}, by ${escapeTerminal(signer.name)} with the key ${formatFingerprint(own.fingerprint)}.`,
    'It counts once it is on the branch. Put it beside the plan:',
    `  git add ${file}`,
    `  git commit -m "${title}"`,
    '  git push',
  ].join('\n');
}

/** The words of a person, on one line. Throws CLI_USAGE (3). */
export function parseRemark(text: string): string {
  const remark = text.trim();
  // Control characters and half characters have no place in what is signed.
  if (remark.length <= 500 && !/[\p{Cc}\p{Cs}]/u.test(remark)) return remark;
  throw new ReconcileError('CLI_USAGE', 'The remark is longer than 500 characters, or not one line of text', {
    remedy: 'Shorten it, or leave it out.',
  });
}
