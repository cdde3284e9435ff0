import { anchorRef } from './ref-names.ts';
import { ReconcileError } from '../../model/errors.ts';
import { GENESIS_ANCHOR, listUnanchored } from '../../model/ledger/anchors.ts';
import { GENESIS_FILE, ledgerFileOf } from '../../model/plan/plan-name.ts';
import type { Ledger } from './ledger.ts';
import { refuseOtherPushUrl } from './push-url.ts';
import type { GitRepository } from './repository.ts';

export interface Anchoring {
  readonly git: GitRepository;
  readonly gitRemote: string | null;
  readonly organisation: string;
}

/** Holds fast what has ended and is not yet: of the last plan, if whoever applied it died too early. Throws 45. */
export async function anchorEnded(place: Anchoring, ledger: Ledger): Promise<void> {
  const { git, organisation } = place;
  if (ledger.tip === null) return;
  for (const name of listUnanchored(ledger)) {
    const commit = await findEnd(git, { tip: ledger.tip, organisation, name });
    await pushAnchor(place, { name, commit });
  }
}

/** The commit that wrote the last line of a plan, or the genesis record. */
export async function findEnd(
  git: GitRepository,
  { tip, organisation, name }: { readonly tip: string; readonly organisation: string; readonly name: string },
): Promise<string> {
  const file = name === GENESIS_ANCHOR ? GENESIS_FILE : ledgerFileOf(name);
  return (await git.read(['log', '-1', '--format=%H', tip, '--', `${organisation}/${file}`])).trim();
}

/**
 * A tag on a commit of the ledger branch: what is held fast outside the branch cannot be cut off unnoticed. A tag that is there
 * stays as it is. Throws LEDGER_NOT_WRITABLE (45): the record itself is written.
 */
export async function pushAnchor(
  { git, gitRemote, organisation }: Anchoring,
  { name, commit }: { readonly name: string; readonly commit: string },
): Promise<void> {
  const ref = anchorRef(organisation, name);
  if (gitRemote !== null) await refuseOtherPushUrl(git, gitRemote);
  const result =
    gitRemote === null
      ? await git.attempt(['update-ref', ref, commit, '0'.repeat(40)])
      : await git.attempt(['push', '--quiet', gitRemote, `${commit}:${ref}`]);
  if (result.ok || /already exists|rejected.*tag/i.test(result.why)) return;
  throw new ReconcileError('LEDGER_NOT_WRITABLE', 'The ledger is written, but the tag that holds it fast is not', {
    remedy: `Give the apply job the right to push tags below zivver-gitops/, then: git push ${gitRemote ?? '.'} ${commit}:${ref}`,
    problems: [{ where: 'git push', what: result.why }],
  });
}
