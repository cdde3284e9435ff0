import { anchorRef, LEDGER_BRANCH } from '../../../adapters/git/ref-names.ts';
import type { Setting } from './judge-setting.ts';

/** The branch whose merges are approvals. */
export interface CheckedBranch {
  readonly name: string;
  /** So many must approve. */
  readonly minimum: number;
}

type Common = Omit<Setting, 'fix'>;

/** As the ledger is held fast by. */
export const TAG_EXAMPLE = anchorRef('organisation', '0001').replace('refs/tags/', '');

export const TAGS_SETTING: Common = {
  id: 'forge.tags',
  subject: 'zivver-gitops/*',
  good: 'only who is named makes them',
  bad: 'whoever can push can make or move the tags that hold the ledger fast',
  code: 'TAGS_UNPROTECTED',
};

export const LEDGER_SETTING: Common = {
  id: 'forge.ledger',
  subject: LEDGER_BRANCH,
  good: 'neither force pushes nor deletion',
  bad: 'the record of what was applied can be rewritten or deleted',
  code: 'LEDGER_UNPROTECTED',
};

export function privacySetting(fix: string): Setting {
  return {
    id: 'forge.private',
    subject: '',
    good: 'the repository is private',
    bad: 'everybody can read names, addresses and who was suspended',
    code: 'REPOSITORY_PUBLIC',
    fix,
  };
}
