import type { Setting } from '../../../model/forge/setting.ts';

type Common = Omit<Setting, 'fix'>;

export const TAGS_SETTING: Common = {
  id: 'forge.tags',
  subject: 'zivver-gitops/*',
  good: 'only who is named makes them',
  bad: 'whoever can push can make or move the tags that hold the ledger fast',
  code: 'TAGS_UNPROTECTED',
};

/** A record that somebody else pushes stops every apply until it is looked at; it cannot make one pass. */
export function pushersSetting(ledger: string, fix: string): Setting {
  return {
    id: 'forge.ledgerPush',
    subject: ledger,
    good: 'only who is named may push',
    bad: 'whoever can push to the repository can add records',
    code: 'LEDGER_OPEN',
    fix,
    isAdvice: true,
  };
}

export function ledgerSetting(ledger: string, fix: string): Setting {
  return {
    id: 'forge.ledger',
    subject: ledger,
    good: 'neither force pushes nor deletion',
    bad: 'the record of what was applied can be rewritten or deleted',
    code: 'LEDGER_UNPROTECTED',
    fix,
  };
}

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
