import { forgejoSecret } from '../../../model/forge/forgejo-secret.ts';
import { NOTIFY_SECRETS, type PipelineOptions } from './yaml-parts.ts';

/** What no file can set: the settings of the repository on Forgejo or Gitea, as a Markdown list to tick off. */
export function renderForgejoChecklist({ branch, organisations, runner }: PipelineOptions): string {
  const secrets = organisations.map((organisation) => {
    const plan = ['LDAP_PASSWORD', 'ZIVVER_API_KEY'].map((name) => forgejoSecret(organisation, 'plan', name));
    const fingerprint = forgejoSecret(organisation, 'plan', 'ZIVVER_GITOPS_FINGERPRINT_KEY');
    const apply = ['ZIVVER_API_KEY', 'ZIVVER_GITOPS_IDENTITY'].map((name) =>
      forgejoSecret(organisation, 'apply', name),
    );
    const ledgerKey = forgejoSecret(organisation, 'apply', 'ZIVVER_GITOPS_LEDGER_KEY');
    const notify = (['plan', 'apply'] as const).flatMap((job) =>
      NOTIFY_SECRETS.map((name) => forgejoSecret(organisation, job, name)),
    );
    return `- [ ] ${organisation}: ${plan.join(', ')} (reading), and ${fingerprint} if mobile numbers are sealed; ${apply.join(', ')} (writing), and ${ledgerKey} if the ledger is signed; for notify ${notify.join(', ')}`;
  });
  return `# Settings of this repository for zivver-gitops

- [ ] zivver-gitops is installed from \`vendor/\`; package.json, package-lock.json and vendor/ are committed
- [ ] the repository is private: plans hold names and addresses

## Who may push

Forgejo has no environments: a workflow on **any** branch of this repository can read **every** secret, also the key that writes to Zivver. Whoever may push a branch here could use it.

- [ ] only people who may change Zivver anyway have write access; all others read, or work in forks (which get no secrets)
- [ ] Actions from forks need approval

## Branch protection (Settings, Branches)

- [ ] \`${branch}\`: pushing disabled, merging for the reviewers only, 1 approval required, stale approvals dismissed, merging blocked on rejected reviews and outdated branches, status check \`review\` required, applied to administrators too
- [ ] \`ledger\`: pushing for the owner of ZIVVER_GITOPS_FORGE_TOKEN only, no force push
- [ ] protected tags \`zivver-gitops/*\`: only the owner of ZIVVER_GITOPS_FORGE_TOKEN may create them

## Secrets (Settings, Actions, Secrets)

- [ ] ZIVVER_GITOPS_FORGE_TOKEN: token of a machine account with access to this repository only, with read and write for repository and issue, and read for user
${secrets.join('\n')}

## The runners

- [ ] one in the LAN with the label \`${runner}\`, for this repository only; it reaches the domain controllers (636), Zivver and Forgejo (443)
- [ ] one with the label \`docker\` for review, apply and drift; it reaches Zivver, Forgejo, and data.forgejo.org for checkout, Node and artifacts
`;
}
