import type { PipelineOptions } from './yaml-parts.ts';

/** What no file can set: the settings of the project on GitLab, as a Markdown list to tick off. */
export function renderGitlabChecklist({ branch, organisations, runner, schedule }: PipelineOptions): string {
  const variables = organisations.map(
    (
      organisation,
    ) => `- [ ] scope \`zivver-plan-${organisation}\`: LDAP_PASSWORD, ZIVVER_API_KEY (reading), and ZIVVER_GITOPS_FINGERPRINT_KEY if mobile numbers are sealed; for notify ZIVVER_GITOPS_SMTP_PASSWORD and ZIVVER_GITOPS_WEBHOOKS
- [ ] scope \`zivver-apply-${organisation}\`: ZIVVER_API_KEY (writing), ZIVVER_GITOPS_IDENTITY, and ZIVVER_GITOPS_LEDGER_KEY if the ledger is signed; for notify ZIVVER_GITOPS_SMTP_PASSWORD and ZIVVER_GITOPS_WEBHOOKS`,
  );
  return `# Settings of this project for zivver-gitops

- [ ] zivver-gitops is installed from \`vendor/\`; package.json, package-lock.json and vendor/ are committed
- [ ] the project is private: plans hold names and addresses

## Branches (Settings, Repository, Protected branches)

- [ ] \`${branch}\` is protected: nobody pushes, maintainers merge
- [ ] \`ledger\` is protected: no force push; only the owner of ZIVVER_GITOPS_FORGE_TOKEN may push
- [ ] tags \`zivver-gitops/*\` are protected: only the owner of ZIVVER_GITOPS_FORGE_TOKEN may create them
- [ ] merge method: merge commit; pipelines must succeed before a merge (Settings, Merge requests)
- [ ] approvals (Premium and Ultimate): 1 approval by others than the author and committers, removed by new commits, and approval rules cannot be changed in a merge request. GitLab Free cannot require them: there, a merge alone approves

## Schedules (Build, Pipeline schedules) on \`${branch}\`

- [ ] \`${schedule}\`: makes plans
- [ ] \`41 5 * * *\` with the variable DRIFT = yes: looks for drift, for plans that were not applied, and at the ledger

## Variables (Settings, CI/CD), every one protected and masked

- [ ] ZIVVER_GITOPS_FORGE_TOKEN: a project access token with the role Maintainer and the scopes \`api\` and \`write_repository\`. It opens merge requests, comments and issues, and pushes the ledger
${variables.join('\n')}

Protected variables reach jobs on protected branches only: a job that a merge request may have changed never sees one.

## The runner in the LAN

- [ ] it has the tag \`${runner}\`, is locked to this project, and runs protected branches only
- [ ] it reaches the domain controllers (636), Zivver and GitLab (443); nothing else runs on it
`;
}
