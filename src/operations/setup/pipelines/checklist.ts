import type { PipelineOptions } from './yaml-parts.ts';

/** What no file can set: the settings of the repository on GitHub, as a Markdown list to tick off. */
export function renderGithubChecklist(options: PipelineOptions): string {
  const { branch, organisations, runner } = options;
  return `# Settings of this repository for zivver-gitops

Tick off each line. Without the first three sections nobody but GitHub's defaults stands between a mistake and Zivver.

## The tool

- [ ] zivver-gitops is installed from \`vendor/\`; package.json, package-lock.json and vendor/ are committed
- [ ] the repository is private: plans hold names and addresses

## Rules (Settings, Rules, Rulesets)

- [ ] branch \`${branch}\`: pull request required, at least 1 approval, approvals dismissed by new commits, approval of the most recent push required, review by code owners required
- [ ] branch \`${branch}\`: status check \`review\` required, branch up to date before the merge
- [ ] branch \`${branch}\`: no force pushes, no deletion, nobody may bypass
- [ ] branch \`ledger\`: no force pushes, no deletion; only GitHub Actions may push

## Environments (Settings, Environments), each limited to the branch \`${branch}\`

${organisations.map(renderEnvironments).join('\n')}
- [ ] no secret with these names exists for the whole repository

\`ZIVVER_API_KEY\` of the plan environment should only be able to read. If Zivver gives you one kind of key only, make two, so that each can be withdrawn alone.

\`ZIVVER_GITOPS_PR_TOKEN\` is a fine-grained personal access token of a machine account for this repository only, with *Contents: read and write* and *Pull requests: read and write*. The token of the workflow will not do: pull requests it opens start no review. Its owner is the author of every plan and cannot approve one.

## Actions (Settings, Actions, General)

- [ ] only actions by GitHub are allowed, and they must be pinned to a full commit
- [ ] workflow permissions: read; Actions may not approve pull requests
- [ ] workflows from forks need approval; no secrets and no write tokens are sent to forks

## The runner in the LAN

- [ ] it has the label \`${runner}\`, belongs to a runner group that only this repository and only the workflow \`plan\` may use, and handles one job before it is replaced (ephemeral)
- [ ] it reaches the domain controllers (636), Zivver and GitHub (443), git and bash are installed, and nothing else runs on it
`;
}

/** The same for GitLab. */
export function renderGitlabChecklist({ branch, organisations, runner }: PipelineOptions): string {
  const variables = organisations.map(
    (
      organisation,
    ) => `- [ ] scope \`zivver-plan-${organisation}\`: LDAP_PASSWORD, ZIVVER_API_KEY (reading), and ZIVVER_GITOPS_FINGERPRINT_KEY if mobile numbers are sealed
- [ ] scope \`zivver-apply-${organisation}\`: ZIVVER_API_KEY (writing), ZIVVER_GITOPS_IDENTITY`,
  );
  return `# Settings of this project for zivver-gitops

- [ ] zivver-gitops is installed from \`vendor/\`; package.json, package-lock.json and vendor/ are committed
- [ ] the project is private: plans hold names and addresses
- [ ] \`${branch}\` is protected: nobody pushes, merges only with 1 approval by others than the author, approvals removed by new commits
- [ ] \`ledger\` is protected: no force push; only the owner of the push token may push
- [ ] pipelines must succeed before a merge
- [ ] the runner in the LAN has the tag \`${runner}\` and runs protected branches only
- [ ] a schedule on \`${branch}\` starts the plan on weekdays
- [ ] variable ZIVVER_GITOPS_PUSH_TOKEN: project access token with \`write_repository\`, protected and masked

Variables by environment, protected and masked:

${variables.join('\n')}
`;
}

function renderEnvironments(organisation: string): string {
  return `- [ ] \`zivver-plan-${organisation}\`: LDAP_PASSWORD, ZIVVER_API_KEY (reading), ZIVVER_GITOPS_PR_TOKEN, and ZIVVER_GITOPS_FINGERPRINT_KEY if mobile numbers are sealed
- [ ] \`zivver-apply-${organisation}\`: ZIVVER_API_KEY (writing, the only one), ZIVVER_GITOPS_IDENTITY`;
}
