import type { PipelineOptions } from './yaml-parts.ts';

/** What no file can set: the settings of the project on Azure DevOps, as a Markdown list to tick off. */
export function renderAzureChecklist({ branch, organisations, runner, owners }: PipelineOptions): string {
  const groups = organisations.map(
    (
      organisation,
    ) => `- [ ] \`zivver-plan-${organisation}\`: LDAP_PASSWORD, ZIVVER_API_KEY (reading), ZIVVER_GITOPS_FINGERPRINT_KEY if mobile numbers are sealed; for notify ZIVVER_GITOPS_SMTP_PASSWORD and ZIVVER_GITOPS_WEBHOOKS
- [ ] \`zivver-apply-${organisation}\`: ZIVVER_API_KEY (writing), ZIVVER_GITOPS_IDENTITY, and ZIVVER_GITOPS_LEDGER_KEY if the ledger is signed; for notify ZIVVER_GITOPS_SMTP_PASSWORD and ZIVVER_GITOPS_WEBHOOKS
- [ ] environment \`zivver-apply-${organisation}\` with the checks: branch control (\`refs/heads/${branch}\` only) and exclusive lock; approvals by people as well, if you like`,
  );
  return `# Settings of this project for zivver-gitops

- [ ] zivver-gitops is installed from \`vendor/\`; package.json, package-lock.json and vendor/ are committed
- [ ] the project is private: plans hold names and addresses

## Pipelines (Pipelines, New pipeline, existing YAML file)

- [ ] \`plan\`, \`review\`, \`apply\` and \`drift\` from \`/.azuredevops/pipelines/\`
- [ ] Settings, Pipelines: limit the job authorization scope to the project and to referenced repositories; no secrets for builds of forks

## Policies of \`${branch}\` (Repos, Branches)

- [ ] at least 1 reviewer; the one who pushed last may not approve; **reset all votes on new changes** (without it a vote outlives the plan it was given for)
- [ ] requestors cannot approve their own changes; completion is not allowed while somebody waits or rejects
- [ ] build validation: the pipeline \`review\`, required, expires immediately when \`${branch}\` is updated
- [ ] automatically included reviewers, required: ${owners.join(', ')} for /desired/*, /plans/*, /.azuredevops/*, /vendor/*, /package.json, /package-lock.json
- [ ] nobody may bypass policies

## Rights of the build service (Repos, Security, \`<project> Build Service\`)

- [ ] Contribute, Create branch, Contribute to pull requests; on \`zivver-gitops/*\` Force push; Create tag (they hold the ledger fast); on \`ledger\` Contribute without Force push; on \`${branch}\` none of them
- [ ] Boards: edit work items in this node

## Variable groups (Pipelines, Library), every one secret

${groups.join('\n')}
- [ ] each group and environment: pipeline permissions for the pipelines that name it only (plan and drift, or apply), and branch control on \`${branch}\`

## The agent in the LAN

- [ ] its pool is \`${runner}\`, for this project only; it reaches the domain controllers (636), Zivver and Azure DevOps (443); bash, git and Node are there
`;
}
