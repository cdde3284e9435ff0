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
- [ ] branch \`${branch}\`: status check \`review\` required, branch up to date before the merge; or a merge queue with groups of 1 (a plan needs a pull request of its own)
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

function renderEnvironments(organisation: string): string {
  return `- [ ] \`zivver-plan-${organisation}\`: LDAP_PASSWORD, ZIVVER_API_KEY (reading), ZIVVER_GITOPS_PR_TOKEN, and ZIVVER_GITOPS_FINGERPRINT_KEY if mobile numbers are sealed; for notify ZIVVER_GITOPS_SMTP_PASSWORD and ZIVVER_GITOPS_WEBHOOKS
- [ ] \`zivver-apply-${organisation}\`: ZIVVER_API_KEY (writing, the only one), ZIVVER_GITOPS_IDENTITY, and ZIVVER_GITOPS_LEDGER_KEY if the ledger is signed; for notify ZIVVER_GITOPS_SMTP_PASSWORD and ZIVVER_GITOPS_WEBHOOKS`;
}
