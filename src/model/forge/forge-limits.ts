import type { ForgeKind } from './forge-kind.ts';

export const FORGE_NAMES: Readonly<Record<ForgeKind, string>> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  forgejo: 'Forgejo',
  azure: 'Azure DevOps',
};

/** What the reviews of a forge do not prove, each a sentence without a full stop. Signatures prove all of it. */
export const FORGE_LIMITS: Readonly<Record<ForgeKind, readonly string[]>> = {
  github: [],
  gitlab: [
    'GitLab does not say which commit was approved: an approval counts if it came after the last push',
    'GitLab does not say whose commits are: authors are known by name and address in git',
  ],
  forgejo: ['Forgejo does not tell machines from people: machines are those that approval.bots names'],
  azure: [
    'Azure DevOps does not say which commit was voted for: a vote counts if it came after the last push',
    'Azure DevOps does not say whose commits are: authors are known by name and address in git',
  ],
};
