export const LEDGER_BRANCH = 'ledger';

/** What jobs found and whom that was told (model/notify/finding.ts). Not proved. */
export const FINDINGS_BRANCH = 'zivver-gitops/findings';

/** Full names only: git takes the ends of names for the whole. */
export function headRef(branch: string): string {
  return `refs/heads/${branch}`;
}

export function trackingRef(gitRemote: string, branch: string): string {
  return `refs/remotes/${gitRemote}/${branch}`;
}

/** The tag that holds fast what the ledger said after a plan. */
export function anchorRef(organisation: string, name: string): string {
  return `refs/tags/zivver-gitops/${organisation}/${name}`;
}

/** The head of the ledger branch that a clone proved last. It stays in the clone. */
export function provenRef(gitRemote: string | null, organisation: string): string {
  return `refs/zivver-gitops/proven/${gitRemote ?? 'none'}/${organisation}`;
}
